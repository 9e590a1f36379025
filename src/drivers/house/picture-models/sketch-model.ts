/** Serves a painter of sketches: a line drawing of any size goes in, a painting of the same size comes out. */
import { cancelled } from '../../../core/index.ts';
import type { PictureModel } from '../../../kernel/ports/picture-model.ts';
import type { ModelIdentity } from '../../../kernel/ports/token-model.ts';
import { createSketchPainter, loadPictureModel } from '../../../training/index.ts';
import { houseIdentity } from './identity.ts';
import { given } from './request.ts';

/** Without making the network ready. Throws as `createSketchModel`. */
export async function identifySketchModel(folder: string): Promise<ModelIdentity> {
  const { card, digest } = await loadPictureModel(folder);
  return houseIdentity(card, digest);
}

/** Loads a folder; throws the `training/…` error of a broken or missing file. The seed and words change nothing. */
export async function createSketchModel(
  folder: string,
  options: { readonly threads?: number } = {},
): Promise<PictureModel> {
  const [{ card, digest }, painter] = await Promise.all([
    loadPictureModel(folder),
    createSketchPainter(folder, options),
  ]);
  return {
    identity: houseIdentity(card, digest),
    source: 'sketch',
    ...(typeof card.paper === 'string' && { paper: card.paper }),
    channels: painter.config.sketchChannels,
    scale: 1,
    labels: [],
    make: async (request) => {
      const sketch = given(request, 'sketch');
      if (request.signal?.aborted) throw cancelled(request.signal.reason);
      const painted = await painter.paint(sketch);
      request.onProgress?.(1);
      return painted;
    },
    [Symbol.asyncDispose]: () => painter[Symbol.asyncDispose](),
  };
}
