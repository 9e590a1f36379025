/** A tune as tokens, with its controls, and back: `encodeTune` and `decodeTune`. */
import type { Score } from '../../score/index.ts';
import { type Controls, readControls, writeControls } from './controls.ts';
import { measureControls, type TuneFacts } from './measure-controls.ts';
import { readSheet, type Segment, type Sheet, writeSheet } from './sheet.ts';
import { type ScoreSetting, type SheetOptions, scoreOfSheet, sheetOfScore } from './sheet-of-score.ts';

export interface EncodeOptions extends SheetOptions, TuneFacts {
  /** Written instead of what was measured. */
  readonly controls?: Partial<Controls>;
  /** Segments whose content follows the tune instead of standing in it. */
  readonly holes?: readonly Segment[];
}

/** Quarter notes a minute of the tempo classes, for tunes that say no more. */
const USUAL_TEMPO = [54, 78, 104, 136, 168] as const;

/** A score as tokens, controls first. Throws `music/beyond-tune-language`, `music/bad-chord`. */
export function encodeTune(score: Score, options: EncodeOptions = {}): string[] {
  const sheet = sheetOfScore(score, options);
  const measured = measureControls(sheet, { quarterBpm: score.tempos[0]!.quarterBpm, ...options });
  return [...writeControls({ ...measured, ...options.controls }), ...writeSheet(sheet, options.holes)];
}

/** The sheet of tokens with their controls. */
export function sheetOfTokens(tokens: readonly string[]): { readonly controls: Controls; readonly sheet: Sheet } {
  const controls = readControls(tokens);
  return { controls, sheet: readSheet(tokens, controls) };
}

/** The score that tokens mean; its key stands on `tonic` (default C), its tempo follows the tempo class. */
export function decodeTune(tokens: readonly string[], setting: Partial<ScoreSetting> = {}): Score {
  const { controls, sheet } = sheetOfTokens(tokens);
  return scoreOfSheet(sheet, { tonic: 'C', quarterBpm: USUAL_TEMPO[(controls.tempo ?? 3) - 1]!, ...setting });
}

/** Quarter notes a minute that a tempo class stands for. */
export function usualTempo(tempo: Controls['tempo']): number {
  return USUAL_TEMPO[(tempo ?? 3) - 1]!;
}
