/**
 * Melodies composed by rule: no model, no tune copied.
 *
 *   wish ─▶ manner, mode, tempo, form ─▶ plan of phrases ─▶ rhythms ─▶ lines ─▶ 偏音, ornaments ─▶ score
 *
 * Several are written and the one with the clearest climax and the best balance of old and new is kept. The theory is that
 * of the five modes (宫商角徵羽), their supporting degrees, and the ways Chinese tunes join phrases (see profile.ts).
 */
import type { Random } from '../../../../core/index.ts';
import { isPentatonic, type Mode, midiOf, type Note, type Score } from '../../score/index.ts';
import { barLength, FORMS, GRID, type Style } from '../events/index.ts';
import type { TuneWish } from '../wish.ts';
import { judgeTune } from './judge-tune.ts';
import { createLadder, type Ladder } from './ladder.ts';
import { type Phrase, type PhraseSetting, weightOf, writePhrase } from './phrase.ts';
import { drawPlan } from './phrase-plan.ts';
import { drawByWeight, drawMode, type Ornament, type Profile, profileOf } from './profile.ts';
import type { RuleTune } from './rule-tune.ts';

/** Tunes written to choose from. */
const DRAFTS = 6;
/** Middle of melodies, in MIDI keys, before the manner moves it. */
const MIDDLE = 67;
const TONICS = ['D', 'G', 'C', 'F', 'A', 'Bb', 'E'] as const;

/** A wish with nothing left open. */
export interface SettledWish {
  readonly style: Style;
  readonly tonic: string;
  readonly mode: Mode;
  readonly metre: string;
  readonly quarterBpm: number;
  readonly form: string;
  readonly bars: number;
}

/** Composes a tune. Same wish and random stream, same tune. */
export function composeByRules(wish: TuneWish, random: Random): Score {
  const settled = settleWish(wish, random);
  const tunes = Array.from({ length: DRAFTS }, (_, i) => writeTune(wish, settled, random.fork(`draft-${i}`)));
  const best = tunes.reduce((a, b) => (judgeTune(b) > judgeTune(a) ? b : a));
  return notate(best, settled, wish, random.fork('ornaments'));
}

/** Decides what a wish leaves open. */
export function settleWish(wish: TuneWish, random: Random): SettledWish {
  const style = wish.style ?? 'folk';
  const profile = profileOf(style);
  const { valence, arousal } = wish.mood ?? { valence: 0, arousal: 0 };
  const metre = wish.metre ?? drawByWeight(profile.metres, random);
  const mode = wish.mode ?? drawMode(profile, valence, random);
  const [slow = 60, fast = 100] = profile.tempo;
  const share = Math.min(1, Math.max(0, 0.5 + 0.4 * arousal + 0.15 * random.normal()));
  const asked =
    wish.form !== undefined && (FORMS.includes(wish.form as 'AB') || /^[A-E]+$/.test(wish.form))
      ? wish.form
      : undefined;
  return {
    style,
    metre,
    mode,
    tonic: wish.tonic ?? random.pick(TONICS),
    quarterBpm: wish.quarterBpm ?? Math.round(slow + share * (fast - slow)),
    form: asked ?? drawByWeight(profile.forms, random),
    bars: wish.bars ?? usualBars(metre, asked, random),
  };
}

function usualBars(metre: string, form: string | undefined, random: Random): number {
  if (form === 'AABB') return barLength(metre) >= 96 ? random.pick([16, 32]) : 32;
  return barLength(metre) >= 96 ? random.pick([8, 8, 16]) : random.pick([16, 16, 16, 8, 24]);
}

function writeTune(wish: TuneWish, settled: SettledWish, random: Random): RuleTune {
  const profile = profileOf(settled.style);
  const { valence, arousal } = wish.mood ?? { valence: 0, arousal: 0 };
  const ladder = createLadder(settled.tonic, settled.mode);
  const bustle = wish.density === undefined ? 0.5 * arousal : 0.7 * (wish.density - 3);
  const range = rungRange(wish, ladder, profile, arousal);
  const setting: PhraseSetting = { ladder, profile, metre: settled.metre, bustle, ...range, random };
  const plan = drawPlan(profile, { ...settled, valence }, random);
  const phrases: Phrase[] = [];
  for (const each of plan) phrases.push(writePhrase(each, phrases, setting));
  return { plan, phrases, setting };
}

