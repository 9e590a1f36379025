/** What a melody dwells on: shares of time on the degrees above a tonic, and the modes that are told apart on it. */
import { isPentatonic, type Mode } from '../../score/index.ts';
import type { StyledMelody } from './turns.ts';

/** Modes that are told apart; the rarer church modes only when asked for. */
const CHURCH: readonly Mode[] = ['major', 'minor', 'dorian', 'mixolydian'];
const CHINESE: readonly Mode[] = ['gong', 'shang', 'jue', 'zhi', 'yu'];
/** In 24ths: a long note says no more than a half. */
const LONGEST = 48;

/** The other modes that a melody on the same tonic may be heard in. */
export function rivalsOf(mode: Mode): Mode[] {
  return (isPentatonic(mode) ? CHINESE : CHURCH).filter((other) => other !== mode);
}

/** Times (24ths of a quarter) on the twelve degrees above the tonic; what begins a bar counts twice. */
export function timeByDegree({
  notes,
  barStarts,
  tonic,
}: Pick<StyledMelody, 'notes' | 'barStarts' | 'tonic'>): number[] {
  const strong = new Set(barStarts);
  const heard = new Array<number>(12).fill(0);
  for (const { at, length, midi } of notes)
    heard[(midi - tonic + 120) % 12]! += Math.min(LONGEST, length) * (strong.has(at) ? 2 : 1);
  return heard;
}
