/** Tunes that our own rules compose, as varied as their wishes: every manner, mood, length and form. */
import { createRandom } from '../../src/core/index.ts';
import { composeByRules, type Style, type TuneWish } from '../../src/studios/music/tunes/index.ts';
import type { OpenTune } from './open-tunes.ts';

/** Manners and how many of a hundred tunes are theirs. */
const SHARES: Readonly<Partial<Record<Style, number>>> = {
  jiangnan: 18,
  xiaodiao: 16,
  northern: 14,
  'mountain-song': 12,
  opera: 11,
  guqin: 9,
  folk: 8,
  waltz: 4,
  lullaby: 5,
  march: 3,
};

/** Composes `count` tunes; the same seed gives the same ones. */
export function composeRuleTunes(count: number, seed: string): OpenTune[] {
  const styles = Object.entries(SHARES).flatMap(([style, share]) => Array<Style>(share).fill(style as Style));
  return Array.from({ length: count }, (_, i): OpenTune => {
    const random = createRandom(`${seed}/${i}`);
    const style = styles[i % styles.length]!;
    const level = (): number => Math.max(-1, Math.min(1, 0.55 * random.normal()));
    const mood = { valence: level(), arousal: level() };
    const wish: TuneWish = {
      style,
      mood,
      ...(random.next() < 0.3 ? { bars: random.pick([8, 12, 16, 16, 20, 24, 32]) } : {}),
    };
    const score = composeByRules(wish, random);
    const form = formOf(score.bars.flatMap(({ label }) => label ?? []));
    return { id: `rules/${i}`, title: '', source: 'rules', style, score, form, mood };
  });
}

function formOf(labels: readonly string[]): string | undefined {
  if (labels[0] === '起') return 'qichengzhuanhe';
  return labels.length > 1 ? labels.join('') : 'period';
}
