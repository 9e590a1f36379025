/** The same system for a process that serves others: what takes reckoning is done by worker processes, never by this one. */
import type { Json } from '../../core/index.ts';
import type { Measure, Replay } from '../../kernel/index.ts';
import type { Errand, ErrandAnswer } from '../errand.ts';
import type { ExportedFile } from '../export-work.ts';
import type { Os } from '../os.ts';

/** Works never change, and neither does what is measured in them while the system runs; the latest so many are remembered. */
const REMEMBERED = 500;

/** A system of which `ask`, `replay`, `export`, `thumbnail` and `critique` are errands; it belongs to the one it was made from. */
export function byWorkers(os: Os): Os {
  const measured = new Map<string, readonly Measure[]>();
  const send = async <A extends ErrandAnswer>(errand: Errand, signal?: AbortSignal): Promise<A> =>
    (await (await os.errands()).send(errand, signal)) as A;
  return {
    ...os,
    ask: ({ signal, ...request }) => send<Json>({ errand: 'ask', request }, signal),
    replay: (id, { signal } = {}) => send<Replay>({ errand: 'replay', id }, signal),
    export: (id, format, settings = {}, { signal } = {}) =>
      send<ExportedFile>({ errand: 'export', id, format, settings }, signal),
    thumbnail: async (id, { width = 320, theme = 'light' } = {}) => {
      const look = { width, theme };
      return (await os.keptThumbnail(id, look)) ?? send<Uint8Array>({ errand: 'thumbnail', id, look });
    },
    critique: async (id) => {
      const known = measured.get(id);
      if (known) return known;
      const found = await send<readonly Measure[]>({ errand: 'critique', id });
      if (measured.size >= REMEMBERED) measured.delete(measured.keys().next().value!);
      measured.set(id, found);
      return found;
    },
  };
}
