/**
 * Works in the order in which they mean what is asked: by the embedder that the artist prefers, else by our own word vectors.
 *
 *   words ─▶ vector ─┐
 *   title and text of each work ─▶ vector ─┴▶ cosine ─▶ nearest first
 */
import { OsError } from '../core/index.ts';
import type { Os } from '../host/index.ts';
import type { TextEmbedder } from '../kernel/index.ts';

/** A work as it is compared. */
export interface Comparable {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface Meaning {
  /** Who compared: an embedder, or `words`. */
  readonly by: string;
  /** Nearest first; what says nothing that the model knows is left out. */
  readonly nearest: readonly { readonly work: string; readonly likeness: number }[];
}

/** Our own word vectors, in Chinese and English. */
const OWN = 'words';

/** Characters of a work that are compared at most: what it is about stands at its beginning. */
const MOST = 600;

/** A shorter beginning says too little. */
const LEAST = 8;

type Direction = (text: string, query?: boolean) => Promise<Float32Array | undefined>;

/** Compares; `signal` stops it. Throws what the embedder throws. */
export async function byMeaning(
  os: Os,
  {
    query,
    works,
    signal,
  }: { readonly query: string; readonly works: readonly Comparable[]; readonly signal: AbortSignal },
): Promise<Meaning> {
  const by = (await os.defaults()).embedder ?? OWN;
  const directionOf = by === OWN ? await ownDirections(os) : embedded(await os.models.openTextEmbedder(by), signal);
  const wanted = await directionOf(query, true);
  const nearest: { work: string; likeness: number }[] = [];
  for (const { id, title, text } of works) {
    signal.throwIfAborted();
    const said = text.startsWith(title) ? text : `${title}\n${text}`;
    const found = wanted && (await directionOf([...said].slice(0, MOST).join('')));
    if (found) nearest.push({ work: id, likeness: Math.round(cosine(wanted, found) * 10_000) / 10_000 });
  }
  return { by, nearest: nearest.toSorted((a, b) => b.likeness - a.likeness) };
}

/** What is too long for the model is halved until it fits. */
function embedded(model: TextEmbedder, signal: AbortSignal): Direction {
  return async (text, query = false) => {
    for (let said = text; ; said = [...said].slice(0, Math.floor([...said].length / 2)).join('')) {
      try {
        return (await model.embed([said], { query, signal }))[0];
      } catch (thrown) {
        const tooLong = thrown instanceof OsError && thrown.code === 'engine/context-full';
        if (!tooLong || [...said].length < 2 * LEAST) throw thrown;
      }
    }
  };
}

async function ownDirections(os: Os): Promise<Direction> {
  const { words } = await import('../training/index.ts');
  const { vectors } = words.loadWordFolder((await os.models.get(OWN)).folder);
  return async (text) => vectors.textVector(text);
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1);
}
