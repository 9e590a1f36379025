/** From a wish, and from a score of which parts are kept, to a task: what is written, and under which rules. */
import { type Mode, midiOf, type Note, type Score, scaleDegrees, tonicClass } from '../../score/index.ts';
import { chordClasses, classOf, isNoChord, parseChord } from '../../theory/index.ts';
import {
  barLength,
  barStarts,
  type Controls,
  chromaName,
  measureControls,
  moodClass,
  referenceTonic,
  type Segment,
  type Sheet,
  type SheetBar,
  type SheetOptions,
  sheetOfScore,
  TRACKS,
  type Track,
  tempoClass,
  tracksOf,
} from '../events/index.ts';
import { type SettledWish, supportOf } from '../rules/index.ts';
import type { TuneWish } from '../wish.ts';
import { cellsFromNotes } from './kept-notes.ts';
import type { CellRules, TuneRules, TuneTask } from './task.ts';

export interface TaskOptions extends SheetOptions {
  /** Notes whose onsets and lengths are given (24 ticks a quarter); their pitches are written. */
  readonly rhythm?: readonly Pick<Note, 'at' | 'length'>[] | undefined;
  /** Chord symbols over the tune (24 ticks a quarter). */
  readonly chords?: Score['chords'] | undefined;
  /** Whether notes on strong beats must belong to the chord. Default true where there are chords. */
  readonly chordTones?: boolean | undefined;
  /** `scale`: only notes of the key (and of given chords). `chromatic`: all. Default `scale`. */
  readonly accidentals?: 'scale' | 'chromatic' | undefined;
  /** Lowest and highest pitch of tracks other than the melody; default what is usual for them. */
  readonly ranges?: Readonly<Partial<Record<Track, readonly [string, string]>>> | undefined;
  /** Semitones; default 12. */
  readonly mostLeap?: number | undefined;
  /** Default false. */
  readonly ornaments?: boolean | undefined;
}

/** Sections of a form with a label each. */
export function sectionsOf(form: string): readonly string[] {
  if (form === 'qichengzhuanhe') return ['起', '承', '转', '合'];
  return /^[A-E]+$/.test(form) ? [...form] : ['A'];
}

/** The task of a new tune. */
export function planTune(wish: TuneWish, settled: SettledWish, options: TaskOptions): TuneTask {
  const bars = gridOf(settled);
  const cells = bars.map((): string[] => []);
  const base: Sheet = { bars, tracks: { melody: cells } };
  const sheet = options.chords ? withChords(base, options.chords, settled) : base;
  const write = bars.map((_, bar) => ({ bar, track: 'melody' as const }));
  const controls: Controls = {
    style: settled.style,
    metre: settled.metre,
    mode: settled.mode,
    tempo: tempoClass(settled.quarterBpm),
    density: wish.density,
    // Songs without sections have no word for it in the language.
    form: settled.form === 'through' ? undefined : settled.form,
    bars: bars.length,
    tracks: tracksOf(sheet),
    ...(wish.mood ? { valence: moodClass(wish.mood.valence), arousal: moodClass(wish.mood.arousal) } : {}),
    ...(wish.range ? rangeControls(wish.range, settled.tonic) : {}),
  };
  const melody = cellsFromNotes({
    notes: [],
    sheet,
    write,
    track: 'melody',
    tonic: settled.tonic,
    rhythm: options.rhythm,
  });
  const task = taskOf({ sheet, write, controls, tonic: settled.tonic, wish, options, cell: melody });
  const given = options.rhythm !== undefined || options.chords !== undefined;
  // On a rhythm or chords that go round a model falls into a loop of its own.
  return { ...task, again: barsAgain(bars), ...(given && { mostAlike: MOST_ALIKE }) };
}

const MOST_ALIKE = 1;

/**
 * Bars that come again where a form repeats a letter (AABA, AABB), by the bars they repeat; the last bar of a section is free,
 * so that each may close in its own way. 起承转合 repeats nothing.
 */
