/** One phrase after its plan: rhythms of its bars, then the line over them; parts taken from an earlier phrase stay fixed. */
import type { Random } from '../../../../core/index.ts';
import { barLength } from '../events/index.ts';
import type { Ladder } from './ladder.ts';
import { drawLine, type Place } from './line.ts';
import type { PhrasePlan } from './phrase-plan.ts';
import type { Contour, Profile } from './profile.ts';
import { drawBar, drawClose, isCompound } from './rhythm.ts';

/** A note of a phrase. `passing` stands between its rung and the next higher one. */
export interface Tone {
  readonly length: number;
  readonly rung: number;
  readonly passing?: boolean;
}

/** Bars of tones; every bar is full. */
export type Phrase = readonly (readonly Tone[])[];

/** What all phrases of a tune share. */
export interface PhraseSetting {
  readonly ladder: Ladder;
  readonly profile: Profile;
  readonly metre: string;
  readonly bustle: number;
  /** Rungs: the middle of the tune, its lowest and highest. */
  readonly centre: number;
  readonly lowest: number;
  readonly highest: number;
  readonly random: Random;
}

/** A bar before its rungs are found; `undefined` rungs are free. */
type Sketch = { readonly length: number; readonly rung?: number | undefined; readonly passing?: boolean }[];

/** Writes a phrase after those before it. */
export function writePhrase(plan: PhrasePlan, earlier: readonly Phrase[], setting: PhraseSetting): Phrase {
  const source = plan.source === undefined ? undefined : earlier[plan.source];
  if (plan.technique === 'copy' && source?.length === plan.bars) return source;
  const before = earlier.at(-1)?.at(-1)?.at(-1)?.rung;
  const bars = sketchBars(plan, source, before, setting);
  return findRungs(bars, plan, before, setting);
}

function sketchBars(
  plan: PhrasePlan,
  source: Phrase | undefined,
  before: number | undefined,
  setting: PhraseSetting,
): Sketch[] {
  const half = Math.ceil(plan.bars / 2);
  if (plan.technique === 'snail' && before !== undefined) return sketchSnail(plan, before, setting);
  const fresh = freshRhythms(plan, source, setting);
  if (!source || source.length !== plan.bars || plan.bars < 2) return fresh;
  switch (plan.technique) {
    case 'same-head':
      return [...source.slice(0, half).map(fixed), ...fresh.slice(half)];
    case 'new-head':
      return [...fresh.slice(0, half), ...source.slice(half, -1).map(fixed), closing(source, plan, setting, fresh)];
    case 'sequence': {
      const step = sequenceStep(plan, setting);
      return [...source.slice(0, half).map((bar) => moved(bar, step)), ...fresh.slice(half)];
    }
    case 'flowers':
      return [...source.slice(0, -1).map((bar) => flowered(bar, setting)), closing(source, plan, setting, fresh)];
    case 'fish-bite':
      return [
        withFirst(source[0]!.map(free), before),
        ...source.slice(1, -1).map((bar) => bar.map(free)),
        fresh.at(-1)!,
      ];
    default:
      return fresh;
  }
}

const fixed = (bar: readonly Tone[]): Sketch => bar.map((tone) => ({ ...tone }));
const free = ({ length }: { readonly length: number }): Sketch[number] => ({ length });
const moved = (bar: readonly Tone[], by: number): Sketch =>
  bar.map(({ length, rung }) => ({ length, rung: rung + by }));

function withFirst(bar: Sketch, rung: number | undefined): Sketch {
  return rung === undefined ? bar : [{ ...bar[0]!, rung }, ...bar.slice(1)];
}

function sequenceStep({ height }: PhrasePlan, { random }: PhraseSetting): number {
  if (height > 1) return random.next() < 0.5 ? 1 : 2;
  return random.pick([-1, -1, 1, -2]);
}

/** The last bar of the source where it already closes so, else its rhythm with the way to another close. */
function closing(source: Phrase, plan: PhrasePlan, { ladder }: PhraseSetting, fresh: readonly Sketch[]): Sketch {
  const bar = source.at(-1)!;
  const end = bar.at(-1)!.rung;
  const degree = ((end % ladder.size) + ladder.size) % ladder.size;
  return degree === plan.close && !plan.final ? fixed(bar) : fresh.at(-1)!;
}

/** Rhythms of a phrase: the second half takes up the first, the last bar comes to rest. */
function freshRhythms(plan: PhrasePlan, source: Phrase | undefined, setting: PhraseSetting): Sketch[] {
  const { profile, metre, bustle, random } = setting;
  const draw = (): Sketch => drawBar(profile, metre, bustle, random).map((length) => ({ length }));
  const close: Sketch = drawClose(profile, metre, bustle, plan.final, random).map((length) => ({ length }));
  const bars: Sketch[] = [];
  for (let i = 0; i < plan.bars - 1; i++) {
    const likeSource = source?.[i] && random.next() < 0.55 ? source[i]!.map(free) : undefined;
    const likeFirst =
      i === 2 && random.next() < 0.6
        ? bars[0]!.map(free)
        : i === 1 && random.next() < 0.25
          ? bars[0]!.map(free)
          : undefined;
    bars.push(likeSource ?? likeFirst ?? draw());
  }
  return [...bars, close];
}

