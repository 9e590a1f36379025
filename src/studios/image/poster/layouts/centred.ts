/** The literary cover: everything on one axis, a fine frame, the picture as a plate on paper. */
import type { Layout } from '../types.ts';
import { author, inset } from './measures.ts';

export const centred: Layout = {
  id: 'centred',
  names: { en: 'literary cover', zh: '文学封面' },
  summary: { en: 'one axis, a fine frame, the picture as a plate', zh: '居中，细框，画如插图' },
  arrange(page) {
    const { width, height, margin, tones, aspect } = page;
    const sheet = { x: 0, y: 0, width, height };
    const lies = width > height * 1.2;
    // Beside the words on a lying sheet, below them on an upright one.
    const base = height - margin * 1.5 - 120;
    const room = lies
      ? { x: width * 0.54, y: margin * 1.7, width: width * 0.46 - margin * 1.7, height: height - margin * 3.4 }
      : { x: margin * 1.9, y: height * 0.41, width: width - margin * 3.8, height: base - 40 - height * 0.41 };
    const wide = Math.min(room.width, room.height * Math.max(0.7, Math.min(1.5, aspect)));
    const high = Math.min(room.height, wide / Math.max(0.7, Math.min(1.5, aspect)));
    const window = {
      x: room.x + (room.width - wide) / 2,
      y: room.y + (room.height - high) / 2,
      width: wide,
      height: high,
    };
    const left = lies
      ? { x: margin * 1.7, width: width * 0.54 - margin * 2.4 }
      : { x: margin * 1.7, width: width - margin * 3.4 };
    const titleBox = lies
      ? { ...left, y: margin * 1.8, height: height * 0.62 - margin * 1.8 }
      : { ...left, y: margin * 1.9, height: height * 0.39 - margin * 2.1 };
    const foot = lies
      ? { ...left, y: height * 0.65, height: height * 0.35 - margin * 1.8 }
      : { ...left, y: base, height: 120 };
    const frame = (id: string, away: number, thick: number) =>
      ({
        kind: 'frame',
        id,
        names: { en: 'frame', zh: '边框' },
        box: inset(sheet, away),
        colour: tones.accent,
        thick,
      }) as const;
    return {
      ground: tones.ground,
      window,
      marks: [frame('frame', margin * 0.72, 4), frame('frame-inner', margin * 0.72 + 12, 1.4)],
      stacks: [
        {
          box: titleBox,
          way: 'across',
          align: 'middle',
          stand: 'middle',
          colours: [tones.dark],
          items: [
            {
              role: 'title',
              sizes: [40, page.han ? 128 : 116],
              face: 'book',
              leading: page.han ? 1.2 : 1.02,
              tracking: page.han ? 0.08 : 0.01,
            },
            { role: 'subtitle', sizes: [22, 40], face: 'italic', leading: 1.2, gap: 34 },
            { role: 'lines', sizes: [20, 27], face: 'italic', leading: 1.4, most: 10, gap: 30 },
          ],
        },
        {
          box: foot,
          way: 'across',
          align: 'middle',
          stand: 'middle',
          colours: [tones.dark],
          items: [author(page, 36), { role: 'date', sizes: [20, 24], face: 'book', tracking: 0.1, gap: 20 }],
        },
      ],
    };
  },
};