function barsAgain(bars: readonly SheetBar[]): Map<number, number> {
  const starts = bars.flatMap(({ section }, i) => (section === undefined ? [] : [{ section, from: i }]));
  const again = new Map<number, number>();
  for (const [n, { section, from }] of starts.entries()) {
    const first = starts.find((each) => each.section === section)!;
    const to = starts[n + 1]?.from ?? bars.length;
    const size = Math.min(to - from, (starts[starts.indexOf(first) + 1]?.from ?? bars.length) - first.from);
    if (first.from < from) for (let i = 0; i < size - 1; i++) again.set(from + i, first.from + i);
  }
  return again;
}

function gridOf({ metre, mode, form, bars }: SettledWish): SheetBar[] {
  const sections = sectionsOf(form);
  const size = Math.max(1, Math.floor(bars / sections.length));
  return Array.from({ length: bars }, (_, i) => {
    const label = i % size === 0 ? sections[i / size] : undefined;
    return { length: barLength(metre), metre, mode, key: '1', ...(label === undefined ? {} : { section: label }) };
  });
}

function withChords(sheet: Sheet, chords: Score['chords'], { tonic }: { readonly tonic: string }): Sheet {
  const score = { ...EMPTY_SCORE, bars: scoreBars(sheet, tonic), chords };
  return { ...sheet, tracks: { ...sheet.tracks, chords: sheetOfScore(score, { quantise: true }).tracks.chords ?? [] } };
}

const EMPTY_SCORE: Omit<Score, 'bars'> = {
  version: 1,
  title: '',
  ticksPerQuarter: 24,
  tempos: [{ at: 0, quarterBpm: 100 }],
  chords: [],
  parts: [],
};

function scoreBars({ bars }: Sheet, tonic: string): Score['bars'] {
  const starts = barStarts(bars);
  return bars.map(({ length, metre, mode }, i) => ({
    at: starts[i]!,
    length,
    metre: metre.split('/').map(Number) as [number, 4],
    key: { tonic, mode },
  }));
}

/** Which bars (from, up to and without to) of which tracks are written anew. */
export interface Hole {
  readonly from: number;
  readonly to: number;
  /** Default the melody. Tracks that the score lacks are added. */
  readonly tracks?: readonly Track[] | undefined;
}

/** The task of writing a part of a score anew; everything else is kept, and so are locked notes. */
export function planHole(score: Score, hole: Hole, wish: TuneWish, options: TaskOptions): TuneTask {
  const found = sheetOfScore(score, { quantise: true, ...options });
  const tracks = hole.tracks ?? ['melody'];
  const added = Object.fromEntries(tracks.map((track) => [track, found.bars.map((): string[] => [])]));
  const sheet = { bars: found.bars, tracks: { ...added, ...found.tracks } };
  const key = score.bars[0]!.key;
  const write = found.bars.flatMap((_, bar) =>
    bar >= hole.from && bar < hole.to
      ? TRACKS.filter((track) => tracks.includes(track)).map((track) => ({ bar, track }))
      : [],
  );
  const measured = measureControls(found, {
    style: wish.style,
    quarterBpm: score.tempos[0]!.quarterBpm,
    form: wish.form,
  });
  const range = wish.range ? rangeControls(wish.range, key.tonic) : {};
  const controls = {
    ...measured,
    ...range,
    ...(wish.density ? { density: wish.density } : {}),
    tracks: tracksOf(sheet),
  };
  const notes = melodyNotes(score, options);
  const cell = cellsFromNotes({ notes, sheet, write, track: 'melody', tonic: key.tonic, rhythm: options.rhythm });
  return { ...taskOf({ sheet, write, controls, tonic: key.tonic, wish, options, cell }), mostAlike: MOST_ALIKE };
}

/** Notes of the part that plays the melody, in ticks of the grid. */
function melodyNotes(score: Score, { tracks }: TaskOptions): Note[] {
  const part =
    score.parts.find(({ id }) => tracks?.[id] === 'melody') ??
    score.parts.find(({ id }) => id === 'melody') ??
    score.parts[0];
  const scale = 24 / score.ticksPerQuarter;
  return (part?.notes ?? []).map((note) => ({
    ...note,
    at: Math.round(note.at * scale),
    length: Math.max(1, Math.round(note.length * scale)),
  }));
}