/** 加花: long notes broken into a note and its neighbours on the way to the next. */
function flowered(bar: readonly Tone[], { random }: PhraseSetting): Sketch {
  return bar.flatMap((tone, i): Sketch => {
    const next = bar[i + 1]?.rung ?? tone.rung;
    if (tone.length < 24 || tone.passing || random.next() < 0.35) return [{ ...tone }];
    const way = next > tone.rung ? 1 : next < tone.rung ? -1 : random.next() < 0.5 ? 1 : -1;
    const half = tone.length / 2;
    return random.next() < 0.5 || half % 2 !== 0
      ? [
          { length: half, rung: tone.rung },
          { length: half, rung: tone.rung + way },
        ]
      : [
          { length: half, rung: tone.rung },
          { length: half / 2, rung: tone.rung + way },
          { length: half / 2, rung: tone.rung },
        ];
  });
}

/** 螺蛳结顶: units of a bar, a bar, half and half, each beginning where the last ended, climbing; then the close. */
function sketchSnail(plan: PhrasePlan, before: number, setting: PhraseSetting): Sketch[] {
  const { profile, metre, bustle, random, ladder } = setting;
  const rhythm = drawBar(profile, metre, bustle, random);
  const turn = random.pick([
    [0, 1, -1],
    [0, -1, 1],
    [0, 1, 2],
    [0, 2, 1],
  ] as const);
  let from = ladder.near(before, setting.centre);
  const bars: Sketch[] = [];
  for (let i = 0; i < plan.bars - 1; i++) {
    const shape = rhythm.map((length, n) => ({ length, rung: n === 0 ? from : undefined }));
    const last = Math.min(setting.highest, from + 1 + (i > 1 ? 1 : 0));
    const bar: Sketch = shape.map((tone, n) => {
      if (n === rhythm.length - 1 && n > 0) return { ...tone, rung: last };
      return n > 0 && n < turn.length ? { ...tone, rung: Math.min(setting.highest, from + turn[n]!) } : tone;
    });
    bars.push(bar);
    from = rhythm.length > 1 ? last : from + 1;
  }
  const close = drawClose(profile, metre, bustle, plan.final, random).map((length) => ({ length }));
  return [...bars, close];
}

/** Finds the free rungs, then lets a few weak notes pass. */
function findRungs(
  bars: readonly Sketch[],
  plan: PhrasePlan,
  before: number | undefined,
  setting: PhraseSetting,
): Phrase {
  const { ladder, profile, centre, lowest, highest, random } = setting;
  const flat = bars.flatMap((bar, b) => {
    let at = 0;
    return bar.map((tone) => {
      const place = { tone, bar: b, at };
      at += tone.length;
      return place;
    });
  });
  const nearest = ladder.near(plan.close, centre + (plan.height > 1 ? 1.2 : -0.8));
  const closes =
    [nearest, nearest + ladder.size, nearest - ladder.size].find((rung) => rung >= lowest && rung <= highest) ??
    nearest;
  const inside = (rung: number): number => Math.min(highest, Math.max(lowest, rung));
  const places = flat.map(({ tone, bar, at }, i): Place => {
    const t = (bar + at / barLength(setting.metre)) / plan.bars;
    const last = i === flat.length - 1;
    const target = centre + plan.height + heightOf(plan.contour, t) * profile.span * 0.3;
    return {
      length: tone.length,
      weight: weightOf(at, setting.metre),
      target: t > 0.75 ? target + (closes - target) * (t - 0.75) * 2 : target,
      fixed: last ? closes : tone.rung === undefined ? undefined : inside(tone.rung),
    };
  });
  const rungs = drawLine(places, { ladder, profile, lowest, highest, before, random });
  const tones = flat.map(({ tone }, i): Tone => {
    const kept = tone.passing === true && tone.rung === rungs[i];
    return { length: tone.length, rung: rungs[i]!, ...(kept ? { passing: true } : {}) };
  });
  const passed = letPass(
    tones,
    places,
    setting,
    flat.map(({ tone }) => tone.rung !== undefined),
  );
  let next = 0;
  return bars.map((bar) => bar.map(() => passed[next++]!));
}

/** A weak short note that joins two notes a minor third apart, or turns back to one of them, may be the 偏音 between them. */
function letPass(
  tones: Tone[],
  places: readonly Place[],
  { ladder, profile, random }: PhraseSetting,
  kept: boolean[],
): Tone[] {
  return tones.map((tone, i) => {
    const left = tones[i - 1]?.rung;
    const right = tones[i + 1]?.rung;
    if (kept[i] || left === undefined || right === undefined || places[i]!.weight > 0 || tone.length > 12) return tone;
    if (tones[i - 1]!.passing || random.next() > profile.passing * 4) return tone;
    const lower = Math.min(left, right, tone.rung);
    const between = Math.max(left, right, tone.rung) - lower === 1;
    if (!between || ladder.passing(lower) === undefined) return tone;
    return { length: tone.length, rung: lower, passing: true };
  });
}

/** Height of a contour at a point of the phrase, −1 to 1. */
function heightOf(contour: Contour, t: number): number {
  switch (contour) {
    case 'arch':
      return 1.6 * Math.sin(Math.PI * Math.min(1, t * 1.05)) - 0.5;
    case 'wave':
      return 0.8 * Math.sin(2 * Math.PI * t);
    case 'fall':
      return 1 - 1.9 * t;
    case 'rise':
      return -0.9 + 1.8 * Math.min(1, t * 1.3);
    default:
      return 0;
  }
}

/** Metrical weight of a tick within a bar: 3 the downbeat, 2 the half of an even bar, 1 a beat, 0 between. */
export function weightOf(at: number, metre: string): number {
  if (at === 0) return 3;
  const beat = isCompound(metre) ? 36 : 24;
  if (at % beat !== 0) return 0;
  const beats = Math.round(barLength(metre) / beat);
  return beats % 2 === 0 && beats > 2 && at === (beats / 2) * beat ? 2 : 1;
}
