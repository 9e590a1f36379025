/** A GGUF file that turns texts into vectors: one made for it, or any other whose card says how its tokens are pooled. */
import type { EngineProcess } from '../../isolation/index.ts';
import type { ModelIdentity, TextEmbedder } from '../../kernel/index.ts';
import { factOf, type GgufHead } from './gguf-head.ts';

/** Ways of making one vector of those of all tokens: their mean, the first, the last. */
export const POOLINGS = ['mean', 'cls', 'last'] as const;

export type Pooling = (typeof POOLINGS)[number];

/** Kinds of networks that only read; they write nothing. */
const READERS = /bert|^gemma-embedding$|^t5encoder$/;

/** Whether a file was made to embed texts: it says how its tokens are pooled, or its kind does nothing else. */
export function isEmbedder(head: GgufHead): boolean {
  const pooling = factOf(head, 'pooling_type');
  return (pooling !== undefined && pooling <= POOLINGS.length) || READERS.test(architectureOf(head));
}

/** Whether it was made to judge whether texts belong together, which is not embedding them. */
export const isRanker = (head: GgufHead): boolean => factOf(head, 'pooling_type') === POOLINGS.length + 1;

/** The way of pooling that the engine must be told; undefined where the file says one. */
export function poolingOf(head: GgufHead, asked: Pooling | undefined): Pooling | undefined {
  return asked ?? (factOf(head, 'pooling_type') === undefined ? 'mean' : undefined);
}

/** The kind of network, such as `bert`. */
export const architectureOf = ({ facts }: GgufHead): string => String(facts.get('general.architecture') ?? 'unknown');

/** What stands before texts that are searched, and before those that ask; models that tell these apart want it. */
export interface Prefixes {
  readonly prefix?: string | undefined;
  readonly queryPrefix?: string | undefined;
}

/** Serves a loaded file; the engine ends with it. */
export function serveVectors(
  engine: EngineProcess,
  identity: ModelIdentity,
  head: GgufHead,
  { prefix = '', queryPrefix = prefix }: Prefixes,
): TextEmbedder {
  return {
    identity,
    dimensions: factOf(head, 'embedding_length_out') ?? factOf(head, 'embedding_length') ?? 0,
    embed: async (texts, { query = false, signal } = {}) => {
      const said = texts.map((text) => (query ? queryPrefix : prefix) + text);
      return engine.call<Float32Array[]>('embed', { texts: said }, { signal, again: true });
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
