/** One bar of one line as text. */
import {
  type Bar,
  beatLength,
  fifthsOf,
  type Mark,
  metreLength,
  type Note,
  type Score,
  type Span,
} from '../../score/index.ts';
import { signOf } from './decorations.ts';
import { formatKey, nearKey, parseClef } from './fields.ts';
import { type Element, writeRhythm } from './rhythm.ts';
import { escapeText } from './source.ts';
import type { Piece, TextLine } from './text-lines.ts';
import { BarAccidentals, writeLength } from './write-note.ts';
import type { Sung } from './write-words.ts';

/** What stands at a tick of a line besides its notes. */
export interface Signs {
  /** Chord symbols, by tick; of the first line only, as tempos. */
  readonly chords: ReadonlyMap<number, string>;
  readonly tempos: ReadonlyMap<number, Score['tempos'][number]>;
  readonly marks: ReadonlyMap<number, readonly Mark[]>;
  readonly opening: ReadonlyMap<number, readonly Span['kind'][]>;
  /** Slurs by the onset of their last note, hairpins by their end. */
  readonly closing: ReadonlyMap<number, readonly Span['kind'][]>;
}

/** A line on its way through the bars. */
export interface LineState {
  readonly line: TextLine;
  readonly pieces: readonly (readonly Piece[])[];
  readonly signs: Signs;
  /** Octaves by which the clef moves the notes. */
  octaves: number;
}

/** What is the same for all bars. */
export interface BarContext {
  readonly score: Score;
  /** The unit note length is 1/`unit`. */
  readonly unit: number;
}

/** A bar as text, without bar lines, and the notes that words can stand under. */
export function writeBar(state: LineState, index: number, { score, unit }: BarContext): { text: string; sung: Sung[] } {
  const bar = score.bars[index]!;
  const whole = 4 * score.ticksPerQuarter;
  const [first] = state.pieces[index]!;
  const held = first?.tiedFrom ? first.notes.map(({ pitch }) => pitch) : [];
  const accidentals = new BarAccidentals(writtenKey(bar.key), held);
  const elements = writeRhythm(state.pieces[index]!, bar.at, whole);
  const group = beamGroup(bar, score.ticksPerQuarter, elements, whole);
  let text = barFields(state.line, score.bars, index);
  for (const [i, element] of elements.entries()) {
    const word = writeElement(state, element, accidentals, { unit, fresh: i === 0 ? bar : undefined });
    const joined = i > 0 && joins(elements[i - 1]!, element, group);
    text += joined || text === '' ? word : ` ${word}`;
  }
  const sung = elements
    .filter(({ piece }) => piece.notes.length > 0)
    .map(({ piece, first }) => ({ notes: piece.notes, tied: !first || piece.tiedFrom }));
  return { text, sung };
}

/** The key whose signature the reader will have in mind. */
function writtenKey(key: Bar['key']): Bar['key'] {
  return fifthsOf(nearKey(key)) === fifthsOf(key) ? key : nearKey(key);
}

/** Fields that stand at the beginning of a bar. */
function barFields({ leads }: TextLine, bars: readonly Bar[], index: number): string {
  const bar = bars[index]!;
  const before = bars[index - 1];
  const fields: string[] = [];
  if (leads.score && bar.label) fields.push(`[P:${escapeText(bar.label).replaceAll(']', ')')}]`);
  const newKey = !before || JSON.stringify(before.key) !== JSON.stringify(bar.key);
  if (before && newKey) fields.push(`[K:${formatKey(bar.key)}]`);
  if (leads.score && newKey && writtenKey(bar.key) === bar.key && nearKey(bar.key).mode !== bar.key.mode) {
    fields.push(`[r:key ${bar.key.tonic} ${bar.key.mode}]`);
  }
  const newMetre = before && (String(before.metre) !== String(bar.metre) || before.metreSign !== bar.metreSign);
  if (newMetre) fields.push(`[M:${formatMetre(bar)}]`);
  return fields.join('');
}

/** The value of `M:`. */
export function formatMetre({ metre, metreSign }: Bar): string {
  const sign = metreSign === 'common' ? 'C' : metreSign === 'cut' ? 'C|' : undefined;
  const fits = { common: '4,4', cut: '2,2' }[metreSign ?? 'common'] === String(metre);
  return sign && fits ? sign : metre.join('/');
}

/** The value of `Q:`; in compound metres the dotted beat counts if that gives a whole number. */
export function formatTempo({ quarterBpm, text }: Score['tempos'][number], { metre }: Bar): string {
  const dotted = (quarterBpm * 2) / 3;
  const compound = beatLength(metre, 2) === 3 && Number.isInteger(dotted);
  const rate = compound ? `3/8=${dotted}` : `1/4=${Number(quarterBpm.toFixed(9))}`;
  return text ? `"${escapeText(text).replaceAll('"', '&quot;')}" ${rate}` : rate;
}

