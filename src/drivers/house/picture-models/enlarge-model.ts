/** Serves an enlarger: a colour picture of any size goes in, one `scale` times as wide and high comes out. */
import type { PictureModel } from '../../../kernel/ports/picture-model.ts';
import type { ModelIdentity } from '../../../kernel/ports/token-model.ts';
import { createEnlarger, loadEnlarger } from '../../../training/index.ts';
import { houseIdentity } from './identity.ts';
import { given } from './request.ts';

/** Without making the network ready. Throws as `createEnlargeModel`. */
export async function identifyEnlargeModel(folder: string): Promise<ModelIdentity> {
  const { card, digest } = await loadEnlarger(folder);
  return houseIdentity(card, digest);
}

/** Loads a folder; throws the `training/…` error of a broken or missing file. The seed and words change nothing. */
export async function createEnlargeModel(
  folder: string,
  options: { readonly threads?: number } = {},
): Promise<PictureModel> {
  const [identity, enlarger] = await Promise.all([identifyEnlargeModel(folder), createEnlarger(folder, options)]);
  return {
    identity,
    source: 'small',
    channels: 3,
    scale: enlarger.config.scale,
    labels: [],
    make: async (request) => enlarger.enlarge(given(request, 'small'), request),
    [Symbol.asyncDispose]: () => enlarger[Symbol.asyncDispose](),
  };
}
