/** The port to a model that turns texts into directions: texts that mean alike point alike. */
import type { ModelIdentity } from './token-model.ts';

export interface TextEmbedder extends AsyncDisposable {
  readonly identity: ModelIdentity;
  /** Numbers of each vector. */
  readonly dimensions: number;
  /**
   * One vector of length 1 for each text. `query`: the texts ask, rather than are searched, for models that tell these apart.
   * Texts longer than the model can read throw `engine/context-full`.
   */
  embed(
    texts: readonly string[],
    options?: { readonly query?: boolean; readonly signal?: AbortSignal },
  ): Promise<readonly Float32Array[]>;
}
