/** Which rows the n-th batch takes: every epoch goes once through all rows in an order of its own. */
import { createRandom } from '../../core/index.ts';

/** Returns the rows of samples `from` ≤ i < `from + count`, counted from the start of training. */
export type RowOrder = (from: number, count: number) => number[];

/** The order for a seed; it depends on nothing else, so a resumed run needs only its step. */
export function createRowOrder(rows: number, seed: string | number): RowOrder {
  let known: { readonly epoch: number; readonly order: readonly number[] } | undefined;
  const orderOf = (epoch: number): readonly number[] => {
    if (known?.epoch !== epoch) {
      const all = Array.from({ length: rows }, (_, row) => row);
      known = { epoch, order: createRandom(`${seed}/epoch-${epoch}`).shuffle(all) };
    }
    return known.order;
  };
  return (from, count) =>
    Array.from({ length: count }, (_, i) => orderOf(Math.floor((from + i) / rows))[(from + i) % rows]!);
}