interface Parts {
  readonly sheet: Sheet;
  readonly write: readonly Segment[];
  readonly controls: Controls;
  readonly tonic: string;
  readonly wish: TuneWish;
  readonly options: TaskOptions;
  readonly cell: (segment: Segment) => Omit<CellRules, 'cadence' | 'chords'>;
}

function taskOf({ sheet, write, controls, tonic, wish, options, cell }: Parts): TuneTask {
  const chords = options.chords ?? [];
  const starts = barStarts(sheet.bars);
  const cadences = wish.form === undefined && write.length === 0 ? new Map() : cadencesOf(sheet);
  return {
    controls,
    tonic,
    sheet,
    write,
    rules: rulesOf(sheet, tonic, wish, options),
    cell: (segment) => {
      const given = cell(segment);
      const last = segment.bar === sheet.bars.length - 1;
      const own =
        chords.length > 0
          ? grounded(given, segment.track, { last, changes: changesIn(starts, segment.bar, chords) })
          : given;
      const cadence = segment.track === 'melody' ? cadences.get(segment.bar) : undefined;
      const late = own.required.some(({ at, until }) => (until ?? at) >= sheet.bars[segment.bar]!.length || at > 0);
      const closes = cadence !== undefined && (own.exact ? mayClose(own) : !late && own.from === 0);
      const over = segment.track === 'chords' ? [] : chordsOver(starts, segment.bar, chords, tonic);
      const under = segment.track === 'bass' ? rootsUnder(over, changesIn(starts, segment.bar, chords), tonic) : over;
      return {
        ...own,
        ...(closes ? { cadence: closingOn(cadence, over.at(-1)?.classes) } : {}),
        chords: under,
      };
    },
  };
}

type OwnRules = Omit<CellRules, 'cadence' | 'chords'>;

/** A bass strikes every chord, an inner voice every downbeat; both hold the last. Elsewhere they do as they like. */
function grounded(
  own: OwnRules,
  track: Track,
  { last, changes }: { last: boolean; changes: readonly Change[] },
): OwnRules {
  if ((track !== 'bass' && track !== 'inner') || own.required.length > 0 || own.from > 0) return own;
  const at = track === 'bass' ? changes.map((change) => change.at) : [0];
  const required = [...new Set(at)].map((tick) => ({ at: tick, kind: 'note' as const }));
  return required.length > 0 ? { ...own, required, exact: last } : own;
}

/** A chord in force from a tick of a bar on. */
interface Change {
  readonly at: number;
  readonly symbol: string;
}

function changesIn(starts: readonly number[], bar: number, chords: Score['chords']): Change[] {
  const heard = chords.filter(({ at }) => at < starts[bar + 1]!);
  const held = heard.findLast(({ at }) => at <= starts[bar]!);
  const within = heard.filter(({ at }) => at > starts[bar]!);
  return [...(held ? [held] : []), ...within]
    .filter(({ symbol }) => !isNoChord(symbol))
    .map(({ at, symbol }) => ({ at: Math.max(0, at - starts[bar]!), symbol }));
}

/** Where a chord is struck the bass has its root, or the bass that the symbol names; after that any of its tones. */
function rootsUnder(over: CellRules['chords'], changes: readonly Change[], tonic: string): CellRules['chords'] {
  const home = tonicClass({ tonic, mode: 'major' });
  return over.flatMap(({ at, classes }, i) => {
    const { bass, root } = parseChord(changes[i]!.symbol);
    return [
      { at, classes: [(classOf(bass ?? root) - home + 12) % 12] },
      { at: at + 1, classes },
    ];
  });
}

/**
 * The last bars of sections with the degrees on which they may close: the tune on its tonic, a section that answers its like
 * too (A A), any other answer also on the first degree that supports the tonic, and what stays open on all of those.
 */
