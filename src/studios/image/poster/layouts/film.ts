/** The film poster: the whole picture, darkening to the foot, where the title stands large above a billing block in narrow capitals. */
import type { Layout } from '../types.ts';
import { author, WHITE } from './measures.ts';

export const film: Layout = {
  id: 'film',
  names: { en: 'film poster', zh: '电影海报' },
  summary: { en: 'the whole picture, title and billing at the foot', zh: '满幅，片名与演职员在下' },
  arrange(page) {
    const { width, height, margin, tones } = page;
    const across = { x: margin, width: width - 2 * margin };
    const shade = (from: 'top' | 'bottom', high: number, opacity: number) =>
      ({
        kind: 'shade',
        id: `shade-${from}`,
        names: { en: 'shade', zh: '压暗' },
        box: { x: 0, y: from === 'top' ? 0 : height - high, width, height: high },
        colour: tones.dark,
        opacity,
        from,
      }) as const;
    return {
      ground: tones.dark,
      window: { x: 0, y: 0, width, height },
      marks: [shade('bottom', height * 0.62, 0.94), ...(page.text.subtitle ? [shade('top', height * 0.2, 0.6)] : [])],
      stacks: [
        {
          box: { ...across, y: margin, height: height * 0.16 - margin },
          way: 'across',
          align: 'middle',
          stand: 'top',
          colours: [WHITE],
          items: [{ role: 'subtitle', sizes: [22, 36], face: 'italic', tracking: 0.04, most: 3 }],
        },
        {
          box: { ...across, y: height * 0.56, height: height * 0.27 },
          way: 'across',
          align: 'middle',
          stand: 'bottom',
          colours: [WHITE],
          items: [
            author(page, 32),
            {
              role: 'title',
              sizes: [44, page.han ? 190 : 150],
              face: 'strong',
              upper: true,
              tracking: page.han ? 0.12 : 0.04,
              leading: page.han ? 1.15 : 0.95,
              most: 3,
              gap: 40,
            },
          ],
        },
        {
          box: {
            ...across,
            x: margin * 1.6,
            width: width - 3.2 * margin,
            y: height * 0.855,
            height: height * 0.145 - margin * 0.9,
          },
          way: 'across',
          align: 'middle',
          stand: 'bottom',
          colours: [WHITE],
          items: [
            {
              role: 'lines',
              sizes: [20, 30],
              face: 'strong',
              upper: true,
              condensed: 0.62,
              tracking: 0.06,
              leading: 1.22,
              most: 5,
              join: '   ',
            },
            { role: 'date', sizes: [20, 34], face: 'strong', upper: true, tracking: 0.2, gap: 28 },
          ],
        },
      ],
    };
  },
};
