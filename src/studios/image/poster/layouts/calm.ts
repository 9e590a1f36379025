/** The whole picture, and the title where it is calmest: found by measuring. */
import type { Box, Item, Layout, Page, Stack } from '../types.ts';
import { author, footHeight, INK, WHITE } from './measures.ts';

export const calm: Layout = {
  id: 'calm',
  names: { en: 'in the calm', zh: '静处题名' },
  summary: { en: 'the title in the calmest part of the whole picture', zh: '满幅，书名在画面最静之处' },
  arrange(page) {
    const { width, height, margin, tones } = page;
    const down = page.han && height > width * 0.9;
    const foot = footHeight(page, width - 2 * margin);
    const sizes = down
      ? [columnsSize(page)]
      : LINES.map(([wide, tall]) => [Math.min(width - 2 * margin, wide), tall] as const);
    // The small words stand at the foot, or at the head where the title is far calmer below.
    const [low, high] = [calmestOf(page, sizes, 0, foot + 50), calmestOf(page, sizes, foot + 50, 0)];
    const isHigh = page.unrest(low) <= page.unrest(high) * 1.15;
    const box = isHigh ? low : high;
    const footBox = { x: margin, width: width - 2 * margin, y: isHigh ? height - margin - foot : margin, height: foot };
    const items: Item[] = [
      {
        role: 'title',
        sizes: [40, page.han ? 150 : 136],
        face: 'book',
        tracking: page.han ? 0.1 : 0,
        leading: page.han ? 1.2 : 0.98,
        most: 4,
      },
      { role: 'subtitle', sizes: [22, 42], face: 'italic', tracking: page.han ? 0.1 : 0, gap: 34 },
    ];
    const middle = box.x + box.width / 2;
    const align = middle < width * 0.4 ? 'left' : middle > width * 0.6 ? 'right' : 'middle';
    const stacks: Stack[] = [
      {
        box,
        way: down ? 'down' : 'across',
        align,
        stand: down ? 'top' : 'middle',
        colours: [INK, WHITE, tones.light],
        items,
      },
      {
        box: footBox,
        way: 'across',
        align,
        stand: isHigh ? 'bottom' : 'top',
        colours: [INK, WHITE],
        items: [
          { role: 'lines', sizes: [20, 28], face: 'book', leading: 1.35, most: 12 },
          author(page, 34),
          { role: 'date', sizes: [20, 24], face: 'book', tracking: 0.1, gap: 16 },
        ],
      },
    ];
    return { ground: tones.ground, window: { x: 0, y: 0, width, height }, marks: [], stacks };
  },
};

/** Sizes of a title in lines, the best liked first. */
const LINES = [
  [760, 340],
  [580, 380],
  [440, 460],
] as const;
/** A size less liked must be so much calmer. */
const LIKED = 1.12;

function calmestOf(page: Page, sizes: readonly (readonly [number, number])[], head: number, foot: number): Box {
  const boxes = sizes.map((size) => page.calm(...size, head, foot));
  const costs = boxes.map((box, i) => page.unrest(box) * LIKED ** i);
  return boxes[costs.indexOf(Math.min(...costs))]!;
}

function columnsSize({ text, height }: Page): readonly [number, number] {
  return [text.subtitle ? 300 : 230, Math.min(height * 0.6, Math.max(420, [...text.title].length * 165))];
}
