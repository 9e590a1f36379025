/**
 * A score as ABC 2.1 for people to read: a few bars on a line, lines broken at repeats, double bars and new sections, words
 * under the music, one line for each voice.
 *
 * What ABC cannot hold is left out: velocities, pedal, octave signs, locks, signs of single notes in a chord (the chord has
 * them). Our own `I:part` lines and `[r:key …]` remarks keep instruments, part ids and pentatonic modes; other programs pass
 * over them.
 */
import { type Bar, midiOf, type Part, type Score, tidyScore } from '../../score/index.ts';
import { programmeOf } from '../programme-of.ts';
import { formatKey, parseClef } from './fields.ts';
import { gatherSigns } from './gather-signs.ts';
import { formatPartLine } from './part-line.ts';
import { escapeText } from './source.ts';
import { piecesOf, type TextLine, textLines } from './text-lines.ts';
import { type BarContext, formatMetre, formatTempo, type LineState, writeBar } from './write-bar.ts';
import { type Sung, writeWords } from './write-words.ts';

/** How a score becomes text. */
export interface AbcWriteOptions {
  /** After `X:`; default 1. */
  readonly number?: number;
  /** Kind of tune after `R:`: reel, jig. */
  readonly rhythm?: string;
  /** Default 4. */
  readonly barsPerLine?: number;
}

/** Writes a score as the text of one tune, with a line feed at its end. */
export function writeAbc(score: Score, { number = 1, rhythm, barsPerLine = 4 }: AbcWriteOptions = {}): string {
  const tidy = tidyScore(score);
  const lines = textLines(tidy);
  const unit = unitOf(tidy);
  const header = headerOf(tidy, lines, { number, unit, ...(rhythm !== undefined && { rhythm }) });
  const states = lines.map((line): LineState => {
    const { cuts, signs } = gatherSigns(tidy, line);
    return {
      line,
      pieces: piecesOf(line, tidy.bars, cuts),
      signs,
      octaves: parseClef(clefOf(line).name)?.octaves ?? 0,
    };
  });
  const body = systemsOf(tidy.bars, barsPerLine).flatMap((system) =>
    writeSystem(states, system, { score: tidy, unit }),
  );
  return `${[...header, ...body].join('\n')}\n`;
}

/** 16 where most notes are shorter than an eighth, else 8. */
function unitOf({ parts, ticksPerQuarter }: Score): number {
  const notes = parts.flatMap((part) => part.notes);
  const short = notes.filter(({ length }) => length * 10 < 3 * ticksPerQuarter).length;
  return short > 0.6 * notes.length ? 16 : 8;
}

function headerOf(
  score: Score,
  lines: readonly TextLine[],
  { number, unit, rhythm }: { number: number; unit: number; rhythm?: string },
): string[] {
  const [bar] = score.bars as [Bar];
  const line = (letter: string, text: string | undefined): string[] => (text ? [`${letter}:${escapeText(text)}`] : []);
  return [
    `X:${number}`,
    ...(score.title || score.subtitle ? [`T:${escapeText(score.title)}`] : []),
    ...line('T', score.subtitle),
    ...line('C', score.composer),
    ...line('R', rhythm),
    ...(score.lyricist ? [`N:Words: ${escapeText(score.lyricist)}`] : []),
    ...(score.copyright ? [`N:Copyright: ${escapeText(score.copyright)}`] : []),
    ...(score.language ? [`N:Language: ${escapeText(score.language)}`] : []),
    `M:${formatMetre(bar)}`,
    `L:1/${unit}`,
    `Q:${formatTempo(score.tempos[0]!, bar)}`,
    ...voiceLines(score, lines),
    `K:${formatKey(bar.key)}`,
  ];
}

function voiceLines(score: Score, lines: readonly TextLine[]): string[] {
  const groups = score.parts.map((_, i) => lines.filter(({ partIndex }) => partIndex === i));
  const parts = groups.flatMap((group, i) => partLine(score.parts[i]!, group, i));
  const fields = lines.flatMap((line) => {
    const clef = clefOf(line);
    const named =
      line.leads.part && line.part.name !== '' ? ` name="${escapeText(line.part.name).replaceAll('"', '&quot;')}"` : '';
    const field = `V:${line.id}${named}${clef.said ? ` clef=${clef.name === 'percussion' ? 'perc' : clef.name}` : ''}`;
    const programme = line.part.percussion ? 0 : programmeOf(line.part.instrument);
    return [
      ...(lines.length > 1 || named !== '' || clef.said ? [field] : []),
      ...(programme > 0 ? [`%%MIDI program ${programme}`] : []),
    ];
  });
  const score1 = lines.length > 1 ? [`%%score ${groups.map(scoreWord).join(' ')}`] : [];
  return [...score1, ...parts, ...fields];
}

