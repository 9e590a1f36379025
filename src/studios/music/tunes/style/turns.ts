/**
 * What of a melody tells its manner: small events, each an outcome in a context.
 *
 *   bar      rhythm of a whole bar                  among bars of that length
 *   half     rhythm of two beats, beat: of one      wherever they stand
 *   turn     two moves in a row, by their kinds     onto a barline, a beat, or between
 *   strong   degree above the tonic                 on beats, by mode
 *   cadence  how every fourth bar ends
 */

import { barLength } from '../events/index.ts';

/** A melody to be known by its manner; times in 24ths of a quarter. */
export interface StyledMelody {
  readonly notes: readonly { readonly at: number; readonly length: number; readonly midi: number }[];
  /** Onsets of the bars, and the end of the last. */
  readonly barStarts: readonly number[];
  /** `6/8`. */
  readonly metre: string;
  readonly mode: string;
  /** Pitch class, C 0. */
  readonly tonic: number;
}

export const TURN_KINDS = ['bar', 'half', 'beat', 'turn', 'strong', 'cadence'] as const;
export type TurnKind = (typeof TURN_KINDS)[number];

/** One event. */
export interface StyleTurn {
  readonly kind: TurnKind;
  readonly context: string;
  readonly outcome: string;
}

/** All events of a melody; none for one without notes. */
export function turnsOf(melody: StyledMelody): StyleTurn[] {
  return [...rhythmTurns(melody), ...melodicTurns(melody), ...cadenceTurns(melody)];
}

/** The context in which full bars of a melody are counted: their length and their beat. */
export function barContext({ metre }: Pick<StyledMelody, 'metre'>): string {
  return `${barLength(metre)}/${beatOf(metre)}`;
}

/** Felt beats of threes are 36 ticks long, all others 24. */
function beatOf(metre: string): number {
  return /^(3|6|9|12)\/8$/.test(metre) ? 36 : 24;
}

function rhythmTurns({ notes, barStarts, metre }: StyledMelody): StyleTurn[] {
  const beat = beatOf(metre);
  return barStarts.slice(0, -1).flatMap((start, i) => {
    const length = barStarts[i + 1]! - start;
    const onsets = notes.filter(({ at }) => at >= start && at < start + length).map(({ at }) => evened(at - start));
    const within = (from: number, size: number): string =>
      onsets
        .filter((at) => at >= from && at < from + size)
        .map((at) => at - from)
        .join('.');
    const parts = (kind: TurnKind, size: number): StyleTurn[] =>
      Array.from({ length: Math.floor(length / size) }, (_, n) => ({
        kind,
        context: `${size}`,
        outcome: within(n * size, size),
      }));
    return [
      { kind: 'bar', context: `${length}/${beat}`, outcome: onsets.join('.') },
      ...parts('half', 2 * beat),
      ...parts('beat', beat),
    ];
  });
}

/** Swung eighths are written two to one in one edition and three to one in another: both are taken as the dotted. */
function evened(at: number): number {
  return at % 24 === 16 ? at + 2 : at;
}

function melodicTurns({ notes, barStarts, metre, mode, tonic }: StyledMelody): StyleTurn[] {
  const beat = beatOf(metre);
  const starts = new Set(barStarts);
  return notes.flatMap(({ at, midi }, i) => {
    const bar = barStarts.findLast((start) => start <= at) ?? 0;
    const onBeat = (at - bar) % beat === 0;
    const turns: StyleTurn[] = [];
    if (i >= 2) {
      const outcome = `${moveOf(notes[i - 1]!.midi - notes[i - 2]!.midi)}${moveOf(midi - notes[i - 1]!.midi)}`;
      turns.push({ kind: 'turn', context: starts.has(at) ? 'bar' : onBeat ? 'beat' : 'off', outcome });
    }
    if (onBeat) turns.push({ kind: 'strong', context: mode, outcome: `${(midi - tonic + 120) % 12}` });
    return turns;
  });
}

/** Repeat, second, pentatonic third, third, fourth or fifth, leap; small letters fall. */
function moveOf(semitones: number): string {
  const size = Math.abs(semitones);
  const name = size === 0 ? '=' : size <= 2 ? 'S' : size === 3 ? 'P' : size === 4 ? 'T' : size <= 7 ? 'F' : 'L';
  return semitones < 0 ? name.toLowerCase() : name;
}

function cadenceTurns({ notes, barStarts, metre, tonic }: StyledMelody): StyleTurn[] {
  const beat = beatOf(metre);
  return barStarts.slice(1).flatMap((end, i) => {
    if (i % 4 !== 3) return [];
    const place = notes.findLastIndex(({ at }) => at < end);
    const last = notes[place];
    const before = notes[place - 1];
    if (!last || !before || last.at < barStarts[i]!) return [];
    const length = Math.min(4, Math.round((2 * (end - last.at)) / beat) / 2);
    const degree = (last.midi - tonic + 120) % 12;
    return [
      { kind: 'cadence', context: 'approach', outcome: `${moveOf(last.midi - before.midi)}${degree}` },
      { kind: 'cadence', context: 'length', outcome: `${length}` },
    ];
  });
}
