/** Scores for property tests: everything MusicXML holds, in any combination that is written back as it was. */
import fc from 'fast-check';
import {
  ARTICULATIONS,
  type Bar,
  compareNotes,
  DYNAMICS,
  type Mark,
  MODES,
  type Note,
  ORNAMENTS,
  type Part,
  type Score,
  type Span,
} from '../../score/index.ts';
import type { Jump } from './jumps.ts';

const TPQ = 60;
const METRES: readonly Bar['metre'][] = [
  [4, 4],
  [3, 4],
  [2, 4],
  [6, 8],
  [9, 8],
  [5, 8],
  [7, 8],
  [2, 2],
  [5, 4],
];
const TONICS = ['C', 'G', 'D', 'F', 'Bb', 'A', 'Eb'] as const;
const SYMBOLS = ['C', 'Am7', 'F#m7b5/A', 'Bbmaj9', 'G7sus4', 'N.C.', 'C6/9', 'Ebdim7', 'V7', 'D7(b9,#11)/F#'] as const;
const JUMPS: readonly Jump[] = ['segno', 'coda', 'to-coda', 'fine', 'da-capo', 'dal-segno-al-coda', 'da-capo-al-fine'];
const WORDS = ['春眠', '不觉', 'Lie-', 'ben & <leben>', 'a b', 'é'] as const;

/** Picks in order from a stream of random numbers, so that a score shrinks with it. */
type Dice = (sides: number) => number;

/** A score of one to three parts and one to five bars. */
export function arbitraryScore(): fc.Arbitrary<Score> {
  return fc.array(fc.nat(1_000_000), { minLength: 200, maxLength: 400 }).map((numbers) => {
    let i = 0;
    const dice: Dice = (sides) => numbers[i++ % numbers.length]! % sides;
    return buildScore(dice);
  });
}

function buildScore(dice: Dice): Score {
  const bars = buildBars(dice);
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  const maybe = <T>(value: T): T | undefined => (dice(2) ? value : undefined);
  const times = uniqueTimes(dice, end, 3);
  return defined<Score>({
    version: 1,
    title: maybe('江南雨夜 & <Rain>') ?? '',
    composer: maybe('阿炳'),
    lyricist: maybe('王维'),
    copyright: maybe('CC0'),
    language: maybe('zh'),
    ticksPerQuarter: TPQ,
    bars,
    tempos: [0, ...times.filter((at) => at > 0)].map((at) =>
      defined({ at, quarterBpm: 40 + dice(200) / 2, text: maybe('慢板') }),
    ),
    chords: uniqueTimes(dice, end, 4).map((at) => ({ at, symbol: SYMBOLS[dice(SYMBOLS.length)]! })),
    parts: Array.from({ length: 1 + dice(3) }, (_, i) => buildPart(dice, i, end)),
  });
}

function buildBars(dice: Dice): Bar[] {
  const bars: Bar[] = [];
  let at = 0;
  let metre = METRES[dice(METRES.length)]!;
  let key = { tonic: 'C', mode: MODES[dice(MODES.length)]! } as Bar['key'];
  const count = 1 + dice(5);
  for (let i = 0; i < count; i++) {
    if (dice(4) === 0) metre = METRES[dice(METRES.length)]!;
    if (dice(4) === 0) key = { tonic: TONICS[dice(TONICS.length)]!, mode: MODES[dice(MODES.length)]! };
    const full = (metre[0] * 4 * TPQ) / metre[1];
    const length = i === 0 && count > 1 && dice(3) === 0 ? TPQ / 2 : full;
    const repeat = dice(5) === 0;
    bars.push(
      defined<Bar>({
        at,
        length,
        metre,
        key,
        metreSign: metre.join() === '4,4' ? 'common' : metre.join() === '2,2' ? 'cut' : undefined,
        repeatStart: dice(5) === 0 || undefined,
        repeatEnd: repeat ? 2 + dice(3) : undefined,
        ending: dice(5) === 0 ? [1 + (i % 3)] : undefined,
        line: !repeat && dice(5) === 0 ? (['double', 'final', 'dashed', 'none'] as const)[dice(4)] : undefined,
        label: dice(5) === 0 ? '起' : undefined,
        jump: dice(6) === 0 ? JUMPS[dice(JUMPS.length)] : undefined,
      }),
    );
    at += length;
  }
  return bars;
}

