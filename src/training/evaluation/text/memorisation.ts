/**
 * Has a model learned passages by heart? It is given the beginning of training passages and goes on greedily.
 *
 *   passage: [ prompt tokens | what really follows ]     model: [ prompt tokens | completion ]   equal, and how far?
 *
 * The same is done with held-out passages: set phrases are completed there, too, and only what goes beyond is memory.
 * After Carlini and others (2022), "Quantifying memorization across neural language models".
 */
import { createRandom } from '../../../core/index.ts';

/** Goes on greedily for `count` tokens; may stop early. */
export type Completion = (prompt: readonly number[], count: number) => Promise<readonly number[]>;

/** Documents as tokens. */
export type Passages = readonly ArrayLike<number>[];

export interface MemorisationOptions {
  /** Tokens given. Default 50. */
  readonly prompt?: number;
  /** Tokens to be completed. Default 50. */
  readonly length?: number;
  /** Passages tried of each kind. Default 100. */
  readonly passages?: number;
  /** Default 0. */
  readonly seed?: number | string;
  readonly signal?: AbortSignal;
}

/** What was completed of one kind of passages. */
export interface Completed {
  readonly passages: number;
  /** Share completed token for token. */
  readonly exact: number;
  /** Mean and longest number of right tokens before the first wrong one. */
  readonly meanRun: number;
  readonly longestRun: number;
  /** Where the longest run was: document and first token completed. */
  readonly longestAt: { readonly document: number; readonly token: number } | undefined;
}

export interface Memorisation {
  readonly training: Completed;
  readonly heldOut: Completed;
  /** Exact rate on training passages beyond that on held-out ones. */
  readonly excess: number;
}

/** Documents shorter than prompt and completion are left out; with none long enough `passages` is 0. */
export async function measureMemorisation(
  complete: Completion,
  training: Passages,
  heldOut: Passages,
  options: MemorisationOptions = {},
): Promise<Memorisation> {
  const onTraining = await tryPassages(complete, training, options, 'training');
  const onHeldOut = await tryPassages(complete, heldOut, options, 'held-out');
  return { training: onTraining, heldOut: onHeldOut, excess: onTraining.exact - onHeldOut.exact };
}

interface Passage {
  readonly document: number;
  readonly start: number;
}

async function tryPassages(
  complete: Completion,
  documents: Passages,
  options: MemorisationOptions,
  label: string,
): Promise<Completed> {
  const { prompt = 50, length = 50, signal } = options;
  const chosen = choosePassages(documents, prompt + length, options, label);
  const runs: number[] = [];
  for (const { document, start } of chosen) {
    signal?.throwIfAborted();
    const passage = Array.from({ length: prompt + length }, (_, i) => documents[document]![start + i]!);
    const completion = await complete(passage.slice(0, prompt), length);
    const wrong = passage.slice(prompt).findIndex((token, i) => token !== completion[i]);
    runs.push(wrong < 0 ? length : wrong);
  }
  const longestRun = Math.max(0, ...runs);
  const longest = chosen[runs.indexOf(longestRun)];
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);
  return {
    passages: runs.length,
    exact: mean(runs.map((run) => Number(run === length))),
    meanRun: mean(runs),
    longestRun,
    longestAt: longest && { document: longest.document, token: longest.start + prompt },
  };
}

/** Random places, every document that is long enough before any comes twice. */
function choosePassages(
  documents: Passages,
  size: number,
  { passages = 100, seed = 0 }: MemorisationOptions,
  label: string,
): Passage[] {
  const random = createRandom(`memorisation/${seed}/${label}`);
  const long = documents.map((_, i) => i).filter((i) => documents[i]!.length >= size);
  if (long.length === 0) return [];
  const order = random.shuffle(long);
  return Array.from({ length: passages }, (_, i) => {
    const document = order[i % order.length]!;
    return { document, start: random.integer(documents[document]!.length - size + 1) };
  });
}
