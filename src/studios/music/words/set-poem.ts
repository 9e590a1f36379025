/**
 * Sets a poem to music: a score of one voice with its lyrics.
 *
 *   lines ─▶ places in the form ─▶ rhythm from the feet ─▶ syllables drawn out ─▶ melody, its tones or stresses in view
 *                                                                            └─▶ opening and interludes for players
 */
import { createRandom, type Random } from '../../../core/index.ts';
import { refusal } from '../refusal.ts';
import {
  type Bar,
  type Key,
  type Note,
  parseTonic,
  type Score,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';
import { findMelody } from './find-melody.ts';
import { formOf, type LinePlace } from './form.ts';
import { INTERLUDE_BARS, interludeNotes, OPENING_BARS, openingNotes, type PlayedNote } from './interludes.ts';
import { drawOut } from './melisma.ts';
import { liftAt, melodyWish } from './melody-wish.ts';
import { type LineRhythm, poemRhythm } from './rhythm.ts';
import type { SungNote } from './sung-note.ts';
import type { SungLine } from './syllable.ts';

/** Ticks of a half beat where the beat is a quarter. */
const HALF = 12;

/** Which stretches of the song belong to the players. */
export const INTERLUDES = ['none', 'opening', 'all'] as const;
export type Interludes = (typeof INTERLUDES)[number];

export interface SettingOptions {
  readonly title: string;
  readonly key: Key;
  /** [2, 4], [3, 4] or [4, 4]. */
  readonly metre: readonly [number, number];
  /** Quarter notes a minute. */
  readonly tempo: number;
  /** Lowest and highest MIDI key sung. */
  readonly range: readonly [number, number];
  readonly pace: 1 | 2;
  /** Melodies drawn out over one syllable: 0 none … 1 wherever there is time. Default 0.5. */
  readonly melisma?: number;
  /** How much Mandarin tones count; default 1, 0 ignores them. */
  readonly toneWeight?: number;
  /** What players have: nothing (the default), an opening of two bars, or interludes between strophes too. */
  readonly interludes?: Interludes;
  readonly seed: string | number;
}

/** A song: the voice, and what players have where it is silent. */
export interface Song {
  readonly score: Score;
  /** Empty where no opening or interludes are asked for; in the octave of the voice. */
  readonly played: readonly Note[];
}

/** Sets the lines for a voice alone; throws `music/nothing-to-sing`. */
export function setPoem(lines: readonly SungLine[], options: SettingOptions): Score {
  return setSong(lines, options).score;
}

/** Sets the lines, with an opening and interludes where asked; throws `music/nothing-to-sing`. */
export function setSong(lines: readonly SungLine[], options: SettingOptions): Song {
  const sung = lines.filter(({ syllables }) => syllables.length > 0);
  if (sung.length === 0) throw nothingToSing();
  const random = createRandom(`setting/${options.seed}`);
  const form = formOf(sung);
  const rhythms = poemRhythm(sung, form, {
    beats: options.metre[0],
    pace: options.pace,
    random: random.fork('rhythm'),
  });
  const plan = timePlan(form, rhythms, options);
  const places = layOut(sung, rhythms, { form, plan, options, random: random.fork('melisma') });
  const { key, range, toneWeight } = options;
  const wish = melodyWish(form, { key, range, toneWeight, random: random.fork('melody') });
  const keys = findMelody(places, wish);
  const played = playedNotes(places, keys, { plan, form, scale: wish.scale, bar: 2 * options.metre[0] });
  const notes = played.map((note) => ({
    at: note.at * HALF,
    length: note.length * HALF,
    pitch: spellMidi(note.key, spellingCentre(key)),
  }));
  return { score: toScore(sung, { places, keys, plan, form, options }), played: notes };
}

/** When lines and interludes begin, in half beats from the start. */
interface TimePlan {
  readonly pickup: number;
  /** Bars before the first line. */
  readonly opening: number;
  /** First downbeat of each line. */
  readonly lines: readonly number[];
  /** Line before which an interlude stands, and its first downbeat. */
  readonly interludes: readonly { readonly line: number; readonly at: number }[];
  readonly end: number;
}

function timePlan(
  form: readonly LinePlace[],
  rhythms: readonly LineRhythm[],
  { metre, interludes = 'none' }: SettingOptions,
): TimePlan {
  const bar = 2 * metre[0];
  const opening = interludes === 'none' ? 0 : OPENING_BARS;
  const pickup = opening > 0 ? 0 : pickupOf(rhythms, metre[0]);
  let at = pickup + opening * bar;
  const pauses: TimePlan['interludes'][number][] = [];
  const lines = rhythms.map(({ bars }, line) => {
    if (interludes === 'all' && line > 0 && form[line]!.opens) {
      pauses.push({ line, at });
      at += INTERLUDE_BARS * bar;
    }
    const from = at;
    at += bars * bar;
    return from;
  });
  return { pickup, opening, lines, interludes: pauses, end: at };
}

function playedNotes(
  places: readonly SungNote[],
  keys: readonly number[],
  { plan, form, scale, bar }: { plan: TimePlan; form: readonly LinePlace[]; scale: readonly number[]; bar: number },
): PlayedNote[] {
  if (plan.opening === 0) return [];
  const between = plan.interludes.flatMap(({ line, at }) => {
    const next = places.findIndex((note) => note.line === line);
    const first = plan.lines[form.findIndex(({ strophe }) => strophe === form[line]!.strophe - 1)]!;
    return interludeNotes(places, keys, { at, bar, first, goal: keys[next]!, scale, stop: places[next]!.at });
  });
  return [...openingNotes(places, keys, { bar, end: plan.end }), ...between];
}

/** Half beats before the first downbeat, a whole number of beats, at most one bar. */
function pickupOf(rhythms: readonly LineRhythm[], beats: number): number {
  const earliest = -Math.min(0, rhythms[0]!.slots[0]!.at);
  return Math.min(2 * beats, 2 * Math.ceil(earliest / 2));
}

function layOut(
  lines: readonly SungLine[],
  rhythms: readonly LineRhythm[],
  {
    form,
    plan,
    options,
    random,
  }: { form: readonly LinePlace[]; plan: TimePlan; options: SettingOptions; random: Random },
): SungNote[] {
  const bar = 2 * options.metre[0];
  return lines.flatMap((line, l) => {
    const { slots, bars } = rhythms[l]!;
    const place = form[l]!;
    const size = 0.7 + 0.6 * random.next();
    const drawn = drawOut(line, slots, { place, melisma: options.melisma ?? 0.5, random });
    return slots.flatMap((slot, s): SungNote[] => {
      const syllable = line.syllables[s]!;
      let at = plan.lines[l]! + slot.at;
      return drawn[s]!.map((length, i, all): SungNote => {
        const ends = i === all.length - 1;
        const note = {
          at,
          length,
          line: l,
          weight: weightOf(at - plan.pickup, bar),
          syllable,
          ...(syllable.tone && { tone: syllable.tone }),
          ...(syllable.stress !== undefined && { stress: syllable.stress }),
          begins: i === 0,
          ends,
          cadence: s === slots.length - 1 && ends,
          lift: liftAt(place.role, Math.max(0, at - plan.lines[l]!) / (bars * bar), size),
        };
        at += length;
        return note;
      });
    });
  });
}

function weightOf(at: number, bar: number): number {
  const place = ((at % bar) + bar) % bar;
  if (place === 0) return 3;
  if (place % 2 === 1) return 0;
  return bar === 8 && place === 4 ? 2 : 1;
}

function toScore(
  lines: readonly SungLine[],
  {
    places,
    keys,
    plan,
    form,
    options,
  }: {
    places: readonly SungNote[];
    keys: readonly number[];
    plan: TimePlan;
    form: readonly LinePlace[];
    options: SettingOptions;
  },
): Score {
  const centre = spellingCentre(options.key);
  const notes = places.map(
    (place, i): Note => ({
      at: place.at * HALF,
      length: place.length * HALF,
      pitch: spellMidi(keys[i]!, centre),
      ...(place.begins && { lyrics: [{ text: place.syllable.text, syllabic: place.syllable.syllabic }] }),
    }),
  );
  const slurs = melismas(places).map(([from, to]) => ({ kind: 'slur' as const, from: from * HALF, to: to * HALF }));
  return {
    version: 1,
    title: options.title,
    language: lines[0]!.language,
    ticksPerQuarter: 2 * HALF,
    bars: barsOf(plan, form, options),
    tempos: [{ at: 0, quarterBpm: options.tempo }],
    chords: [],
    parts: [
      {
        id: 'voice',
        name: lines[0]!.language === 'zh' ? '歌声' : 'Voice',
        instrument: 'voice',
        notes,
        ...(slurs.length > 0 && { spans: slurs }),
      },
    ],
  };
}

/** First and last onset of every syllable of several notes. */
function melismas(places: readonly SungNote[]): [number, number][] {
  const groups: [number, number][] = [];
  let from = 0;
  for (const { at, begins, ends } of places) {
    if (begins) from = at;
    if (ends && at > from) groups.push([from, at]);
  }
  return groups;
}

/** Bars; each line of a song in four-line strophes bears its part in the form. */
function barsOf(plan: TimePlan, form: readonly LinePlace[], { metre, key }: SettingOptions): Bar[] {
  const bar = 2 * metre[0];
  const all = { metre: [metre[0], metre[1] as Bar['metre'][1]], key } satisfies Partial<Bar>;
  const labels = new Map<number, string>(plan.interludes.map(({ at }) => [at, '过门']));
  if (plan.opening > 0) labels.set(plan.pickup, '前奏');
  if (form.length === 4) for (const [l, at] of plan.lines.entries()) labels.set(at, form[l]!.role);
  const bars: Bar[] = plan.pickup > 0 ? [{ at: 0, length: plan.pickup * HALF, ...all }] : [];
  for (let at = plan.pickup; at < plan.end; at += bar) {
    const label = labels.get(at);
    bars.push({
      at: at * HALF,
      length: bar * HALF,
      ...all,
      ...(label && { label }),
      ...(at + bar >= plan.end && { line: 'final' as const }),
    });
  }
  return bars;
}

/** Middle range of a voice in a key: an eleventh about the tonic, between G3 and G5. */
export function voiceRange(key: Key): [number, number] {
  const { letter } = parseTonic(key.tonic);
  const low = 55 + ((tonicClass(key) - 7 + 12) % 12);
  return letter && low > 62 ? [low - 7, low + 12] : [low - 2, low + 16];
}

function nothingToSing(): Error {
  return refusal(
    'input',
    'music/nothing-to-sing',
    { en: 'There are no words to sing.', zh: '没有可唱的文字。' },
    { en: 'Give a poem of at least one line of words.', zh: '请给出至少一行文字的诗。' },
  );
}
