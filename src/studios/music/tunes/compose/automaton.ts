/**
 * The grammar of the tune language as an automaton. A `Draft` is a row half written; `admittedTokens` lists what may come next
 * under all rules of the task, `write` adds one token. Bars cannot be left incomplete, because a segment ends only where its
 * required events are written, and what sounds goes on to the next event.
 *
 *   segment:  ┌──────── <at:p> ───▶ <rest> ──────────────┐
 *        ──▶ open          └──────▶ pitch (len, orn, pitch …) ──▶ open ──▶ end (the next cell's first token)
 *
 * When nothing is admitted, softer rules give way one by one: the largest leap, then chord tones. Bars, range, key, locked notes
 * and cadences never do.
 */
import { beatLength } from '../../score/index.ts';
import {
  CHORD_KINDS,
  fieldOf,
  GRID,
  type Segment,
  type SheetBar,
  semitonesOfToken,
  type Track,
} from '../events/index.ts';
import type { CellRules, RequiredEvent, TuneRules } from './task.ts';

/** What is still to be written: tokens that are given, or a cell. */
export type Step =
  | { readonly kind: 'given'; readonly tokens: readonly string[] }
  | {
      readonly kind: 'cell';
      readonly segment: Segment;
      readonly bar: SheetBar;
      readonly rules: CellRules;
      /** What its track did before, where the bar before it is given; else what was written says it. */
      readonly before?: TrackState | undefined;
    };

/** What a track did before the place where it is written. */
export interface TrackState {
  /** Whether something sounds at this place. */
  readonly sounding: boolean;
  /** Semitones of the last note above the reference tonic. */
  readonly last?: number;
}

/** A row half written. Immutable: rows share their past. */
export interface Draft {
  readonly step: number;
  /** Tokens of the step already written. */
  readonly within: number;
  readonly cell: CellState;
  readonly tracks: Readonly<Partial<Record<Track, TrackState>>>;
}

interface CellState {
  /** Tick of the last event, −1 before the first. */
  readonly at: number;
  readonly phase: 'open' | 'sound' | 'pitched' | 'rested' | 'grace' | 'root' | 'kind';
  /** Semitones of the notes of this event, as written. */
  readonly chord: readonly number[];
  /** Whether the last note has its length, its ornament. */
  readonly lengthened: boolean;
  readonly ornamented: boolean;
}

const EMPTY: CellState = { at: -1, phase: 'open', chord: [], lengthened: false, ornamented: false };

/** The grammar of a task. */
export interface Grammar {
  readonly steps: readonly Step[];
  readonly rules: TuneRules;
  /** Pitch tokens with their heights and names, from low to high. */
  readonly pitches: readonly PitchToken[];
}

export interface PitchToken {
  readonly token: string;
  readonly semitones: number;
  readonly name: string;
}

/** The pitches among a vocabulary. */
export function listPitches(vocabulary: readonly string[]): PitchToken[] {
  return vocabulary
    .flatMap((token) => {
      const semitones = semitonesOfToken(token);
      return semitones === undefined ? [] : [{ token, semitones, name: token.slice(1, token.indexOf('/')) }];
    })
    .sort((a, b) => a.semitones - b.semitones);
}

/** A draft with nothing written. */
export function beginDraft(tracks: Draft['tracks']): Draft {
  return { step: 0, within: 0, cell: EMPTY, tracks };
}

/** Whether everything is written. */
export function isFinished(draft: Draft, { steps }: Grammar): boolean {
  return draft.step >= steps.length;
}

/** The token that must come next; undefined where there is a choice. */
export function givenToken(draft: Draft, { steps }: Grammar): string | undefined {
  const step = steps[draft.step];
  return step?.kind === 'given' ? step.tokens[draft.within] : undefined;
}

/** All tokens that may come next; empty only when the rules of the task contradict one another. */
export function admittedTokens(draft: Draft, grammar: Grammar): string[] {
  const step = grammar.steps[draft.step];
  if (!step) return [];
  if (step.kind === 'given') return [step.tokens[draft.within]!];
  for (const patience of [0, 1, 2]) {
    const admitted = cellTokens(draft, step, grammar, patience);
    if (admitted.length > 0) return admitted;
  }
  return [];
}

