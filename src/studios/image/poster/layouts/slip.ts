/** 题签: the title on a slip of paper pasted on the cover, framed twice; Latin titles on a label as on old cloth bindings. */
import type { Design, Layout, Mark, Page, Stack } from '../types.ts';
import { around, INK, inset, last, PAPER } from './measures.ts';

export const slip: Layout = {
  id: 'slip',
  names: { en: 'title slip', zh: '题签' },
  summary: { en: 'the title on a pasted slip, over the whole picture', zh: '满幅画上贴题签' },
  arrange: (page) => (page.han ? pasted(page) : labelled(page)),
};

function pasted({ width, height, margin, text, tones, spoken }: Page): Design {
  const size = Math.min(118, (height * 0.6) / Math.max(3, [...text.title].length));
  const columns = size < 62 ? 2 : 1;
  const letter = Math.max(size, 62);
  const tall = Math.min(
    height - 2.6 * margin,
    (letter * 1.12 * [...text.title].length) / columns + letter * 1.5 + (text.author ? 130 : 0),
  );
  const plate = {
    x: margin,
    y: margin,
    width: letter * (0.55 + (1.2 + spoken) * columns) + (text.author ? 78 : 30),
    height: tall,
  };
  const inner = inset(plate, 24);
  const side = text.author ? 64 : 0;
  const stacks: Stack[] = [
    {
      box: { ...inner, x: inner.x + side, width: inner.width - side },
      way: 'down',
      align: 'middle',
      stand: 'middle',
      colours: [INK],
      items: [{ role: 'title', sizes: [30, letter], face: 'book', tracking: 0.08, leading: 1.15, most: columns + 1 }],
    },
    {
      box: {
        x: inner.x,
        y: inner.y + inner.height * 0.3,
        width: Math.max(0, side - 12),
        height: inner.height * 0.7 - 12,
      },
      way: 'down',
      align: 'right',
      stand: 'bottom',
      colours: [INK],
      items: [{ role: 'author', sizes: [20, 34], face: 'book', tracking: 0.1, most: 1 }],
    },
    {
      box: {
        x: plate.x + plate.width + 60,
        y: height * 0.5,
        width: width - margin - plate.x - plate.width - 60,
        height: height * 0.5 - margin,
      },
      way: 'down',
      align: 'right',
      stand: 'bottom',
      colours: [INK, PAPER],
      items: [
        { role: 'subtitle', sizes: [26, 42], face: 'book', tracking: 0.1 },
        { role: 'lines', sizes: [20, 34], face: 'book', tracking: 0.08, leading: 1.5, most: 16, gap: 34 },
        { role: 'date', sizes: [20, 26], face: 'book', tracking: 0.08, gap: 34 },
      ],
    },
  ];
  return { ground: tones.ground, window: { x: 0, y: 0, width, height }, marks: framed(plate), stacks };
}

function labelled({ width, height, margin, tones }: Page): Design {
  const wide = Math.min(width * 0.68, 760);
  const plate = { x: (width - wide) / 2, y: height * 0.13, width: wide, height: Math.min(height * 0.4, 430) };
  return {
    ground: tones.ground,
    window: { x: 0, y: 0, width, height },
    marks: framed(plate),
    stacks: [
      {
        box: inset(plate, 54),
        way: 'across',
        align: 'middle',
        stand: 'middle',
        colours: [INK],
        items: [
          { role: 'title', sizes: [34, 96], face: 'book', leading: 1.05, tracking: 0.02 },
          { role: 'subtitle', sizes: [22, 38], face: 'italic', gap: 28 },
          { role: 'author', sizes: [20, 30], face: 'book', tracking: 0.16, upper: true, gap: 36 },
        ],
      },
      last({ width, height, margin }),
    ],
  };
}

function framed(plate: { x: number; y: number; width: number; height: number }): Mark[] {
  const frame = (id: string, away: number, thick: number): Mark => ({
    kind: 'frame',
    id,
    names: { en: 'frame', zh: '边框' },
    box: inset(plate, away),
    colour: INK,
    thick,
  });
  return [
    {
      kind: 'plate',
      id: 'slip-shadow',
      names: { en: 'shadow', zh: '影' },
      box: around(plate, 3),
      colour: [0, 0, 0],
      opacity: 0.25,
    },
    { kind: 'plate', id: 'slip', names: { en: 'slip', zh: '题签' }, box: plate, colour: PAPER },
    frame('frame', 9, 3.2),
    frame('frame-inner', 16, 1.2),
  ];
}