function buildPart(dice: Dice, index: number, end: number): Part {
  const percussion = dice(5) === 0;
  const staves = !percussion && dice(3) === 0 ? 2 : 1;
  const drums = ['C2', 'D2', 'F#2', 'C#3'];
  const pitches = ['C4', 'E4', 'F#4', 'Bb4', 'C##5', 'Ebb4', 'G3', 'A4'];
  const pitch = (): string => (percussion ? drums[dice(4)]! : pitches[dice(8)]!);
  const notes: Note[] = [];
  const lengths = [15, 20, 30, 40, 45, 60, 90, 120, 12, 24, 240, 7, 300];
  for (let voice = 1; voice <= 1 + dice(2); voice++) {
    for (let at = dice(2) * 30; at < end; ) {
      const length = Math.min(end - at, lengths[dice(lengths.length)]!);
      const staff = staves > 1 && dice(3) === 0 ? 2 : undefined;
      if (dice(5) > 0) notes.push(buildNote(dice, { at, length, pitch: pitch(), voice, staff }));
      // A second note of the chord, or one that overlaps.
      const other = pitch();
      const longer = Math.min(end - at, length + (dice(4) === 0 ? 30 : 0));
      if (dice(3) === 0 && other !== notes.at(-1)?.pitch) {
        notes.push(defined<Note>({ at, length: longer, pitch: other, voice: voice > 1 ? voice : undefined, staff }));
      }
      at += length;
    }
  }
  const distinct = [...new Map(notes.map((note) => [`${note.at} ${note.voice} ${note.pitch}`, note])).values()].sort(
    compareNotes,
  );
  const links = buildSpans(dice, distinct, end, staves);
  const marks = buildMarks(dice, end, staves);
  return defined<Part>({
    id: `part-${index}`,
    name: ['笛子', 'Voice', ''][dice(3)]!,
    instrument: ['dizi', 'piano', 'gm-40'][dice(3)]!,
    percussion: percussion || undefined,
    transposition: !percussion && dice(4) === 0 ? [-2, -9, 3, -12, -14][dice(5)] : undefined,
    staves: staves > 1 ? staves : undefined,
    notes: distinct,
    marks: marks.length > 0 ? marks : undefined,
    spans: links.length > 0 ? links : undefined,
    pan: dice(3) === 0 ? 0.5 : undefined,
  });
}

function buildNote(
  dice: Dice,
  {
    at,
    length,
    pitch,
    voice,
    staff,
  }: { at: number; length: number; pitch: string; voice: number; staff: number | undefined },
): Note {
  return defined<Note>({
    at,
    length,
    pitch,
    voice: voice > 1 ? voice : undefined,
    staff,
    articulations: dice(6) === 0 ? [ARTICULATIONS[dice(ARTICULATIONS.length)]!] : undefined,
    ornaments: dice(8) === 0 ? [ORNAMENTS[dice(ORNAMENTS.length)]!] : undefined,
    lyrics:
      dice(4) === 0
        ? [
            defined({
              text: WORDS[dice(WORDS.length)]!,
              syllabic: dice(2) ? ('begin' as const) : undefined,
              verse: dice(3) ? undefined : 2,
            }),
          ]
        : undefined,
    velocity: dice(4) === 0 ? 1 + dice(127) : undefined,
  });
}

function buildMarks(dice: Dice, end: number, staves: number): Mark[] {
  return uniqueTimes(dice, end, 3).map((at): Mark => {
    const staff = staves > 1 && dice(2) ? { staff: 2 } : {};
    if (dice(3) === 0) return { kind: 'text', at, value: 'dolce 柔和', ...staff };
    if (dice(3) === 0 && at > 0) return { kind: 'clef', at, value: 'alto', ...staff };
    return { kind: 'dynamic', at, value: DYNAMICS[dice(DYNAMICS.length)]!, ...staff };
  });
}

/** One slur between two notes of one voice, and one hairpin, pedal or octave line. */
function buildSpans(dice: Dice, notes: readonly Note[], end: number, staves: number): Span[] {
  const spans: Span[] = [];
  const first = notes[0];
  const last = notes.findLast((note) => (note.voice ?? 1) === (first?.voice ?? 1) && note.staff === first?.staff);
  if (first && last && last.at > first.at && dice(2)) {
    const place = { voice: first.voice, staff: first.staff };
    spans.push(defined<Span>({ kind: 'slur', from: first.at, to: last.at, ...place }));
  }
  const kind = (['crescendo', 'diminuendo', 'pedal', 'octave-up', 'octave-down'] as const)[dice(5)]!;
  const [place = 0, to = end] = uniqueTimes(dice, end, 2);
  // Octave lines begin on notes.
  const from = kind.startsWith('octave') ? (first?.at ?? end) : place;
  if (to > from && dice(2)) {
    const staff = kind.startsWith('octave') ? first?.staff : staves > 1 && dice(2) ? 2 : undefined;
    spans.push(defined<Span>({ kind, from, to, staff }));
  }
  return spans.sort((a, b) => a.from - b.from || a.to - b.to);
}

function uniqueTimes(dice: Dice, end: number, most: number): number[] {
  const times = Array.from({ length: dice(most + 1) }, () => dice(Math.ceil(end / 15)) * 15);
  return [...new Set(times)].sort((a, b) => a - b);
}

/** Without the fields that are undefined. */
function defined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
