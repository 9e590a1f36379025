/**
 * 前奏与过门: what the players have before the first line and between strophes, made of what is sung.
 *
 *   opening     the last line without its words: the ear learns where the song will come home
 *   interlude   the first bar of the song, then a walk to the first note of the next strophe
 */
import type { SungNote } from './sung-note.ts';

/** A note of the players: half beats and MIDI key. */
export interface PlayedNote {
  readonly at: number;
  readonly length: number;
  readonly key: number;
}

/** Bars of each. */
export const OPENING_BARS = 2;
export const INTERLUDE_BARS = 2;

/** The last bars of the song played before it; it ends a beat before the singer begins. */
export function openingNotes(
  sung: readonly SungNote[],
  keys: readonly number[],
  { bar, end }: { bar: number; end: number },
): PlayedNote[] {
  const from = end - OPENING_BARS * bar;
  const stop = Math.min(OPENING_BARS * bar, sung[0]!.at);
  return sung.flatMap(({ at, length }, i): PlayedNote[] => {
    const begins = at - from;
    const whole = Math.min(length, stop - begins);
    return begins < 0 || whole <= 0 ? [] : [{ at: begins, length: whole, key: keys[i]! }];
  });
}

/** The first bar of the song at `at`, then steps of the scale to the key that follows. */
export function interludeNotes(
  sung: readonly SungNote[],
  keys: readonly number[],
  {
    at,
    bar,
    first,
    goal,
    scale,
    stop,
  }: { at: number; bar: number; first: number; goal: number; scale: readonly number[]; stop: number },
): PlayedNote[] {
  const head = sung.flatMap((note, i): PlayedNote[] => {
    const begins = note.at - first;
    return begins < 0 || begins >= bar
      ? []
      : [{ at: at + begins, length: Math.min(note.length, bar - begins), key: keys[i]! }];
  });
  const beats = bar / 2;
  const from = scale.indexOf(head.at(-1)?.key ?? goal);
  const to = scale.indexOf(goal);
  const walk = Array.from({ length: beats }, (_, i): PlayedNote => {
    const step = from === to ? from + (i % 2 === 0 ? 1 : 0) : Math.round(from + ((to - from) * (i + 1)) / (beats + 1));
    return { at: at + bar + 2 * i, length: 2, key: scale[Math.max(0, Math.min(scale.length - 1, step))]! };
  });
  return [...head, ...joinRepeats(walk)]
    .filter((note) => note.at < stop)
    .map((note) => ({ ...note, length: Math.min(note.length, stop - note.at) }));
}

/** A walk that would strike one key twice holds it. */
function joinRepeats(notes: readonly PlayedNote[]): PlayedNote[] {
  const joined: PlayedNote[] = [];
  for (const note of notes) {
    const last = joined.at(-1);
    if (last?.key === note.key) joined[joined.length - 1] = { ...last, length: last.length + note.length };
    else joined.push(note);
  }
  return joined;
}