function rungRange(
  { range }: TuneWish,
  ladder: Ladder,
  { span, centre }: Profile,
  arousal: number,
): Pick<PhraseSetting, 'centre' | 'lowest' | 'highest'> {
  const rungs = Array.from({ length: 70 }, (_, i) => i - 35);
  if (range) {
    const [low, high] = range.map(midiOf) as [number, number];
    const inside = rungs.filter((rung) => midiOf(ladder.pitch(rung)) >= low && midiOf(ladder.pitch(rung)) <= high);
    if (inside.length >= 4) {
      const [lowest, highest] = [inside[0]!, inside.at(-1)!];
      return { centre: Math.floor((lowest + highest) / 2) - 1, lowest, highest };
    }
  }
  const octave = ladder.size / 5;
  const middle =
    rungs.reduce((a, b) => (apart(ladder, b) < apart(ladder, a) ? b : a)) + Math.round((centre - 1) * octave);
  const reach = ((span + 1.5 * arousal) * octave) / 2;
  return { centre: middle, lowest: Math.floor(middle - reach), highest: Math.ceil(middle + reach + 1) };
}

function apart(ladder: Ladder, rung: number): number {
  return Math.abs(midiOf(ladder.pitch(rung)) - MIDDLE);
}

function notate(tune: RuleTune, settled: SettledWish, wish: TuneWish, random: Random): Score {
  const { plan, setting } = tune;
  const length = barLength(settled.metre);
  const labels = plan.flatMap(({ bars, section }) =>
    Array.from({ length: bars }, (_, i) => (i === 0 ? section : undefined)),
  );
  const [beats, unit] = settled.metre.split('/').map(Number) as [number, 4];
  const key = { tonic: settled.tonic, mode: settled.mode };
  const bars = labels.map((label, i) => ({
    at: i * length,
    length,
    metre: [beats, unit] as [number, 4],
    key,
    ...(label === undefined ? {} : { label }),
    ...(i === labels.length - 1 ? { line: 'final' as const } : {}),
  }));
  return {
    version: 1,
    title: wish.title ?? '',
    ticksPerQuarter: GRID,
    bars,
    tempos: [{ at: 0, quarterBpm: settled.quarterBpm }],
    chords: [],
    parts: [
      {
        id: 'melody',
        name: 'Melody · 旋律',
        instrument: wish.instrument ?? random.pick(setting.profile.instruments),
        notes: notesOf(tune, settled.metre, random),
      },
    ],
  };
}

function notesOf({ phrases, setting }: RuleTune, metre: string, random: Random): Note[] {
  const { ladder, profile } = setting;
  let at = 0;
  return phrases.flat().flatMap((bar) => {
    let within = 0;
    return bar.map((tone): Note => {
      const pitch = (tone.passing ? ladder.passing(tone.rung) : undefined) ?? ladder.pitch(tone.rung);
      const note = { at, length: tone.length, pitch };
      const strong = weightOf(within, metre) >= 1;
      at += tone.length;
      within += tone.length;
      return strong && tone.length >= 12 && isPentatonic(ladder.mode)
        ? ornament(note, tone.rung, ladder, profile, random)
        : note;
    });
  });
}

function ornament(note: Note, rung: number, ladder: Ladder, profile: Profile, random: Random): Note {
  let rest = random.next();
  for (const [name, chance] of Object.entries(profile.ornaments)) {
    rest -= chance;
    if (rest >= 0) continue;
    if (name === 'grace') return { ...note, graces: [ladder.pitch(rung + (random.next() < 0.75 ? 1 : -1))] };
    const long = note.length >= 24 || name.startsWith('slide');
    return long ? { ...note, ornaments: [name as Ornament] } : note;
  }
  return note;
}
