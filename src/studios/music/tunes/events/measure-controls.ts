/** The controls that a tune answers to, measured from its notes: what the model is told while it learns. */
import { beatLength } from '../../score/index.ts';
import { barStarts, readNotes } from './content.ts';
import { type Class, type Controls, densityClass, moodClass, tempoClass } from './controls.ts';
import { semitonesOfToken } from './relative-pitch.ts';
import { type Sheet, tracksOf } from './sheet.ts';
import { GRID, type Style } from './vocabulary.ts';

/** What is known of a tune and is not in its notes. */
export interface TuneFacts {
  readonly style?: Style | undefined;
  readonly quarterBpm?: number | undefined;
  readonly form?: string | undefined;
  /** −1 to 1; estimated from mode, tempo and density when it is not known. */
  readonly mood?: { readonly valence: number; readonly arousal: number } | undefined;
}

/** Measures a sheet. Range and density are those of the melody, or of its first track. */
export function measureControls(sheet: Sheet, facts: TuneFacts = {}): Controls {
  const first = sheet.bars[0]!;
  const tracks = tracksOf(sheet);
  const lead = tracks.includes('melody') ? 'melody' : tracks.find((track) => track !== 'chords');
  const tokens = lead === undefined ? [] : sheet.tracks[lead]!.flat();
  const heights = tokens.flatMap((token) => semitonesOfToken(token) ?? []);
  const density = lead === undefined ? undefined : notesPerBeat(sheet, sheet.tracks[lead]!);
  const mood = facts.mood ?? estimateMood(first.mode, facts.quarterBpm, density);
  return {
    style: facts.style,
    metre: first.metre,
    mode: first.mode,
    tempo: facts.quarterBpm === undefined ? undefined : tempoClass(facts.quarterBpm),
    density: density === undefined ? undefined : densityClass(density),
    low: heights.length === 0 ? undefined : Math.min(...heights),
    high: heights.length === 0 ? undefined : Math.max(...heights),
    form: facts.form,
    valence: moodClass(mood.valence),
    arousal: moodClass(mood.arousal),
    bars: sheet.bars.length,
    tracks,
  };
}

function notesPerBeat({ bars }: Sheet, contents: readonly (readonly string[])[]): number {
  const notes = readNotes(contents, bars, 'C').length;
  const [beats, unit] = bars[0]!.metre.split('/').map(Number) as [number, 1 | 2 | 4 | 8];
  return notes / (barStarts(bars).at(-1)! / beatLength([beats, unit], GRID));
}

const BRIGHTNESS: Readonly<Partial<Record<string, number>>> = {
  lydian: 0.6,
  major: 0.5,
  gong: 0.5,
  mixolydian: 0.3,
  zhi: 0.3,
  shang: 0,
  dorian: -0.1,
  jue: -0.3,
  yu: -0.4,
  minor: -0.5,
  phrygian: -0.6,
  locrian: -0.7,
};

/** A rough guess after what listeners tend to say: bright modes and quick tempos gladden, quick and dense music stirs. */
export function estimateMood(
  mode: string,
  quarterBpm = 96,
  density = 1.5,
): { readonly valence: number; readonly arousal: number } {
  const speed = Math.max(-1, Math.min(1, (quarterBpm - 96) / 60));
  const bustle = Math.max(-1, Math.min(1, (density - 1.5) / 1.2));
  const clip = (value: number): number => Math.max(-1, Math.min(1, value));
  return { valence: clip((BRIGHTNESS[mode] ?? 0) + 0.35 * speed), arousal: clip(0.6 * speed + 0.4 * bustle) };
}

/** A class in the middle of −1 … 1 steps, for wishes that name a mood in words. */
export function moodOfClass(value: Class): number {
  return (value - 3) * 0.4;
}