/** What ends a cell is the first token of what is given after it. */
export function endToken({ step }: Draft, { steps }: Grammar): string {
  const next = steps[step + 1];
  return next?.kind === 'given' ? next.tokens[0]! : '</s>';
}

function stateOf({ cell, tracks }: Draft, { before, segment }: CellStep): TrackState | undefined {
  return cell.at < 0 && before ? before : tracks[segment.track];
}

type CellStep = Extract<Step, { kind: 'cell' }>;

function cellTokens(draft: Draft, step: CellStep, grammar: Grammar, patience: number): string[] {
  const { phase } = draft.cell;
  const track = step.segment.track;
  if (phase === 'root') return Object.keys(CHORD_KINDS).map((kind) => `<kind:${kind}>`);
  if (phase === 'sound') return track === 'chords' ? chordRoots(grammar) : soundTokens(draft, step, grammar, patience);
  if (phase === 'grace') return pitchTokens(draft, step, grammar, 2).map(({ token }) => token);
  return [
    ...(phase === 'pitched' ? afterPitch(draft, step, grammar) : []),
    ...(phase === 'kind' ? chordBasses(grammar) : []),
    ...positions(draft, step).map((at) => `<at:${at}>`),
    ...(mayEnd(draft, step) ? [endToken(draft, grammar)] : []),
  ];
}

function chordRoots({ rules }: Grammar): string[] {
  return [...rules.names].map((name) => `<root:${name}>`);
}

function chordBasses({ rules }: Grammar): string[] {
  return [...rules.names].map((name) => `<over:${name}>`);
}

/** Ticks at which the next event of a cell may stand. */
function positions(draft: Draft, step: CellStep): number[] {
  const { cell } = draft;
  const { bar, rules } = step;
  const next = nextRequired(rules, cell.at);
  const last = rules.required.findLast(({ at }) => at <= cell.at);
  const free = Math.max(cell.at + 1, rules.from, last?.until ?? 0);
  const limit = Math.min(next?.at ?? bar.length - 1, cadenceLimit(rules, bar));
  if (rules.exact) return next ? [next.at] : [];
  const silent = cell.at < 0 && stateOf(draft, step)?.sounding !== true && rules.from === 0;
  const out: number[] = [];
  for (let at = free; at <= limit && at < bar.length; at++) {
    if (silent && at > 0 && next?.at !== at) break;
    if (at === next?.at || isOnGrid(at)) out.push(at);
  }
  return next && next.at < free ? [] : out;
}

/** Thirty-second notes and triplets of quavers and semiquavers. */
function isOnGrid(at: number): boolean {
  return at % 3 === 0 || at % 4 === 0;
}

function nextRequired(rules: CellRules, at: number): RequiredEvent | undefined {
  return rules.required.find((event) => event.at > at);
}

/** The last tick at which the note of a cadence may begin: a beat before the end. */
function cadenceLimit(rules: CellRules, bar: SheetBar): number {
  return rules.cadence ? Math.max(0, bar.length - beatOf(bar)) : bar.length - 1;
}

/** Ticks of a felt beat of a bar. */
export function beatOf({ metre }: Pick<SheetBar, 'metre'>): number {
  const [beats, unit] = metre.split('/').map(Number) as [number, 1 | 2 | 4 | 8];
  return Math.round(beatLength([beats, unit], GRID));
}

function mayEnd(draft: Draft, step: CellStep): boolean {
  const { cell } = draft;
  const { rules, segment, bar } = step;
  if (cell.phase === 'sound' || nextRequired(rules, cell.at)) return false;
  const silent = cell.at < 0 && stateOf(draft, step)?.sounding !== true;
  if (silent && segment.track !== 'chords') return false;
  if (isEmptyBar(cell, step)) return false;
  if (!rules.cadence || rules.exact) return true;
  const closing = cell.chord.at(0);
  if (cell.phase !== 'pitched' || closing === undefined || cell.at > cadenceLimit(rules, bar)) return false;
  const locked = rules.required.find(({ at, pitch }) => at === cell.at && pitch !== undefined);
  return locked !== undefined || rules.cadence.includes(classOf(closing));
}

