/**
 * How a melody sits on Mandarin tones. A melody that contradicts them makes listeners hear another word (倒字).
 *
 *   between syllables   the melody should not move against the step of the tones' heights
 *   inside a syllable   a melisma should not run against the tone's own contour
 *
 * Heights are Chao's five levels at the place the ear takes a syllable by: 阴平 5, 阳平 4 (its target), 上声 2, 去声 4 (its
 * onset lies above 阳平's mean), 轻声 free. Only clear contradictions count: a step of two levels or more sung the other
 * way, or a contour sung backwards. Sources: Chao, A Grammar of Spoken Chinese (1968); Wee, Unraveling the relation
 * between Mandarin tones and musical melody (2007); 杨荫浏《语言与音乐》(1983).
 */
import type { Tone } from './syllable.ts';

/** Level, 1–5, at which a syllable of this tone is heard; neutral tones take none. */
const HEIGHT: Readonly<Record<Tone, number | undefined>> = { 1: 5, 2: 4, 3: 2, 4: 4, 5: undefined };

/** Which way a tone moves in itself. */
const CONTOUR: Readonly<Record<Tone, -1 | 0 | 1>> = { 1: 0, 2: 1, 3: 0, 4: -1, 5: 0 };

/** One sung syllable: its tone and its notes, MIDI keys. */
export interface SungSyllable {
  readonly tone: Tone;
  readonly keys: readonly number[];
}

/** A place where the melody contradicts a tone. */
export interface ToneConflict {
  /** Index of the syllable; for a step, of the later one. */
  readonly syllable: number;
  readonly kind: 'step' | 'contour';
}

/** Whether a step between two syllables, in semitones, contradicts their tones. */
export function isAgainstStep(before: Tone, after: Tone, semitones: number): boolean {
  const from = HEIGHT[before];
  const to = HEIGHT[after];
  if (from === undefined || to === undefined) return false;
  const wanted = to - from;
  // Equal tones may move a little, not leap; a wanted step may be flat, not reversed.
  if (wanted === 0) return before === 1 && after === 1 && Math.abs(semitones) > 7;
  return Math.abs(wanted) >= 2
    ? Math.sign(semitones) === -Math.sign(wanted)
    : Math.sign(semitones) === -Math.sign(wanted) && Math.abs(semitones) > 5;
}

/** Whether the notes of one syllable contradict its tone: 去声 rising, 阳平 falling, 阴平 wandering over a fourth. */
export function isAgainstContour(tone: Tone, keys: readonly number[]): boolean {
  if (keys.length < 2) return false;
  const rise = keys.at(-1)! - keys[0]!;
  if (tone === 1) return Math.abs(rise) > 5;
  return CONTOUR[tone] !== 0 && Math.sign(rise) === -CONTOUR[tone];
}

/** All conflicts within one line, in order. */
export function findToneConflicts(line: readonly SungSyllable[]): ToneConflict[] {
  return line.flatMap(({ tone, keys }, i): ToneConflict[] => {
    const before = line[i - 1];
    const step = before !== undefined && isAgainstStep(before.tone, tone, keys[0]! - before.keys.at(-1)!);
    return [
      ...(step ? [{ syllable: i, kind: 'step' as const }] : []),
      ...(isAgainstContour(tone, keys) ? [{ syllable: i, kind: 'contour' as const }] : []),
    ];
  });
}
