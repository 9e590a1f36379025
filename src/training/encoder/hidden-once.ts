/** Held-out rows with tokens hidden in them, to be measured again and again. */
import { createRandom } from '../../core/index.ts';
import type { PackedRows } from '../gpt/batch.ts';
import { type MaskedBatch, type Masking, maskBatch } from './masking.ts';

/** Whole batches of a split, each row once, with the same tokens hidden for the same seed. */
export function hiddenOnce(split: PackedRows, rows: number, masking: Masking, seed: string | number): MaskedBatch[] {
  const random = createRandom(`${seed}/validation`);
  return Array.from({ length: Math.ceil(split.rows / rows) }, (_, i) => {
    // A last batch that is not full begins earlier.
    const first = Math.max(0, Math.min(i * rows, split.rows - rows));
    const chosen = Array.from({ length: rows }, (_row, k) => (first + k) % split.rows);
    return maskBatch(split, chosen, masking, random);
  });
}