function cadencesOf(sheet: Sheet): Map<number, readonly number[]> {
  const { mode } = sheet.bars[0]!;
  const degrees = scaleDegrees(mode);
  const open = [0, ...supportOf(mode)].map((degree) => degrees[degree % degrees.length]!);
  const starts = sheet.bars.flatMap(({ section }, bar) => (section === undefined ? [] : [{ section, bar }]));
  const closes = starts.slice(1).map(({ bar }, i): [number, readonly number[]] => {
    const answers = i % 2 === 1;
    const like = starts[i]!.section === starts[i - 1]?.section;
    return [bar - 1, !answers ? open : like ? [0] : open.slice(0, 2)];
  });
  return new Map<number, readonly number[]>([...closes, [sheet.bars.length - 1, [0]]]);
}

/** Whether a given rhythm has a note in the bar that can close it. */
function mayClose({ required }: Pick<CellRules, 'required'>): boolean {
  return required.some(({ kind, pitch }) => kind === 'note' && pitch === undefined);
}

/** Degrees of a cadence that the chord has; where it has none of them, its own tones. */
function closingOn(cadence: readonly number[], chord: readonly number[] | undefined): readonly number[] {
  if (!chord || chord.length === 0) return cadence;
  const both = cadence.filter((each) => chord.includes(each));
  return both.length > 0 ? both : chord;
}

function chordsOver(
  starts: readonly number[],
  bar: number,
  chords: Score['chords'],
  tonic: string,
): CellRules['chords'] {
  const home = tonicClass({ tonic, mode: 'major' });
  return changesIn(starts, bar, chords).map(({ at, symbol }) => ({
    at,
    classes: chordClasses(parseChord(symbol)).map((each) => (each - home + 12) % 12),
  }));
}

/** Names of the notes of a mode, and what belongs to it: in minor the raised sixth and seventh. */
function namesOf(mode: Mode): string[] {
  const degrees = scaleDegrees(mode).map((semitones) => PLAIN_NAMES[semitones]!);
  return mode === 'minor' ? [...degrees, '6', '7'] : degrees;
}

const PLAIN_NAMES = ['1', 'b2', '2', 'b3', '3', '4', '#4', '5', 'b6', '6', 'b7', '7'];

function rulesOf(sheet: Sheet, tonic: string, wish: TuneWish, options: TaskOptions): TuneRules {
  const home = midiOf(referenceTonic(tonic));
  const modes = [...new Set(sheet.bars.map(({ mode }) => mode))];
  const plain = Array.from({ length: 15 }, (_, i) => chromaName(i - 6));
  const names = options.accidentals === 'chromatic' ? plain : modes.flatMap(namesOf);
  const [low, high] = wish.range ? wish.range.map((pitch) => midiOf(pitch) - home) : usualRange(home);
  const range = {
    chords: [0, 0],
    melody: [low!, high!],
    inner: trackRange(options, 'inner', home, [48, 76]),
    accompaniment: trackRange(options, 'accompaniment', home, [45, 88]),
    bass: trackRange(options, 'bass', home, [29, 64]),
  } as const;
  return {
    names: new Set(names),
    range,
    mostLeap: options.mostLeap ?? 12,
    chordTones: options.chordTones ?? true,
    ornaments: options.ornaments ?? false,
    mostAtOnce: 4,
  };
}

function trackRange(
  { ranges }: TaskOptions,
  track: Track,
  home: number,
  usual: readonly [number, number],
): readonly [number, number] {
  const [low, high] = ranges?.[track]?.map(midiOf) ?? usual;
  return [low! - home, high! - home];
}

/** G3 to C6 at the widest: where most instruments that lead are at home. */
function usualRange(home: number): [number, number] {
  return [57 - home, 84 - home];
}

function rangeControls(range: readonly [string, string], tonic: string): Pick<Controls, 'low' | 'high'> {
  const home = midiOf(referenceTonic(tonic));
  return { low: midiOf(range[0]) - home, high: midiOf(range[1]) - home };
}
