/** The form a poem takes when nobody asked for one. */
import type { Random } from '../../core/index.ts';
import type { Plan, VerseWish } from '../../kernel/index.ts';
import { drawWeighted } from './draw-weighted.ts';

/**
 * What was fixed decides where it can: a first line by its length, an acrostic by its number of characters. Otherwise mostly 七绝;
 * many topics or a stormy mood make the longer 七律 likelier, a still mood 五绝.
 */
export function chooseForm(
  { acrostic, firstLine }: VerseWish,
  { mood, topics, random }: { mood: Plan['mood']; topics: number; random: Random },
): string {
  const width = firstLine === undefined ? undefined : [...firstLine].length;
  const lines = acrostic === undefined ? undefined : [...acrostic].length;
  const weights = { 七绝: 6, 五绝: 1.5, 七律: 0.8, 五律: 0.7 };
  if (mood.arousal < -0.6) weights.五绝 += 2;
  if (mood.arousal > 0.3) weights.七律 += 1.5;
  if (topics > 4) weights.七律 += 3;
  const fits = Object.entries(weights).filter(
    ([form]) =>
      (width === undefined || form.startsWith(width === 5 ? '五' : '七')) &&
      (lines === undefined || form.endsWith(lines > 4 ? '律' : '绝')),
  );
  return drawWeighted(fits, ([, weight]) => weight, random)?.[0] ?? '七绝';
}
