/**
 * Hides tokens to be guessed: of those chosen 80 % become the mask, 10 % another token, 10 % stay (Devlin and others, 2019),
 * so that the network cannot rely on seeing the mask.
 */
import type { Random } from '../../core/index.ts';
import type { PackedRows } from '../gpt/batch.ts';
import type { Feeds } from '../learn/index.ts';
import { refusal } from '../refusal.ts';

/** How tokens are hidden. */
export interface Masking {
  /** Token that stands for a hidden one. */
  readonly mask: number;
  /** Tokens below this are special and never hidden. */
  readonly firstWord: number;
  readonly vocabSize: number;
  /** Share of tokens to be guessed. Default 0.15. */
  readonly share?: number;
}

/** Rows with hidden tokens, and what was hidden. */
export interface MaskedBatch {
  /** (B·T) */
  readonly ids: Int32Array;
  /** (B, T); 0 is padding. */
  readonly segments: Int32Array;
  /** Places in `ids`, and the tokens that stood there, (R). */
  readonly places: Int32Array;
  readonly targets: Int32Array;
}

/** Takes rows and hides tokens; at least one is hidden in a batch. Throws `training/nothing-to-predict`. */
export function maskBatch(split: PackedRows, rows: readonly number[], masking: Masking, random: Random): MaskedBatch {
  const { mask, firstWord, vocabSize, share = 0.15 } = masking;
  const { length } = split;
  const cut = (from: Uint16Array | Uint8Array): Int32Array =>
    Int32Array.from(rows.flatMap((row) => [...from.subarray(row * length, (row + 1) * length)]));
  const [ids, segments] = [cut(split.tokens), cut(split.segments)];
  const words = [...ids.keys()].filter((i) => segments[i]! > 0 && ids[i]! >= firstWord);
  if (words.length === 0) throw nothing();
  const drawn = words.filter(() => random.next() < share);
  const places = drawn.length > 0 ? drawn : [random.pick(words)];
  const targets = Int32Array.from(places, (i) => ids[i]!);
  for (const i of places) {
    const fate = random.next();
    if (fate < 0.8) ids[i] = mask;
    else if (fate < 0.9) ids[i] = firstWord + random.integer(vocabSize - firstWord);
  }
  return { ids, segments, places: Int32Array.from(places), targets };
}

/** The inputs of the objective; each guess weighs the same. */
export function maskedFeeds({ ids, segments, places, targets }: MaskedBatch, rows: number): Feeds {
  const count = places.length;
  return {
    ids: { data: ids, shape: [ids.length] },
    segments: { data: segments, shape: [rows, segments.length / rows] },
    places: { data: places, shape: [count] },
    targets: { data: targets, shape: [count] },
    weights: { data: new Float32Array(count).fill(1 / count), shape: [count] },
  };
}

function nothing(): Error {
  return refusal(
    'input',
    'training/nothing-to-predict',
    { en: 'A batch holds no token that could be hidden.', zh: '这一批数据中没有可以遮盖的词元。' },
    { en: 'Prepare the rows again, with texts.', zh: '请用有文字的内容重新准备数据。' },
  );
}
