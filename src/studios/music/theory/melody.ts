/** A melody: the one line that theory looks at, notes one after another. */
import { barIndexAt, midiOf, type Part, type Score } from '../score/index.ts';
import type { TuneNote } from './copies/index.ts';

/** A note of a melody, in ticks; `index` is its place in the part's notes. */
export interface MelodyNote {
  readonly at: number;
  readonly length: number;
  readonly midi: number;
  readonly pitch: string;
  readonly index: number;
}

/** The highest note at every onset of a part (of one voice, when given); lower ones that begin with it are left out. */
export function melodyOf(part: Part, voice?: number): MelodyNote[] {
  const melody: MelodyNote[] = [];
  for (const [index, note] of part.notes.entries()) {
    if (voice !== undefined && (note.voice ?? 1) !== voice) continue;
    const { at, length, pitch } = note;
    const next = { at, length, midi: midiOf(pitch), pitch, index };
    const last = melody.at(-1);
    if (!last || last.at < at) melody.push(next);
    else if (last.midi < next.midi) melody[melody.length - 1] = next;
  }
  return melody;
}

/** The part a listener would sing: the one with lyrics, else the highest on average among pitched parts; undefined without notes. */
export function melodyPartOf({ parts }: Pick<Score, 'parts'>): Part | undefined {
  const pitched = parts.filter((part) => !part.percussion && part.notes.length > 0);
  const sung = pitched.find((part) => part.notes.some((note) => note.lyrics?.length));
  if (sung) return sung;
  const height = (part: Part): number => {
    const melody = melodyOf(part);
    return melody.reduce((sum, { midi, length }) => sum + midi * length, 0) / sum(melody);
  };
  return pitched.map((part) => ({ part, high: height(part) })).sort((a, b) => b.high - a.high)[0]?.part;
}

const sum = (melody: readonly MelodyNote[]): number => melody.reduce((total, { length }) => total + length, 0);

/** A melody in bars instead of ticks, as the near-copy guard compares it: bar 0 is the first, a pickup too. */
export function tuneNotesOf({ bars }: Pick<Score, 'bars'>, melody: readonly MelodyNote[]): TuneNote[] {
  const place = (tick: number): number => {
    const i = barIndexAt(bars, tick);
    return i + (tick - bars[i]!.at) / bars[i]!.length;
  };
  return melody.map(({ at, length, midi }) => ({ midi, from: place(at), to: place(at + length) }));
}