/** Ticks within which short notes share a beam: a beat, or half a bar of 4/4 where nothing is shorter than an eighth. */
function beamGroup(bar: Bar, ticksPerQuarter: number, elements: readonly Element[], whole: number): number {
  const beat = beatLength(bar.metre, ticksPerQuarter);
  const calm = elements.every(({ piece, inTuplet }) => inTuplet || piece.length * 8 >= whole);
  const four = bar.metre[0] === 4 && bar.metre[1] === 4;
  return calm && four && bar.length === metreLength(bar.metre, ticksPerQuarter) ? 2 * beat : beat;
}

function joins(before: Element, now: Element, group: number): boolean {
  const short = ({ n, d, piece }: Element): boolean => n * 4 < d && piece.notes.length > 0;
  if (now.tuplet !== undefined || before.inTuplet !== now.inTuplet) return false;
  return short(before) && short(now) && Math.floor(before.from / group) === Math.floor(now.from / group);
}

interface ElementContext {
  readonly unit: number;
  /** The bar, at its first element. */
  readonly fresh: Bar | undefined;
}

function writeElement(
  state: LineState,
  element: Element,
  accidentals: BarAccidentals,
  { unit, fresh }: ElementContext,
): string {
  const { piece, first, last } = element;
  const at = first ? piece.at : undefined;
  const begins = first && !piece.tiedFrom;
  const fields = at === undefined ? '' : fieldsAt(state, at, fresh);
  const [head] = begins ? piece.notes : [];
  const graces = head?.graces
    ? `{${head.graces.map((grace) => accidentals.write(grace, state.octaves)).join('')}}`
    : '';
  const before = at === undefined ? '' : signsAt(state, piece, fresh);
  const own = [...(head?.articulations ?? []), ...(head?.ornaments ?? [])].map(signOf).join('');
  const opens = begins ? slurs(state.signs.opening.get(piece.at), '(') : '';
  const closes = begins ? slurs(state.signs.closing.get(piece.at), ')') : '';
  const ends = last ? hairpins(state.signs.closing.get(piece.at + piece.length), ')') : '';
  const tie = piece.notes.length > 0 && (!last || piece.tiedOn) ? '-' : '';
  const sound = writeSound(piece.notes, accidentals, state.octaves) + writeLength(element, unit);
  return `${fields}${element.tuplet ?? ''}${graces}${before}${ends}${own}${opens}${sound}${tie}${closes}`;
}

function writeSound(notes: readonly Note[], accidentals: BarAccidentals, octaves: number): string {
  const names = notes.map(({ pitch }) => accidentals.write(pitch, octaves));
  return names.length === 0 ? 'z' : names.length === 1 ? names[0]! : `[${names.join('')}]`;
}

/** Tempo and clef, which are fields. */
function fieldsAt(state: LineState, at: number, fresh: Bar | undefined): string {
  const tempo = at > 0 ? state.signs.tempos.get(at) : undefined;
  let text = tempo ? `[Q:${formatTempo(tempo, fresh ?? { ...noBar })}]` : '';
  for (const mark of state.signs.marks.get(at) ?? []) {
    if (mark.kind !== 'clef' || at === 0) continue;
    text += `[K:clef=${mark.value === 'percussion' ? 'perc' : mark.value}]`;
    state.octaves = parseClef(mark.value)?.octaves ?? 0;
  }
  return text;
}

const noBar: Bar = { at: 0, length: 1, metre: [4, 4], key: { tonic: 'C', mode: 'major' } };

/** Chord symbols, words, dynamics, hairpins that begin, and signs of the bar. */
function signsAt({ line, signs }: LineState, piece: Piece, fresh: Bar | undefined): string {
  const chord = signs.chords.get(piece.at);
  let text = chord === undefined ? '' : quote(/^[_^<>@]/.test(chord) ? ` ${chord}` : chord);
  if (fresh?.jump && line.leads.score) text += signOf(fresh.jump);
  for (const mark of line.leads.staff ? (signs.marks.get(piece.at) ?? []) : []) {
    if (mark.kind === 'dynamic') text += signOf(mark.value);
    else if (mark.kind === 'text') text += quote(`^${/^\S{1,6}$/.test(mark.value) ? ' ' : ''}${mark.value}`);
  }
  return text + hairpins(signs.opening.get(piece.at), '(');
}

function quote(text: string): string {
  return `"${text
    .replace(/\s+/g, ' ')
    .replace(/[\\%&]/g, '\\$&')
    .replaceAll('"', '&quot;')}"`;
}

function slurs(kinds: readonly Span['kind'][] | undefined, sign: string): string {
  return (kinds ?? [])
    .filter((kind) => kind === 'slur')
    .map(() => sign)
    .join('');
}

function hairpins(kinds: readonly Span['kind'][] | undefined, side: '(' | ')'): string {
  const names = { crescendo: '<', diminuendo: '>', glissando: 'glissando' } as const;
  return (kinds ?? []).map((kind) => (kind in names ? `!${names[kind as keyof typeof names]}${side}!` : '')).join('');
}
