/** Mostly nothing 留白: a small round picture like a fan or a moon, a few words, and the paper. */
import type { Layout } from '../types.ts';
import { author } from './measures.ts';

export const emptiness: Layout = {
  id: 'void',
  names: { en: 'large void', zh: '留白' },
  summary: { en: 'a small round picture, few words, much paper', zh: '一轮小画，数字，余皆空白' },
  arrange(page) {
    const { width, height, margin, tones, random } = page;
    const lies = width > height * 1.2;
    const wide = lies ? height * 0.62 : width * 0.56;
    const right = random.next() < 0.5;
    const x = right ? width - margin * 1.4 - wide : margin * 1.4;
    const y = lies ? (height - wide) / 2 : height * 0.62 - wide / 2;
    const side = { x: right ? margin * 1.4 : margin * 1.4 + wide + margin, width: width - wide - margin * 3.8 };
    const aside = lies
      ? { ...side, y: margin * 1.6, height: height - margin * 3.2 }
      : { x: margin * 1.4, y: margin * 1.5, width: width - margin * 2.8, height: y - margin * 2.2 };
    const far = right ? 'left' : 'right';
    return {
      ground: tones.ground,
      window: { x, y, width: wide, height: wide },
      round: true,
      marks: [],
      stacks: [
        {
          box: page.han
            ? { ...aside, height: aside.height - (lies ? 140 : 0) }
            : { ...aside, height: lies ? aside.height * 0.7 : aside.height },
          way: page.han ? 'down' : 'across',
          align: far,
          stand: 'top',
          colours: [tones.dark],
          items: [
            {
              role: 'title',
              sizes: [32, page.han ? 84 : 76],
              face: 'light',
              tracking: page.han ? 0.18 : 0.02,
              leading: page.han ? 1.3 : 1.08,
              most: 4,
            },
            { role: 'subtitle', sizes: [20, 34], face: 'italic', tracking: page.han ? 0.12 : 0, gap: 32 },
            {
              role: 'lines',
              sizes: [20, 26],
              face: 'book',
              leading: page.han ? 1.6 : 1.42,
              tracking: page.han ? 0.1 : 0,
              most: 12,
              gap: 36,
            },
          ],
        },
        {
          box: lies
            ? { ...side, y: height - margin * 1.4 - 110, height: 110 }
            : { x: margin * 1.4, y: height - margin * 1.4 - 110, width: width - margin * 2.8, height: 110 },
          way: 'across',
          align: far,
          stand: 'bottom',
          colours: [tones.dark],
          items: [author(page, 28), { role: 'date', sizes: [20, 22], face: 'book', tracking: 0.1, gap: 16 }],
        },
      ],
    };
  },
};