/** A rest and nothing else: a tune has no bar without a note, unless it was given so. */
function isEmptyBar({ at, phase }: CellState, { segment, rules }: CellStep): boolean {
  return segment.track === 'melody' && at === 0 && phase === 'rested' && rules.required.length === 0 && !rules.exact;
}

const classOf = (semitones: number): number => ((semitones % 12) + 12) % 12;

/** What may stand at an event: a rest, or the pitches that the rules admit. */
function soundTokens(draft: Draft, step: CellStep, grammar: Grammar, patience: number): string[] {
  const { cell } = draft;
  const { rules, bar } = step;
  const required = rules.required.find(({ at }) => at === cell.at);
  if (required?.kind === 'rest') return ['<rest>'];
  if (required?.pitch !== undefined) return [required.pitch];
  const closing = rules.cadence !== undefined && isLastChance(cell.at, rules, bar);
  const pitches = pitchTokens(draft, step, grammar, patience);
  const fitting = closing ? pitches.filter(({ semitones }) => rules.cadence!.includes(classOf(semitones))) : pitches;
  const mayRest = required?.kind !== 'note' && !closing && !rules.exact && restFits(draft, step);
  return [
    ...(mayRest || (rules.exact && required?.kind === 'any') ? ['<rest>'] : []),
    ...fitting.map(({ token }) => token),
  ];
}

/** A rest may not follow a rest, nor shorten a locked note, and a cadence still needs its note. */
function restFits({ cell, tracks }: Draft, { rules, segment, bar, before }: CellStep): boolean {
  if (rules.cadence && !roomForCadence(cell.at, rules, bar)) return false;
  if (cell.at === 0) return true;
  return (tracks[segment.track] ?? before)?.sounding === true;
}

function roomForCadence(at: number, rules: CellRules, bar: SheetBar): boolean {
  const limit = cadenceLimit(rules, bar);
  for (let next = at + 1; next <= limit; next++) if (isOnGrid(next)) return true;
  return false;
}

/** Whether no later event can close the bar: then this one must. In a given rhythm that is its last note. */
function isLastChance(at: number, rules: CellRules, bar: SheetBar): boolean {
  if (rules.exact) return !rules.required.some((event) => event.at > at && event.kind === 'note');
  return nextRequired(rules, at) === undefined && !roomForCadence(at, rules, bar);
}

/** Pitches in key and range, within a leap of the last note, and of the chord on strong beats. */
function pitchTokens(draft: Draft, step: CellStep, grammar: Grammar, patience: number): PitchToken[] {
  const { cell, tracks } = draft;
  const { rules, pitches } = grammar;
  const { track } = step.segment;
  const [low, high] = rules.range[track];
  const last = tracks[track]?.last ?? step.before?.last;
  const reach = track === 'melody' ? rules.mostLeap : 24;
  const chord = chordAt(step, cell.at, rules);
  return pitches.filter(({ semitones, name }) => {
    if (semitones < low || semitones > high) return false;
    if (!rules.names.has(name) && !(chord?.includes(classOf(semitones)) && isPlain(name))) return false;
    if (patience < 1 && last !== undefined && Math.abs(semitones - last) > reach) return false;
    return patience >= 2 || !chord || chord.includes(classOf(semitones));
  });
}

