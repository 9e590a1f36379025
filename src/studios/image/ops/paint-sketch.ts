/** The op `image/paint-sketch`: a sketch becomes a painting, by a small network of our own. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { createPreviews } from '../previews.ts';
import { refusal } from '../refusal.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

export const paintSketch = defineOp({
  name: 'image/paint-sketch',
  version: 2,
  summary: {
    en: 'Paints a sketch, a photograph of one or a drawing, with a small network that learned it from our own painters.',
    zh: '由草图成画：草图、草图照片或线稿，由向自有画师学习的小网络上墨。',
  },
  options: z.object({
    longest: z.int().min(64).max(2048).default(1024).describe('pixels of the longer side'),
    detail: z.number().min(0).max(1).default(0.6).describe('0 only the darkest strokes of the sketch … 1 the faintest'),
    seal: z.string().max(4).default('').describe('characters of the seal, at most four'),
    model: z.string().default('ink').describe('a model that paints sketches'),
  }),
  inputs: [{ name: 'sketch', medium: PICTURE }],
  model: ({ model }) => model,
  async run(context, [sketch], { longest, detail, seal, model: name }) {
    const { bitmapOf, paintByNetwork, readySketch, sealOn } = await import('../sketch/index.ts');
    const { inkBitmap } = await import('../lines/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const model = await context.pictureModel();
    if (model.source !== 'sketch') throw noPainter(name);
    const own = await opaquePicture(sketch!, longest);
    const note = { en: 'painted', zh: '已画' };
    context.progress({ done: 0, total: 1, note });
    const ready = readySketch(own, { detail });
    // Shown while the network paints, which is the longer part.
    const previews = createPreviews(context, 0);
    await previews.show(bitmapOf(ready.planes));
    await context.breathe();
    const painted = await paintByNetwork(ready, model, { seed: context.seed, signal: context.signal });
    context.progress({ done: 1, total: 1, note });
    const { width, height } = own;
    const sealed = seal.trim() === '' ? undefined : sealOn(ready.ink, seal.trim(), `${context.seed}`);
    const layers = [
      { id: 'sketch', names: { en: 'sketch', zh: '草图' }, bitmap: own, x: 0, y: 0, visible: false },
      { id: 'painting', names: { en: 'painting', zh: '画' }, bitmap: painted, x: 0, y: 0 },
      { id: 'lines', names: { en: 'lines', zh: '线稿' }, bitmap: inkBitmap(ready.ink), x: 0, y: 0, visible: false },
      ...(sealed ? [sealed.layer] : []),
    ];
    const measures = { painter: model.identity.name, lineWidth: Number(ready.lineWidth.toFixed(2)) };
    const about = { sketch: { model: model.identity.name, detail, from: sketch!.work.id } };
    const bytes = await writeOpenRaster({ width, height, layers, about });
    const { noteMissing } = await import('../lettering/index.ts');
    return {
      works: [{ medium: PICTURE, title: sketch!.work.title, bytes, mime: OPEN_RASTER, measures }],
      report: { notes: noteMissing(sealed?.missing ?? []) },
    };
  },
});

function noPainter(name: string): Error {
  return refusal(
    'input',
    'image/no-sketch-model',
    { en: `The model '${name}' does not paint sketches.`, zh: `模型“${name}”不能为草图上色。` },
    {
      en: 'Use the model ink, or one trained on pairs of sketch and painting.',
      zh: '请使用 ink 模型，或用草图与画训练出的模型。',
    },
  );
}
