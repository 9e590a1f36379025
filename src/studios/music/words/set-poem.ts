/**
 * Sets a poem to music: each line gets a rhythm from its feet, a place in the form (起承转合 for four lines), and a melody
 * found with its tones or stresses in view. The result is a score of one voice with its lyrics.
 */
import { createRandom, type Random } from '../../../core/index.ts';
import { refusal } from '../refusal.ts';
import {
  type Bar,
  type Key,
  type Note,
  parseTonic,
  type Score,
  scaleDegrees,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';
import { findMelody, type NotePlace } from './find-melody.ts';
import { type LineRhythm, lineRhythm } from './rhythm.ts';
import type { SungLine, Syllable } from './syllable.ts';

/** Ticks of a half beat where the beat is a quarter. */
const HALF = 12;

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
  readonly seed: string | number;
}

interface SungNote extends NotePlace {
  readonly at: number;
  readonly syllable: Syllable;
}

/** Sets the lines; throws `music/nothing-to-sing`. */
export function setPoem(lines: readonly SungLine[], options: SettingOptions): Score {
  const sung = lines.filter(({ syllables }) => syllables.length > 0);
  if (sung.length === 0) throw nothingToSing();
  const random = createRandom(`setting/${options.seed}`);
  const beats = options.metre[0];
  const rhythms = sung.map((line) =>
    // One stream for all lines: equal lines share their rhythm, as verses of a song do.
    lineRhythm(line, { beats, pace: options.pace, random: random.fork(`rhythm/${line.syllables.length}`) }),
  );
  const pickup = pickupOf(rhythms, beats);
  const places = layOut(sung, rhythms, { options, pickup, random: random.fork('melisma') });
  const keys = findMelody(places, melodyWish(sung.length, options, random.fork('melody')));
  return toScore(sung, { places, keys, pickup, rhythms, options });
}

/** Half beats before the first downbeat, a whole number of beats, at most one bar. */
function pickupOf(rhythms: readonly LineRhythm[], beats: number): number {
  const earliest = -Math.min(0, rhythms[0]!.slots[0]!.at);
  return Math.min(2 * beats, 2 * Math.ceil(earliest / 2));
}

function layOut(
  lines: readonly SungLine[],
  rhythms: readonly LineRhythm[],
  { options, pickup, random }: { options: SettingOptions; pickup: number; random: Random },
): SungNote[] {
  const bar = 2 * options.metre[0];
  let start = pickup;
  return lines.flatMap((line, l) => {
    const { slots, bars } = rhythms[l]!;
    const from = start;
    start += bars * bar;
    return slots.flatMap((slot, s): SungNote[] => {
      const syllable = line.syllables[s]!;
      const parts = splitSlot(slot.length, {
        syllable,
        melisma: options.melisma ?? 0.5,
        last: s === slots.length - 1,
        random,
      });
      let at = from + slot.at;
      return parts.map((length, i): SungNote => {
        const note = {
          at,
          length,
          line: l,
          weight: weightOf(at - pickup, bar),
          syllable,
          ...(syllable.tone && { tone: syllable.tone }),
          ...(syllable.stress !== undefined && { stress: syllable.stress }),
          begins: i === 0,
          ends: i === parts.length - 1,
          cadence: s === slots.length - 1 && i === parts.length - 1,
        };
        at += length;
        return note;
      });
    });
  });
}

/** A long syllable may carry two or three notes; the last syllable of a line keeps most of its length. */
function splitSlot(
  length: number,
  { syllable, melisma, last, random }: { syllable: Syllable; melisma: number; last: boolean; random: Random },
): number[] {
  const moves = syllable.tone === 2 || syllable.tone === 4 || syllable.stress === 2;
  const wanted = random.next() < melisma * (moves ? 0.8 : 0.3);
  if (length < 2 || !wanted) return [length];
  if (last) return length >= 6 ? [1, 1, length - 2] : length >= 4 ? [1, length - 1] : [length];
  return length >= 4 ? [2, 1, length - 3] : length === 3 ? [2, 1] : [1, 1];
}

function weightOf(at: number, bar: number): number {
  const place = ((at % bar) + bar) % bar;
  if (place === 0) return 3;
  if (place % 2 === 1) return 0;
  return bar === 8 && place === 4 ? 2 : 1;
}

function melodyWish(lines: number, { key, range, toneWeight = 1 }: SettingOptions, random: Random) {
  const tonic = tonicClass(key);
  const degrees = scaleDegrees(key.mode);
  const [low, high] = range;
  const scale = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((midi) =>
    degrees.includes((((midi - tonic) % 12) + 12) % 12),
  );
  const pillars = pillarDegrees(degrees).map((degree) => (tonic + degree) % 12);
  const middle = (low + high) / 2;
  return {
    scale,
    tonic,
    pillars,
    closings: Array.from({ length: lines }, (_, line) => closingOf(line, lines, { pillars, degrees, tonic })),
    centres: Array.from({ length: lines }, (_, line) => middle + riseOf(line, lines) * (high - low) * 0.22),
    toneWeight,
    random,
  };
}

/** Tonic, fifth where the mode has one (else the fourth), then the fourth or third. */
function pillarDegrees(degrees: readonly number[]): number[] {
  return [0, 7, 5, 4, 3].filter((degree) => degrees.includes(degree)).slice(0, 3);
}

/** 起 rests on a pillar, 承 comes home or to the fifth, 转 stays open, 合 closes on the tonic. */
function closingOf(
  line: number,
  lines: number,
  { pillars, degrees, tonic }: { pillars: readonly number[]; degrees: readonly number[]; tonic: number },
): number[] {
  const home = pillars[0]!;
  const others = pillars.slice(1);
  if (line === lines - 1) return [home];
  const place = line % 4;
  if (place === 1) return [home, ...others];
  if (place === 2) return degrees.map((degree) => (tonic + degree) % 12).filter((pitch) => pitch !== home);
  return [...others, home];
}

/** Height of a line in the whole: the third of four climbs, the last comes down. */
function riseOf(line: number, lines: number): number {
  const place = lines <= 4 ? Math.round((line * 3) / Math.max(1, lines - 1)) : line % 4;
  return [-0.2, 0.2, 1, -0.4][place]!;
}

function toScore(
  lines: readonly SungLine[],
  {
    places,
    keys,
    pickup,
    rhythms,
    options,
  }: {
    places: readonly SungNote[];
    keys: readonly number[];
    pickup: number;
    rhythms: readonly LineRhythm[];
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
    bars: barsOf(rhythms, pickup, options),
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

const LABELS = ['起', '承', '转', '合'];

function barsOf(rhythms: readonly LineRhythm[], pickup: number, { metre, key }: SettingOptions): Bar[] {
  const bars: Bar[] = [];
  const add = (half: number, more: Partial<Bar>): void => {
    const before = bars.at(-1);
    const at = before ? before.at + before.length : 0;
    bars.push({ at, length: half * HALF, metre: [metre[0], metre[1] as Bar['metre'][1]], key, ...more });
  };
  if (pickup > 0) add(pickup, {});
  rhythms.forEach(({ bars: count }, line) => {
    for (let i = 0; i < count; i++) {
      const label = i === 0 && rhythms.length === 4 ? { label: LABELS[line]! } : {};
      const end = line === rhythms.length - 1 && i === count - 1 ? { line: 'final' as const } : {};
      add(2 * metre[0], { ...label, ...end });
    }
  });
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
