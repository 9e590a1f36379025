/** The op `image/read`: a picture file that the artist brought becomes a picture of one layer, with what the file says of its making. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import type { Recipe } from '../metadata/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

/** Longer texts are read but not kept. */
const LONGEST_KEPT = 200_000;

export const readPictureFile = defineOp({
  name: 'image/read',
  version: 2,
  summary: { en: 'Reads a picture file that was brought.', zh: '读入带来的图片文件。' },
  options: z.object({
    longest: z.int().min(64).max(8192).default(2048).describe('larger pictures are made smaller to so many pixels'),
  }),
  inputs: [{ name: 'file', medium: 'file' }],
  async run(context, [file], { longest }) {
    const { writeOpenRaster } = await import('../picture/index.ts');
    const { OWN_KEY, parseRecord, readGeneration, readTexts } = await import('../metadata/index.ts');
    const { width, height, data, format, texts } = await context.readPicture(file!.bytes, { longest });
    const found = readTexts(file!.bytes);
    const generation = readGeneration(found);
    const record = found[OWN_KEY] === undefined ? undefined : parseRecord(found[OWN_KEY]);
    const kept = Object.entries({ ...texts, ...found }).filter(
      ([key, text]) => text.length <= LONGEST_KEPT && !(record && key === OWN_KEY),
    );
    const read = {
      format,
      texts: Object.fromEntries(kept),
      ...(generation && { generation }),
      ...(record && { made: record.made }),
    };
    const title = record?.title || file!.work.title.replace(/\.\w{2,5}$/, '');
    const layer = { id: 'picture', names: { en: title, zh: title }, bitmap: { width, height, data }, x: 0, y: 0 };
    const bytes = await writeOpenRaster({ width, height, layers: [layer], about: { read } });
    const report = { format, width, height, generation: generation ?? null, ...againBy(record?.made) };
    return { works: [{ medium: PICTURE, title, bytes, mime: OPEN_RASTER, measures: { format } }], report };
  },
});

/** Whether the file is enough to paint it again, and the engine and pictures that it takes besides. */
function againBy(made: Recipe | undefined): object {
  const { model, picture, mask } = made?.asked ?? {};
  const from = [picture, mask].filter((id) => id !== undefined);
  return { again: made?.plan !== undefined, ...(model && { engine: model }), ...(from.length > 0 && { from }) };
}