/** Names that a chord may bring into a key: no double accidentals. */
function isPlain(name: string): boolean {
  return !/^(bb|##)/.test(name);
}

/** Pitch classes of the chord that a strong beat wants; undefined on weak ones. */
function chordAt(step: CellStep, at: number, rules: TuneRules): readonly number[] | undefined {
  if (!rules.chordTones || !isStrong(at, step.bar)) return undefined;
  return step.rules.chords.findLast((chord) => chord.at <= at)?.classes;
}

/** Downbeats, and the middle of bars of four or six beats and more. */
export function isStrong(at: number, bar: Pick<SheetBar, 'metre' | 'length'>): boolean {
  if (at === 0) return true;
  const beat = beatOf(bar);
  const beats = bar.length / beat;
  return beats >= 4 && beats % 2 === 0 && at === (beats / 2) * beat;
}

/** What may follow a pitch within its event: length, ornament, grace, or a higher note of the chord. */
function afterPitch(draft: Draft, step: CellStep, grammar: Grammar): string[] {
  const { cell } = draft;
  const { rules } = grammar;
  const many = step.segment.track !== 'melody';
  const room = step.bar.length - cell.at;
  const locked = step.rules.required.some(({ at, pitch }) => at === cell.at && pitch !== undefined);
  if (locked) return [];
  const lengths = many && !cell.lengthened && !cell.ornamented ? lengthTokens(room) : [];
  const ornaments = rules.ornaments && !cell.ornamented && !many ? ORNAMENT_TOKENS : [];
  const higher =
    many && cell.chord.length < rules.mostAtOnce
      ? pitchTokens(draft, step, grammar, 1).filter(({ semitones }) => semitones > Math.max(...cell.chord))
      : [];
  return [...lengths, ...ornaments, ...higher.map(({ token }) => token)];
}

const ORNAMENT_TOKENS = [
  '<grace>',
  '<orn:trill>',
  '<orn:turn>',
  '<orn:mordent>',
  '<orn:slide-up>',
  '<orn:slide-down>',
  '<orn:yin>',
  '<orn:rou>',
];

function lengthTokens(room: number): string[] {
  return Array.from({ length: room }, (_, i) => i + 1)
    .filter(isOnGrid)
    .map((length) => `<len:${length}>`);
}

/** Adds an admitted token. */
export function write(draft: Draft, token: string, grammar: Grammar): Draft {
  const step = grammar.steps[draft.step]!;
  if (step.kind === 'given') {
    const within = draft.within + 1;
    return within < step.tokens.length ? { ...draft, within } : { ...draft, step: draft.step + 1, within: 0 };
  }
  if (token === endToken(draft, grammar) && draft.cell.phase !== 'sound') {
    const next = { ...draft, step: draft.step + 1, within: 0, cell: EMPTY };
    return isFinished(next, grammar) ? next : write(next, token, grammar);
  }
  return enterCell(draft, step, token);
}

/** The first token of a cell after a given bar takes over what its track did there. */
function enterCell(draft: Draft, step: CellStep, token: string): Draft {
  const { track } = step.segment;
  const entered =
    draft.cell.at < 0 && step.before ? { ...draft, tracks: { ...draft.tracks, [track]: step.before } } : draft;
  return writeInCell(entered, step, token);
}

function writeInCell(draft: Draft, step: CellStep, token: string): Draft {
  const { cell } = draft;
  const { track } = step.segment;
  const at = fieldOf('at', token);
  if (at !== undefined) return { ...draft, cell: { ...EMPTY, at: Number(at), phase: 'sound' } };
  const known = draft.tracks[track];
  if (token === '<rest>') {
    const tracks = { ...draft.tracks, [track]: { ...known, sounding: false } };
    return { ...draft, cell: { ...cell, phase: 'rested' }, tracks };
  }
  if (token === '<grace>') return { ...draft, cell: { ...cell, phase: 'grace', ornamented: true } };
  if (fieldOf('len', token) !== undefined) return { ...draft, cell: { ...cell, lengthened: true } };
  if (fieldOf('orn', token) !== undefined) return { ...draft, cell: { ...cell, ornamented: true } };
  if (fieldOf('root', token) !== undefined) return { ...draft, cell: { ...cell, phase: 'root' } };
  if (fieldOf('kind', token) !== undefined) return { ...draft, cell: { ...cell, phase: 'kind' } };
  if (fieldOf('over', token) !== undefined) return { ...draft, cell: { ...cell, phase: 'rested' } };
  const semitones = semitonesOfToken(token);
  if (semitones === undefined || cell.phase === 'grace') return { ...draft, cell: { ...cell, phase: 'pitched' } };
  const tracks = { ...draft.tracks, [track]: { sounding: true, last: semitones } };
  const chord = [...cell.chord, semitones];
  return { ...draft, cell: { ...cell, phase: 'pitched', chord, lengthened: false, ornamented: false }, tracks };
}
