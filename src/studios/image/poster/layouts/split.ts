/** Half colour, half picture: the title as large as the field bears. */
import type { Layout } from '../types.ts';
import { author, footHeight, INK, WHITE } from './measures.ts';

export const split: Layout = {
  id: 'split',
  names: { en: 'two fields', zh: '分栏' },
  summary: { en: 'a field of colour for the title, a field for the picture', zh: '一半色块题名，一半画面' },
  arrange(page) {
    const { width, height, margin, tones, han } = page;
    const lies = width > height * 1.2;
    const beside = han || lies;
    const words = footHeight(page, width - margin * 1.6) + 2 * margin;
    const share = beside ? (lies ? 0.42 : 0.4) : Math.min(0.56, Math.max(0.42, (words + 170) / height));
    const field = beside
      ? { x: han ? width * (1 - share) : 0, y: 0, width: width * share, height }
      : { x: 0, y: 0, width, height: height * share };
    const window = beside
      ? { x: han ? 0 : width * share, y: 0, width: width * (1 - share), height }
      : { x: 0, y: height * share, width, height: height * (1 - share) };
    const inner = {
      x: field.x + margin * 0.8,
      y: field.y + margin,
      width: field.width - margin * 1.6,
      height: field.height - 2 * margin,
    };
    const feet = Math.min(0.5, Math.max(0.24, (footHeight(page, inner.width) + 30) / inner.height));
    return {
      ground: tones.accent,
      window,
      marks: [],
      stacks: [
        {
          box: { ...inner, height: inner.height * (1 - feet) },
          way: han ? 'down' : 'across',
          align: han ? 'middle' : 'left',
          stand: 'top',
          colours: [WHITE, INK],
          items: [
            { role: 'title', sizes: [44, han ? 200 : 150], face: 'strong', leading: han ? 1.12 : 0.94, most: 4 },
            { role: 'subtitle', sizes: [22, 44], face: 'italic', tracking: han ? 0.08 : 0, gap: 32 },
          ],
        },
        {
          box: { ...inner, y: inner.y + inner.height * (1 - feet) + 24, height: inner.height * feet - 24 },
          way: 'across',
          align: han && beside ? 'middle' : 'left',
          stand: 'bottom',
          colours: [WHITE, INK],
          items: [
            { role: 'lines', sizes: [20, 27], face: 'book', leading: 1.4, most: 12 },
            author(page, 34),
            { role: 'date', sizes: [20, 24], face: 'book', tracking: 0.08, gap: 16 },
          ],
        },
      ],
    };
  },
};
