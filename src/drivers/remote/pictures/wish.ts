/** What is asked of a painter out of sight: words, numbers, sizes. */
import { createHash } from 'node:crypto';
import { engineFault, type PictureRequest, type WeightedLabel } from '../../../kernel/index.ts';

/** How a server writes weights: as `(word:1.2)`, or not at all. */
export type Weighting = 'brackets' | 'none';

/** Labels as one line of words. */
export function wordsOf(labels: readonly WeightedLabel[] = [], weighting: Weighting = 'none'): string {
  return labels
    .filter(({ weight }) => weight > 0)
    .reduce((line, { label, weight, joined }) => {
      const said = weighting === 'brackets' ? bracketed(label, weight) : label;
      return line === '' ? said : `${line}${joined ? ' ' : ', '}${said}`;
    }, '');
}

function bracketed(label: string, weight: number): string {
  const plain = label.replace(/[()[\]\\]/g, '\\$&');
  return weight === 1 ? plain : `(${plain}:${Number(weight.toFixed(2))})`;
}

/** A seed of 32 bits: numbers as they are, words by their hash. */
export function seedOf(seed: string | number): number {
  if (typeof seed === 'number' && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  return createHash('sha256').update(String(seed)).digest().readUInt32BE();
}

/** Width and height that are asked for: of the wish, of the picture to begin from, of the card. */
export function sizeOf(
  request: PictureRequest,
  usual: readonly [number, number],
  step: number,
): readonly [number, number] {
  const { size, from } = request;
  const [width, height] = size ?? (from ? [from.width, from.height] : usual);
  return [near(width, step), near(height, step)];
}

function near(side: number, step: number): number {
  return Math.max(step, Math.round(side / step) * step);
}

/** Throws `engine/cannot` for what no server of these kinds does. */
export function refuseStrange(name: string, request: PictureRequest): void {
  if (request.between)
    throw engineFault('cannot', name, { en: 'it cannot go between two wishes', zh: '它不能在两种描述之间过渡' });
}
