/** The Swiss grid: four columns, everything flush left, a heavy rule, the picture bleeding off two sides. */
import type { Design, Layout, Mark, Page } from '../types.ts';
import { author } from './measures.ts';

export const grid: Layout = {
  id: 'grid',
  names: { en: 'Swiss grid', zh: '网格' },
  summary: { en: 'flush left on a grid, the picture bleeding off', zh: '依网格左齐，画面出血' },
  arrange: (page) => (page.width > page.height * 1.2 ? lying(page) : upright(page)),
};

function rule(page: Page, x: number, y: number, width: number): Mark {
  return {
    kind: 'plate',
    id: 'rule',
    names: { en: 'rule', zh: '粗线' },
    box: { x, y, width, height: 9 },
    colour: page.tones.accent,
  };
}

function upright(page: Page): Design {
  const { width, height, margin, tones } = page;
  const column = (width - 2 * margin) / 4;
  const top = height * 0.44;
  const dark = [tones.dark];
  return {
    ground: tones.ground,
    window: { x: margin + column, y: top, width: width - margin - column, height: height - top },
    marks: [rule(page, margin, margin, width - 2 * margin)],
    stacks: [
      {
        box: { x: margin, y: margin + 40, width: width - 2 * margin, height: top - margin - 90 },
        way: 'across',
        align: 'left',
        stand: 'top',
        colours: dark,
        items: [
          {
            role: 'title',
            sizes: [44, page.han ? 190 : 178],
            face: 'strong',
            leading: page.han ? 1.12 : 0.92,
            tracking: page.han ? 0 : -0.01,
          },
          { role: 'subtitle', sizes: [24, 46], face: 'book', leading: 1.2, gap: 34 },
        ],
      },
      {
        box: { x: margin, y: top, width: column - 30, height: height - top - margin },
        way: 'across',
        align: 'left',
        stand: 'top',
        colours: dark,
        items: [
          { role: 'author', sizes: [20, 34], face: 'strong', leading: 1.2 },
          { role: 'date', sizes: [20, 26], face: 'book', leading: 1.25, gap: 26 },
          { role: 'lines', sizes: [20, 25], face: 'book', leading: 1.42, most: 26, gap: 40 },
        ],
      },
    ],
  };
}

function lying(page: Page): Design {
  const { width, height, margin, tones } = page;
  const left = width * 0.42;
  const box = { x: margin, y: margin + 46, width: left - margin - 60, height: height - 2 * margin - 46 };
  return {
    ground: tones.ground,
    window: { x: left, y: 0, width: width - left, height },
    marks: [rule(page, margin, margin, left - margin - 60)],
    stacks: [
      {
        box: { ...box, height: box.height * 0.56 },
        way: 'across',
        align: 'left',
        stand: 'top',
        colours: [tones.dark],
        items: [
          { role: 'title', sizes: [40, 150], face: 'strong', leading: page.han ? 1.12 : 0.95 },
          { role: 'subtitle', sizes: [22, 40], face: 'book', gap: 28 },
        ],
      },
      {
        box: { ...box, y: box.y + box.height * 0.58, height: box.height * 0.42 },
        way: 'across',
        align: 'left',
        stand: 'bottom',
        colours: [tones.dark],
        items: [
          { role: 'lines', sizes: [20, 26], face: 'book', leading: 1.4, most: 12 },
          { ...author(page, 30), upper: false, tracking: 0.04, face: 'strong' },
          { role: 'date', sizes: [20, 25], face: 'book', gap: 18 },
        ],
      },
    ],
  };
}
