/**
 * What a sticker's words ask for, with their weights, in the signs people know from other tools:
 *
 *   red fox, (hat:1.3), [snow]     ─▶ red fox 1 · hat 1.3 · snow 0.9      (x) alone is 1.1, [x] is 0.9
 */
import type { WeightedLabel } from '../../../kernel/index.ts';

const PART = /\(([^():]+)(?::\s*(-?\d*\.?\d+))?\s*\)|\[([^[\]]+)\]|([^()[\]]+)/gu;
const SEPARATORS = /[,，、;；\n]+/u;

/** Longest and shortest that a part can be made. */
const WEIGHTS = [0, 2] as const;

/** The parts of a text in order; none where it holds no words. */
export function wantedOf(text: string): WeightedLabel[] {
  return [...text.matchAll(PART)].flatMap(([, strong, weight, weak, plain]) => {
    if (strong !== undefined) return partsOf(strong, clamped(weight === undefined ? 1.1 : Number(weight)));
    return weak === undefined ? partsOf(plain!, 1) : partsOf(weak, 0.9);
  });
}

function partsOf(text: string, weight: number): WeightedLabel[] {
  return text
    .split(SEPARATORS)
    .map((label) => label.trim())
    .filter((label) => label !== '')
    .map((label) => ({ label, weight }));
}

function clamped(weight: number): number {
  return Math.max(WEIGHTS[0], Math.min(WEIGHTS[1], weight));
}
