/** Melody notes against the chord symbols above them. */
import { barIndexAt, beatLength, metricalWeight, type Part, type Score } from '../score/index.ts';
import {
  type Chord,
  chordClasses,
  formatChord,
  isNoChord,
  type MelodyNote,
  melodyOf,
  parseChord,
} from '../theory/index.ts';
import type { Remark, Rule } from './finding.ts';
import type { Hearing } from './hearing.ts';

function* clashes({ score }: Hearing): Generator<Remark> {
  if (score.chords.length === 0) return;
  const chords: { at: number; chord: Chord | undefined }[] = [];
  for (const { at, symbol } of score.chords) {
    const chord = readChord(symbol);
    if (!chord && !isNoChord(symbol)) yield unreadable(at, symbol);
    chords.push({ at, chord });
  }
  for (const part of score.parts) if (!part.percussion) yield* partClashes(score, part, chords);
}

function* partClashes(
  score: Score,
  part: Part,
  chords: readonly { at: number; chord: Chord | undefined }[],
): Generator<Remark> {
  const melody = melodyOf(part);
  let c = -1;
  for (const [i, note] of melody.entries()) {
    while (c + 1 < chords.length && chords[c + 1]!.at <= note.at) c += 1;
    const chord = chords[c]?.chord;
    if (!chord || !isWeighty(score, note)) continue;
    const rubbed = rubs(note.midi, chord);
    if (rubbed === undefined || resolves(note, melody[i + 1], chord)) continue;
    yield clash(part, note, chord, rubbed);
  }
}

/** Long notes, and notes on strong beats that last half a beat. */
function isWeighty(score: Score, { at, length }: MelodyNote): boolean {
  const beat = beatLength(score.bars[barIndexAt(score.bars, at)]!.metre, score.ticksPerQuarter);
  return length >= beat * 1.5 || (metricalWeight(score, at) >= 2 && length >= beat / 2);
}

/** The chord tone a semitone below a note that is none itself; undefined when the note sits well. */
function rubs(midi: number, chord: Chord): number | undefined {
  const classes = chordClasses(chord);
  const own = midi % 12;
  return classes.includes(own) ? undefined : classes.find((tone) => (tone + 1) % 12 === own);
}

/** A suspension or leaning note: it goes by step to a chord tone. */
function resolves({ at, length, midi }: MelodyNote, next: MelodyNote | undefined, chord: Chord): boolean {
  if (!next || next.at > at + length) return false;
  const step = Math.abs(next.midi - midi);
  return step >= 1 && step <= 2 && chordClasses(chord).includes(next.midi % 12);
}

function clash(part: Part, { at, pitch }: MelodyNote, chord: Chord, rubbed: number): Remark {
  const symbol = formatChord(chord);
  const tone = chord.intervals.findIndex(
    (interval) => interval % 12 === (rubbed - chordClasses({ root: chord.root, intervals: [0] })[0]! + 12) % 12,
  );
  const where =
    tone < 0 ? { en: 'bass', zh: '低音' } : { en: `tone ${tone + 1} of the chord`, zh: `和弦第 ${tone + 1} 音` };
  return {
    severity: 'warning',
    at,
    part: part.id,
    message: {
      en: `${pitch} rubs against ${symbol}: it lies a semitone above the ${where.en}.`,
      zh: `${pitch} 与 ${symbol} 相撞：比${where.zh}高半音。`,
    },
    mend: {
      en: 'Take a chord with this note in it, or move the note by step.',
      zh: '换用含有此音的和弦，或将此音级进移动。',
    },
  };
}

function readChord(symbol: string): Chord | undefined {
  try {
    return parseChord(symbol);
  } catch {
    return undefined;
  }
}

function unreadable(at: number, symbol: string): Remark {
  return {
    severity: 'warning',
    at,
    message: { en: `'${symbol}' is not a chord symbol.`, zh: `“${symbol}”不是和弦记号。` },
    mend: { en: 'Write it like Am7, F#dim, Bb/D or N.C.', zh: '写法如 Am7、F#dim、Bb/D 或 N.C.。' },
  };
}

/** Melody and symbols agree. */
export const CLASH_RULE: Rule = {
  name: 'chord-clashes',
  summary: { en: 'Weighty notes do not lie a semitone above a tone of their chord.', zh: '重要的音不比和弦音高半音。' },
  check: clashes,
};
