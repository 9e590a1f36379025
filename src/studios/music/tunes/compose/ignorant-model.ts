/** A model for tests that knows nothing: what it writes shows what the rules alone guarantee. */
import { createRandom } from '../../../../core/index.ts';
import type { TokenBatch, TokenModel } from '../../../../kernel/index.ts';
import { VOCABULARY } from '../events/index.ts';

/** Every logit is drawn at random from `seed`, or all are equal where there is none. */
export function ignorantModel(seed: string | undefined, contextLength = 4096): TokenModel {
  const random = createRandom(seed ?? 'none');
  const logits = (): Float32Array =>
    Float32Array.from(VOCABULARY, () => (seed === undefined ? 0 : 4 * random.normal()));
  const open = (prompt: readonly number[], rows: number): Promise<TokenBatch> => {
    let length = prompt.length;
    let width = rows;
    return Promise.resolve({
      get width() {
        return width;
      },
      get length() {
        return length;
      },
      logits,
      extend: (tokens: readonly number[]) => {
        if (tokens.length !== width) throw new Error(`${tokens.length} tokens for ${width} rows`);
        length++;
        return Promise.resolve();
      },
      select: (parents: readonly number[]) => {
        width = parents.length;
      },
      rewind: (to: number) => {
        length = to;
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  };
  return {
    identity: { name: 'ignorant', digest: '', engine: 'test', licence: 'none', reproducible: true },
    vocabulary: VOCABULARY,
    encode: notAsked,
    decode: notAsked,
    bytes: notAsked,
    contextLength,
    companion: () => undefined,
    open,
    score: notAsked,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function notAsked(): never {
  throw new Error('the model was asked for what writing tunes does not need');
}
