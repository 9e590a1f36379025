/**
 * A sheet: a tune between score and tokens. The grid of bars, and for each track the tokens of every bar.
 *
 *   score ⇄ sheet ⇄ tokens
 */
import type { Key } from '../../score/index.ts';
import { fieldOf, MOST_BARS_LEFT, TRACKS, type Track } from './vocabulary.ts';

export interface SheetBar {
  /** In ticks of the grid. */
  readonly length: number;
  /** `6/8`. */
  readonly metre: string;
  readonly mode: Key['mode'];
  /** Tonic seen from the first key of the piece, such as `5`; `1` at home. */
  readonly key: string;
  /** The section that begins here. */
  readonly section?: string;
  /** Bars to the end of its section, where the sheet is a part of a longer one and does not show it. */
  readonly left?: number;
}

export interface Sheet {
  readonly bars: readonly SheetBar[];
  /** Tokens of each bar, of the tracks that the piece has. */
  readonly tracks: Readonly<Partial<Record<Track, readonly (readonly string[])[]>>>;
}

/** A place for content: one track of one bar. */
export interface Segment {
  readonly bar: number;
  readonly track: Track;
}

/** Tracks of a sheet in their order. */
export function tracksOf({ tracks }: Pick<Sheet, 'tracks'>): Track[] {
  return TRACKS.filter((track) => tracks[track] !== undefined);
}

/** Length of a full bar of a metre, in ticks of the grid. */
export function barLength(metre: string): number {
  const [beats, unit] = metre.split('/').map(Number) as [number, number];
  return (beats * 96) / unit;
}

/** Tokens that open a bar: what changes in it, its section, how many bars are left, and its length when it is not full. */
export function writeBarHead(bars: readonly SheetBar[], i: number): string[] {
  const bar = bars[i]!;
  const before = bars[i - 1];
  const changed = before !== undefined;
  return [
    ...(changed && before.metre !== bar.metre ? [`<metre:${bar.metre}>`] : []),
    ...(changed && (before.key !== bar.key || before.mode !== bar.mode)
      ? [`<key:${bar.key}>`, `<mode:${bar.mode}>`]
      : []),
    ...(bar.section === undefined ? [] : [`<section:${bar.section}>`]),
    `<bar:${Math.min(MOST_BARS_LEFT, bar.left ?? barsLeft(bars, i))}>`,
    ...(bar.length === barLength(bar.metre) ? [] : [`<len:${bar.length}>`]),
  ];
}

/** Bars from this one to the end of its section, itself included. */
export function barsLeft(bars: readonly SheetBar[], i: number): number {
  const next = bars.findIndex((bar, n) => n > i && bar.section !== undefined);
  return (next < 0 ? bars.length : next) - i;
}

/** A sheet as tokens, from `<music>` on; the contents of `holes` follow `<fill>`, in their order. */
export function writeSheet(sheet: Sheet, holes: readonly Segment[] = []): string[] {
  const tokens = ['<music>'];
  const tracks = tracksOf(sheet);
  const isHole = (bar: number, track: Track): boolean => holes.some((hole) => hole.bar === bar && hole.track === track);
  for (const i of sheet.bars.keys()) {
    tokens.push(...writeBarHead(sheet.bars, i));
    for (const track of tracks) {
      const content = isHole(i, track) ? ['<hole>'] : sheet.tracks[track]![i]!;
      tokens.push(...openTrack(track, tracks, content), ...content);
    }
  }
  if (holes.length > 0) {
    tokens.push('<fill>');
    for (const { bar, track } of holes) tokens.push(...sheet.tracks[track]![bar]!, '<next>');
  }
  return [...tokens, '</s>'];
}

/** The token that opens a segment: none for the first track, and none for a segment without content. */
export function openTrack(track: Track, tracks: readonly Track[], content: readonly string[]): string[] {
  return track === tracks[0] || content.length === 0 ? [] : [`<track:${track}>`];
}

/** What the controls say that reading a sheet needs. */
export interface SheetSetting {
  readonly metre: string;
  readonly mode: Key['mode'];
  readonly tracks: readonly Track[];
}

/** Reads tokens from `<music>` on. What is no sheet is passed over, so that any tokens give one. */
export function readSheet(tokens: readonly string[], setting: SheetSetting): Sheet {
  const bars: SheetBar[] = [];
  const contents: Record<string, string[][]> = Object.fromEntries(setting.tracks.map((track) => [track, []]));
  const holes: Segment[] = [];
  let state: Omit<SheetBar, 'length' | 'section'> = { metre: setting.metre, mode: setting.mode, key: '1' };
  let section: string | undefined;
  let track: Track | undefined;
  let at = tokens.indexOf('<music>') + 1;
  for (; at < tokens.length && tokens[at] !== '<fill>' && tokens[at] !== '</s>'; at++) {
    const token = tokens[at]!;
    const changed = changeOf(token);
    if (changed) state = { ...state, ...changed };
    else if (fieldOf('section', token) !== undefined) section = fieldOf('section', token);
    else if (fieldOf('bar', token) !== undefined) {
      const given = fieldOf('len', tokens[at + 1]);
      if (given !== undefined) at++;
      const length = given === undefined ? barLength(state.metre) : Number(given);
      bars.push({ ...state, length, ...(section === undefined ? {} : { section }) });
      for (const each of Object.values(contents)) each.push([]);
      section = undefined;
      track = setting.tracks[0];
    } else if (fieldOf('track', token) !== undefined) track = fieldOf('track', token) as Track;
    else if (token === '<hole>' && track) holes.push({ bar: bars.length - 1, track });
    else if (track && bars.length > 0) contents[track]?.at(-1)?.push(token);
  }
  if (tokens[at] === '<fill>') fillHoles(contents, holes, tokens.slice(at + 1));
  return { bars, tracks: contents };
}

function changeOf(token: string): Partial<SheetBar> | undefined {
  const metre = fieldOf('metre', token);
  if (metre !== undefined) return { metre };
  const key = fieldOf('key', token);
  if (key !== undefined) return { key };
  const mode = fieldOf('mode', token);
  return mode === undefined ? undefined : { mode: mode as Key['mode'] };
}

function fillHoles(contents: Record<string, string[][]>, holes: readonly Segment[], tokens: readonly string[]): void {
  let hole = 0;
  for (const token of tokens) {
    if (token === '</s>') return;
    if (token === '<next>') hole++;
    else if (holes[hole]) contents[holes[hole]!.track]![holes[hole]!.bar]!.push(token);
  }
}
