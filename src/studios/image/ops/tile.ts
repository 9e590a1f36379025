/** The op `image/tile`: a picture that can be laid beside itself without a seam. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

export const tilePicture = defineOp({
  name: 'image/tile',
  version: 1,
  summary: { en: 'Makes a picture go on without a seam.', zh: '四方连续：使图样可无缝拼接。' },
  options: z.object({
    overlap: z.number().min(0.05).max(0.45).default(0.25).describe('share of each side that lies over the other'),
    repeat: z.int().min(1).max(8).default(1).describe('how often the tile is laid across and down'),
    longest: z.int().min(64).max(4096).default(1024).describe('pixels of the longer side before it is cut'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(_context, [picture], { overlap, repeat, longest }) {
    const { makeTile, measureSeam, repeatTile } = await import('../texture/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const own = await opaquePicture(picture!, longest);
    const tile = makeTile(own, { overlap });
    const [before, after] = [measureSeam(own), measureSeam(tile)];
    const bitmap = repeatTile(tile, repeat);
    const { width, height } = bitmap;
    const layers = [{ id: 'tile', names: { en: 'tile', zh: '连续图样' }, bitmap, x: 0, y: 0 }];
    const report = { tile: [tile.width, tile.height], seam: after, before };
    const bytes = await writeOpenRaster({ width, height, layers, about: { tile: { overlap, repeat, ...report } } });
    const measures = { seam: after.edge };
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER, measures }], report };
  },
});