/** `{(1 2) 3}` for a part of two staves. */
function scoreWord(lines: readonly TextLine[]): string {
  const staves = new Map<number, string[]>();
  for (const { staff, id } of lines) staves.set(staff, [...(staves.get(staff) ?? []), id]);
  const words = [...staves.values()].map((ids) => (ids.length > 1 ? `(${ids.join(' ')})` : ids[0]!));
  return words.length > 1 ? `{${words.join(' ')}}` : words[0]!;
}

/** Our line for a part, where reading the rest would not give it. */
function partLine(part: Part, lines: readonly TextLine[], index: number): string[] {
  const { id, instrument, percussion, transposition, staves, gain, pan } = part;
  const about = { instrument, percussion, transposition, staves, gain, pan };
  const plain =
    id === `p${index + 1}` &&
    instrument === `gm-${programmeOf(instrument)}` &&
    lines.length === 1 &&
    lines[0]!.voice === 1;
  if (plain && [percussion, transposition, staves, gain, pan].every((value) => value === undefined)) return [];
  const known = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined && value !== false));
  const value = {
    id,
    voices: lines.map((line) => line.id),
    numbers: lines.map(({ voice }) => voice),
    staves: lines.map(({ staff }) => staff),
    about: known,
  };
  return [`I:part ${formatPartLine(value)}`];
}

/** The clef of a line at its beginning; `said` unless it is the treble clef and nobody asked for it. */
function clefOf({ part, staff, events }: TextLine): { name: string; said: boolean } {
  const mark = part.marks?.find(({ kind, at, staff: its = 1 }) => kind === 'clef' && at === 0 && its === staff);
  if (mark) return { name: mark.value, said: true };
  if (part.percussion) return { name: 'percussion', said: true };
  const keys = part.notes.filter((note) => (note.staff ?? 1) === staff).map(({ pitch }) => midiOf(pitch));
  const mean = keys.reduce((sum, key) => sum + key, 0) / Math.max(1, keys.length);
  const low = keys.length === 0 ? staff > 1 : mean < (staff > 1 ? 60 : 55);
  return { name: low ? 'bass' : 'treble', said: low && (events.length > 0 || staff > 1) };
}

/** Bars by lines: broken after repeats and double bars, before sections, repeats and endings' first bars, else by count. */
function systemsOf(bars: readonly Bar[], barsPerLine: number): number[][] {
  const systems: number[][] = [];
  let system: number[] = [];
  let counted = 0;
  for (const [i, bar] of bars.entries()) {
    system.push(i);
    if (i > 0 || bar.length >= (bars[1]?.length ?? 0)) counted++;
    const next = bars[i + 1];
    const breaks =
      bar.repeatEnd || bar.line === 'double' || bar.line === 'final' || next?.repeatStart || next?.label !== undefined;
    if (counted >= barsPerLine || breaks || !next) {
      systems.push(system);
      system = [];
      counted = 0;
    }
  }
  return systems;
}

function writeSystem(states: readonly LineState[], system: readonly number[], context: BarContext): string[] {
  return states.flatMap((state) => {
    const sung: Sung[] = [];
    let text = '';
    for (const i of system) {
      const bar = writeBar(state, i, context);
      sung.push(...bar.sung);
      text += `${text === '' ? '' : ' '}${beforeBar(context.score.bars, i)}${bar.text} ${afterBar(context.score.bars, i)}`;
    }
    return [...(states.length > 1 ? [`V:${state.line.id}`] : []), text, ...writeWords(sung)];
  });
}

/** A repeat that begins, an ending that begins. */
function beforeBar(bars: readonly Bar[], i: number): string {
  const bar = bars[i]!;
  const before = bars[i - 1];
  const begins =
    bar.ending && (!before || String(before.ending) !== String(bar.ending) || endsPassage(before) || bar.repeatStart);
  return `${bar.repeatStart ? '|: ' : ''}${begins ? `[${bar.ending!.join(',')} ` : ''}`;
}

function endsPassage({ repeatEnd, line }: Bar): boolean {
  return repeatEnd !== undefined || line === 'double' || line === 'final';
}

function afterBar(bars: readonly Bar[], i: number): string {
  const { repeatEnd, line, ending } = bars[i]!;
  const next = bars[i + 1];
  if (repeatEnd !== undefined) return `${':'.repeat(repeatEnd - 1)}|${line === 'final' ? ']' : ''}`;
  if (line) return { double: '||', final: '|]', dashed: '.|', none: '[|]' }[line];
  // An ending that stops in the open is closed by a double line.
  return ending && next && !next.ending && !next.repeatStart ? '||' : '|';
}
