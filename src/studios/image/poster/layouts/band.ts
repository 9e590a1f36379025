/** 腰封: a paper band around the book, with the words on it; the title above, on the picture. */
import type { Layout } from '../types.ts';
import { author, footHeight, INK, WHITE } from './measures.ts';

export const band: Layout = {
  id: 'band',
  names: { en: 'belly band', zh: '腰封' },
  summary: { en: 'a band of colour around the foot', zh: '下部一道腰封' },
  arrange(page) {
    const { width, height, margin, tones, han } = page;
    const foot = footHeight(page, width - 2 * margin) + (page.text.subtitle ? 75 : 0);
    const top = height - Math.max(height * 0.2, Math.min(height * 0.4, foot + margin + 70));
    const band = { x: 0, y: top, width, height: height - top };
    const upright = han && height > width * 0.9;
    const half = { y: margin, width: width * 0.5 - margin, height: top - 2 * margin };
    const [left, right] = [
      { ...half, x: margin },
      { ...half, x: width * 0.5 },
    ];
    const side = page.unrest(left) < page.unrest(right) * 0.8 ? left : right;
    const titleBox = upright
      ? side
      : { x: margin, y: margin, width: width - 2 * margin, height: Math.min(top * 0.5, 420) };
    return {
      ground: tones.ground,
      window: { x: 0, y: 0, width, height: top + 2 },
      marks: [
        {
          kind: 'shade',
          id: 'band-shadow',
          names: { en: 'shadow', zh: '影' },
          box: { x: 0, y: top - 16, width, height: 16 },
          colour: [0, 0, 0],
          opacity: 0.35,
          from: 'bottom',
        },
        { kind: 'plate', id: 'band', names: { en: 'band', zh: '腰封' }, box: band, colour: tones.accent },
      ],
      stacks: [
        {
          box: titleBox,
          way: upright ? 'down' : 'across',
          align: upright ? (titleBox === left ? 'left' : 'right') : 'middle',
          stand: 'top',
          colours: [INK, WHITE],
          items: [
            {
              role: 'title',
              sizes: [44, han ? 160 : 132],
              face: 'strong',
              tracking: han ? 0.08 : 0,
              leading: han ? 1.16 : 0.98,
              most: 4,
            },
          ],
        },
        {
          box: { x: margin, y: top + 34, width: width - 2 * margin, height: height - top - margin - 14 },
          way: 'across',
          align: 'middle',
          stand: 'middle',
          colours: [WHITE, INK],
          items: [
            { role: 'subtitle', sizes: [24, 50], face: 'italic', gap: 20, most: 3 },
            { role: 'lines', sizes: [20, 28], face: 'book', leading: 1.38, most: 8, gap: 24 },
            { ...author(page, 36), gap: 26 },
            { role: 'date', sizes: [20, 24], face: 'book', tracking: 0.1, gap: 16 },
          ],
        },
      ],
    };
  },
};
