/**
 * The plan of a tune: its phrases in order, what each is made from, where it closes, how high it lies.
 *
 *   起 new material, closes on a supporting degree        承 answers it, made from it
 *   转 turns: new or a sequence, highest, closes off home   合 gathers: made from what came before, closes on the tonic
 *
 * Forms by letters (AABA, AABB …) are read in the same way: a letter heard again is made from its first hearing.
 */
import type { Random } from '../../../../core/index.ts';
import type { Mode } from '../../score/index.ts';
import { supportOf } from './ladder.ts';
import { type Contour, drawByWeight, type Profile, type Technique } from './profile.ts';

export interface PhrasePlan {
  readonly bars: number;
  /** Label of the section that begins with this phrase. */
  readonly section?: string;
  /** The earlier phrase it is made from, and how; `copy` repeats it note for note. */
  readonly source?: number;
  readonly technique?: Technique | 'copy';
  /** Degree (rung within the octave) it closes on: 0 the tonic. */
  readonly close: number;
  /** Whether it is the last of a section: its end is longer. */
  readonly final: boolean;
  /** Rungs above the middle of the tune. */
  readonly height: number;
  readonly contour: Contour;
}

interface PlanWish {
  readonly form: string;
  readonly bars: number;
  readonly mode: Mode;
  readonly valence: number;
}

/** Draws a plan. Unknown forms are read as 起承转合. */
export function drawPlan(profile: Profile, wish: PlanWish, random: Random): PhrasePlan[] {
  const phrases = wish.form === 'period' ? 2 : (wish.form.match(/[A-E]/g)?.length ?? 4);
  // Too short for its form: one phrase.
  if (wish.bars < phrases) return withTechniques(byLetters(['A'], wish), profile, wish, random);
  if (wish.form === 'period') return withTechniques(period(wish, random), profile, wish, random);
  const letters = /^([A-E]'?)+$/.test(wish.form) ? (wish.form.match(/[A-E]/g) as string[]) : undefined;
  return withTechniques(letters ? byLetters(letters, wish) : fourPhrases(wish, random), profile, wish, random);
}

type Sketch = Omit<PhrasePlan, 'contour' | 'technique'> & { readonly technique?: PhrasePlan['technique'] };

/** 起承转合; 32 bars and more are two strophes of it. */
function fourPhrases({ bars, mode }: PlanWish, random: Random): Sketch[] {
  const [first = 3, second = 2] = supportOf(mode);
  const opening = random.next() < 0.75 ? first : second;
  const strophes = bars >= 32 ? 2 : 1;
  const sizes = split(bars, 4 * strophes);
  const away = random.next() < 0.6 ? second : opening === first ? second : first;
  const answer = random.next() < 0.35 ? 0 : opening === first && random.next() < 0.5 ? first : second;
  return Array.from({ length: strophes }, (_, strophe) => {
    const from = 4 * strophe;
    const phrase = (i: number, rest: Omit<Sketch, 'bars'>): Sketch => ({ bars: sizes[from + i]!, ...rest });
    const again = strophe === 0 ? {} : { source: 0, technique: 'flowers' as const };
    return [
      phrase(0, { section: '起', close: opening, final: false, height: 0, ...again }),
      phrase(1, { section: '承', source: from, close: answer, final: answer === 0, height: 0 }),
      phrase(2, { section: '转', close: away, final: false, height: 2.2 }),
      phrase(3, { section: '合', source: from + Math.floor(random.next() * 2), close: 0, final: true, height: -0.3 }),
    ];
  }).flat();
}

/** Phrases in pairs, 上句 and 下句: the first rises or stays open, the second comes home. */
function period({ bars, mode }: PlanWish, random: Random): Sketch[] {
  const [first = 3, second = 2] = supportOf(mode);
  const pairs = Math.max(1, Math.round(bars / 8 / 2) * (bars > 12 ? 1 : 0) * 2 || 1);
  const sizes = split(bars, 2 * pairs);
  return sizes.map((size, i): Sketch => {
    const lower = i % 2 === 1;
    const source = i >= 2 ? i - 2 : lower && random.next() < 0.6 ? i - 1 : undefined;
    return {
      bars: size,
      ...(i === 0 ? { section: 'A' } : i === 2 ? { section: 'B' } : {}),
      ...(source === undefined ? {} : { source }),
      close: lower ? 0 : random.next() < 0.7 ? first : second,
      final: lower,
      height: lower ? -0.8 : i === 2 ? 2 : 0.8,
    };
  });
}

/** Sections by letters: two phrases each where there is room; a letter heard again is copied. */
function byLetters(letters: readonly string[], { bars, mode }: PlanWish): Sketch[] {
  const [first = 3, second = 2] = supportOf(mode);
  const sections = split(bars, letters.length);
  const starts = new Map<string, number>();
  const sketches: Sketch[] = [];
  for (const [i, letter] of letters.entries()) {
    const sizes = sections[i]! >= 4 ? split(sections[i]!, 2) : [sections[i]!];
    const heard = starts.get(letter);
    const middle = letter !== letters[0];
    const last = i === letters.length - 1;
    // A middle section that leads back to the first stays open.
    const returns = letters[i + 1] === letters[0];
    if (heard === undefined) starts.set(letter, sketches.length);
    for (const [n, size] of sizes.entries()) {
      const end = n === sizes.length - 1;
      const open = sizes.length === 1 && !last && heard === undefined && i % 2 === 0;
      const base = {
        bars: size,
        ...(n === 0 ? { section: letter } : {}),
        close: end && !open && !(middle && returns) ? 0 : middle ? second : first,
        final: end,
        height: middle ? 2 : 0,
      };
      const home = last && end && heard !== undefined && sketches[heard + n]!.close !== 0;
      if (home) sketches.push({ ...base, close: 0, source: heard + n, technique: 'same-head' });
      else if (heard !== undefined) sketches.push({ ...base, source: heard + n, technique: 'copy' });
      else if (n === 0) sketches.push(base);
      else sketches.push({ ...base, source: sketches.length - 1 });
    }
  }
  return sketches;
}

function withTechniques(
  sketches: readonly Sketch[],
  profile: Profile,
  { valence }: PlanWish,
  random: Random,
): PhrasePlan[] {
  return sketches.map(({ technique, ...sketch }): PhrasePlan => {
    const leaning = { ...profile.contours, fall: (profile.contours.fall ?? 0) * Math.exp(-0.7 * valence) };
    const contour = sketch.height > 1 ? 'arch' : drawByWeight<Contour>(leaning, random);
    if (technique) return { ...sketch, technique, contour };
    if (sketch.source === undefined) {
      const snail = sketch.height > 1 && sketch.bars >= 4 && random.next() * 4 < (profile.techniques.snail ?? 0);
      return snail ? { ...sketch, technique: 'snail', contour } : { ...sketch, contour };
    }
    return { ...sketch, technique: drawByWeight<Technique>({ ...profile.techniques, snail: 0 }, random), contour };
  });
}

/** Splits bars as evenly as may be, the longer parts last. */
function split(bars: number, parts: number): number[] {
  const least = Math.floor(bars / parts);
  const longer = bars - least * parts;
  return Array.from({ length: parts }, (_, i) => least + (i >= parts - longer ? 1 : 0)).filter((size) => size > 0);
}
