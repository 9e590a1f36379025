/**
 * The notes of one track as the tokens of its bars, and back.
 *
 *   onset ──▶ sounds until the next event ──▶ onset │ rest ──▶ …       a length is written where that is not so
 */
import type { Note } from '../../score/index.ts';
import { pitchOfToken, pitchToken } from './relative-pitch.ts';
import type { SheetBar } from './sheet.ts';
import { fieldOf, LONGEST_BAR } from './vocabulary.ts';

/** A note as the language knows it; times in ticks of the grid from the beginning. */
export type TuneNote = Pick<Note, 'at' | 'length' | 'pitch' | 'graces' | 'ornaments'>;

/** Onsets of the bars, and the end of the last one. */
export function barStarts(bars: readonly Pick<SheetBar, 'length'>[]): number[] {
  const starts = [0];
  for (const { length } of bars) starts.push(starts.at(-1)! + length);
  return starts;
}

/** Tokens of each bar for notes sorted by onset and pitch. */
export function writeNotes(notes: readonly TuneNote[], bars: readonly SheetBar[], tonic: string): string[][] {
  const starts = barStarts(bars);
  const groups = Map.groupBy(notes, ({ at }) => at);
  const events = [...new Set([...groups.keys(), ...findSilences(notes, starts)])].sort((a, b) => a - b);
  const contents: string[][] = bars.map(() => []);
  let bar = 0;
  for (const [i, at] of events.entries()) {
    while (starts[bar + 1]! <= at) bar++;
    const next = events[i + 1] ?? starts.at(-1)!;
    const group = groups.get(at);
    const sound = group ? group.flatMap((note) => noteTokens(note, next, tonic)) : ['<rest>'];
    contents[bar]!.push(`<at:${at - starts[bar]!}>`, ...sound);
  }
  return contents;
}

/** Where nothing sounds and nothing begins: the beginnings of silences, and of bars within them. */
function findSilences(notes: readonly TuneNote[], starts: readonly number[]): number[] {
  const end = starts.at(-1)!;
  const silences: number[] = [];
  let sounding = 0;
  const rest = (from: number, to: number): void => {
    if (from < to) silences.push(from, ...starts.filter((start) => start > from && start < to));
  };
  for (const { at, length } of notes) {
    rest(sounding, at);
    sounding = Math.max(sounding, at + length);
  }
  rest(sounding, end);
  return silences;
}

function noteTokens(note: TuneNote, next: number, tonic: string): string[] {
  const explicit = note.at + note.length === next ? [] : lengthTokens(note.length);
  return [
    pitchToken(note.pitch, tonic),
    ...explicit,
    ...(note.ornaments ?? []).map((ornament) => `<orn:${ornament}>`),
    ...(note.graces ?? []).flatMap((grace) => ['<grace>', pitchToken(grace, tonic)]),
  ];
}

function lengthTokens(length: number): string[] {
  const whole = Math.ceil(length / LONGEST_BAR) - 1;
  return [...Array<string>(whole).fill('<len:more>'), `<len:${length - whole * LONGEST_BAR}>`];
}

interface OpenNote {
  at: number;
  length: number;
  explicit: boolean;
  pitch: string;
  graces: string[];
  ornaments: NonNullable<Note['ornaments']>;
}

/** The notes that bars of tokens mean; tokens out of place are passed over. */
export function readNotes(
  contents: readonly (readonly string[])[],
  bars: readonly Pick<SheetBar, 'length'>[],
  tonic: string,
): TuneNote[] {
  const starts = barStarts(bars);
  const notes: OpenNote[] = [];
  let group: OpenNote[] = [];
  const close = (at: number): void => {
    for (const note of group) if (!note.explicit) note.length = Math.max(1, at - note.at);
  };
  for (const [bar, tokens] of contents.entries()) {
    let at = starts[bar]!;
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      const position = fieldOf('at', token);
      if (position !== undefined) {
        at = starts[bar]! + Number(position);
        close(at);
        group = [];
        continue;
      }
      if (token === '<grace>') {
        const grace = pitchOfToken(tokens[++i] ?? '', tonic);
        if (grace && group.length > 0) group.at(-1)!.graces.push(grace);
        continue;
      }
      const pitch = pitchOfToken(token, tonic);
      if (pitch !== undefined) {
        group.push({ at, length: 0, explicit: false, pitch, graces: [], ornaments: [] });
        notes.push(group.at(-1)!);
      } else if (group.length > 0) changeLast(group.at(-1)!, token);
    }
  }
  close(starts.at(-1)!);
  return notes.map(({ at, length, pitch, graces, ornaments }) => ({
    at,
    length,
    pitch,
    ...(graces.length > 0 ? { graces } : {}),
    ...(ornaments.length > 0 ? { ornaments } : {}),
  }));
}

function changeLast(note: OpenNote, token: string): void {
  const length = fieldOf('len', token);
  if (length !== undefined) {
    note.explicit = true;
    note.length += length === 'more' ? LONGEST_BAR : Number(length);
  }
  const ornament = fieldOf('orn', token);
  if (ornament !== undefined) note.ornaments.push(ornament as NonNullable<Note['ornaments']>[number]);
}
