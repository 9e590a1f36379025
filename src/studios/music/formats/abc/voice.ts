/**
 * One voice while it is read: a cursor in whole notes from the beginning of the bar, the bars closed so far, and what is
 * waiting for the next note (ties, graces, signs, a tuplet, half of a broken rhythm).
 */
import {
  type Bar,
  type CLEFS,
  type Key,
  type Letter,
  MOST_BARS,
  MOST_NOTES,
  type Note,
  type SPANS,
  signatureAlter,
  tooManyNotes,
} from '../../score/index.ts';
import { tooManyBars } from '../too-many-bars.ts';
import type { TempoField } from './fields.ts';
import { add, compare, type Fraction, multiply, ONE, ZERO } from './fraction.ts';
import type { AbcWarnings, Place } from './source.ts';

/** A place in the piece: a bar of this voice and the time in it. */
export interface Spot {
  readonly bar: number;
  readonly at: Fraction;
}

/** A note as written; ties join several into one. */
export interface WrittenNote extends Spot {
  length: Fraction;
  readonly letter: Letter;
  readonly octave: number;
  readonly alter: number;
  readonly layer: number;
  /** The first of the tied notes; this one then only makes it longer. */
  readonly tiedTo?: WrittenNote;
  readonly about: Pick<Note, 'graces' | 'articulations' | 'ornaments' | 'lyrics'>;
}

/** Notes of one onset, or a rest: what a rhythm counts. */
export interface WrittenEvent extends Spot {
  length: Fraction;
  readonly notes: readonly WrittenNote[];
}

/** A bar of one voice. */
export interface WrittenBar {
  length: Fraction;
  readonly key: Key;
  readonly metre: Bar['metre'] | undefined;
  readonly signs: Partial<Bar>;
}

type Clef = (typeof CLEFS)[number];
export type WrittenMark = Spot & { readonly kind: 'dynamic' | 'text' | 'clef'; readonly value: string };
export interface WrittenSpan {
  readonly kind: (typeof SPANS)[number];
  readonly from: WrittenEvent;
  to?: WrittenEvent;
}

/** What a voice inherits from the header, and its `V:` field. */
export interface VoiceSettings {
  key: Key;
  metre: Bar['metre'] | undefined;
  metreSign: Bar['metreSign'];
  unit: Fraction;
  /** The unit was given by `L:`, so a new metre does not change it. */
  unitGiven: boolean;
  clef?: Clef;
  clefOctaves: number;
  /** From `octave=` and `transpose=`. */
  octaves: number;
  transposition: number;
  name?: string;
  programme?: number;
}

/** Notes counted over all voices of a tune. */
export interface Count {
  notes: number;
}

export class Voice {
  readonly id: string;
  readonly settings: VoiceSettings;
  readonly bars: WrittenBar[] = [];
  readonly notes: WrittenNote[] = [];
  readonly chords: (Spot & { readonly symbol: string })[] = [];
  readonly tempos: (Spot & { readonly tempo: TempoField })[] = [];
  readonly marks: WrittenMark[] = [];
  readonly spans: WrittenSpan[] = [];
  /** Events of the music line being read, for its lyrics. */
  lineEvents: WrittenEvent[] = [];
  verse = 0;
  /** Verses whose last line ended within a word. */
  readonly wordGoesOn = new Set<number>();

  now: Fraction = ZERO;
  layer = 0;
  last: WrittenEvent | undefined;
  /** Multiplies the next event: the second half of a broken rhythm. */
  broken: Fraction | undefined;
  tuplet: { factor: Fraction; left: number } | undefined;
  graces: string[] = [];
  signs: { articulations: NonNullable<Note['articulations']>; ornaments: NonNullable<Note['ornaments']> } = {
    articulations: [],
    ornaments: [],
  };
  /** Spans and slurs that open at the next event. */
  opening: WrittenSpan['kind'][] = [];
  closing: WrittenSpan['kind'][] = [];
  /** Of the bar being read. */
  barSigns: Partial<Bar> = {};
  ending: number[] | undefined;

  readonly #count: Count;
  readonly #warnings: AbcWarnings;
  #full: Fraction = ZERO;
  #accidentals = new Map<string, number>();
  /** By letter and octave; a chord may tie both A flat and A. */
  #ties = new Map<string, WrittenNote[]>();
  #open: WrittenSpan[] = [];
  propagate: 'pitch' | 'octave' | 'not' = 'pitch';

  constructor(id: string, settings: VoiceSettings, count: Count, warnings: AbcWarnings) {
    this.id = id;
    this.settings = settings;
    this.#count = count;
    this.#warnings = warnings;
  }

  get spot(): Spot {
    return { bar: this.bars.length, at: this.now };
  }

  /** The accidental a note sounds with; an explicit one holds for the rest of the bar. */
  alterOf(letter: Letter, octave: number, explicit: number | undefined): number {
    const place = this.propagate === 'pitch' ? letter : `${letter}${octave}`;
    if (explicit !== undefined) {
      if (this.propagate !== 'not') this.#accidentals.set(place, explicit);
      return explicit;
    }
    const tied = this.#ties.get(`${letter}${octave}`)?.[0];
    return this.#accidentals.get(place) ?? tied?.alter ?? signatureAlter(this.settings.key, letter);
  }

  /** Places an event at the cursor and moves on. Notes come as written: lengths relative to the event's own. */
  place(
    notes: readonly { letter: Letter; octave: number; alter: number; length: Fraction; tied: boolean }[],
    length: Fraction,
    place: Place,
  ): WrittenEvent {
    this.#count.notes += notes.length;
    if (this.#count.notes > MOST_NOTES) throw tooManyNotes(this.#count.notes);
    const factor = this.#takeFactor(place);
    const ties = this.#ties;
    this.#ties = new Map();
    const written = notes.map((note, i): WrittenNote => {
      const tiedTo = ties.get(`${note.letter}${note.octave}`)?.find(({ alter }) => alter === note.alter);
      const found: WrittenNote = {
        ...this.spot,
        letter: note.letter,
        octave: note.octave,
        alter: note.alter,
        layer: this.layer,
        length: multiply(note.length, factor, place),
        ...(tiedTo && { tiedTo: tiedTo.tiedTo ?? tiedTo }),
        about: i === 0 ? this.#takeSigns() : {},
      };
      if (note.tied) this.#tieOn(found);
      return found;
    });
    this.notes.push(...written);
    const event: WrittenEvent = { ...this.spot, length: multiply(length, factor, place), notes: written };
    this.#moveOn(event, place);
    this.#turnSpans(event);
    return event;
  }

  /** Ties the last event on to the next. */
  tie(): void {
    for (const note of this.last?.notes ?? []) this.#tieOn(note);
  }

  #tieOn(note: WrittenNote): void {
    const place = `${note.letter}${note.octave}`;
    const there = this.#ties.get(place);
    if (there) there.push(note);
    else this.#ties.set(place, [note]);
  }

  /** `a>b`: the last event takes from the next (`by` +1, +2 …) or gives to it. */
  breakRhythm(by: number, place: Place): void {
    const last = this.last;
    if (!last) return;
    const small = { n: 1, d: 2 ** Math.abs(by) };
    const great = { n: 2 ** (Math.abs(by) + 1) - 1, d: 2 ** Math.abs(by) };
    const [mine, theirs] = by > 0 ? [great, small] : [small, great];
    last.length = multiply(last.length, mine, place);
    for (const note of last.notes) note.length = multiply(note.length, mine, place);
    this.now = add(last.at, last.length, place);
    this.broken = theirs;
  }

  /** Ends the bar if anything is in it; true when it did. */
  closeBar(): boolean {
    const length = compare(this.#full, this.now) < 0 ? this.now : this.#full;
    this.#accidentals.clear();
    this.layer = 0;
    this.now = ZERO;
    this.#full = ZERO;
    this.broken = undefined;
    this.last = undefined;
    if (length.n === 0) return false;
    if (this.bars.length >= MOST_BARS) throw tooManyBars();
    const { key, metre, metreSign } = this.settings;
    const signs = { ...(metreSign && { metreSign }), ...this.barSigns, ...(this.ending && { ending: this.ending }) };
    this.bars.push({ length, key: this.#barKey ?? key, metre, signs });
    this.#barKey = undefined;
    this.barSigns = {};
    return true;
  }

  /** A new layer over the bar so far: `&`. */
  overlay(): void {
    if (compare(this.#full, this.now) < 0) this.#full = this.now;
    this.now = ZERO;
    this.layer = Math.min(this.layer + 1, 3);
    this.last = undefined;
    this.#ties = new Map();
  }

  /** Bars of silence: `Z4`. */
  restBars(count: number, place: Place): void {
    if (this.bars.length + count > MOST_BARS) throw tooManyBars();
    const [beats, unit] = this.settings.metre ?? [4, 4];
    for (let i = 0; i < count; i++) {
      this.place([], { n: beats, d: unit }, place);
      if (i < count - 1) this.closeBar();
    }
  }

  #barKey: Key | undefined;

  /** A new key: it sounds at once, and signs the bar it begins in, or the next one if this bar has begun. */
  setKey(key: Key): void {
    if (this.now.n > 0) this.#barKey ??= this.settings.key;
    this.settings.key = key;
    this.#accidentals.clear();
  }

  /** Spans left open end with the last event. */
  finish(): void {
    this.closeBar();
    for (const span of this.#open)
      this.#warnings.add({ line: 1, column: 1 }, `${span.kind} without an end`, `${span.kind} 没有结束`);
  }

  #takeFactor(place: Place): Fraction {
    let factor = this.broken ?? ONE;
    this.broken = undefined;
    if (this.tuplet) {
      factor = multiply(factor, this.tuplet.factor, place);
      if (--this.tuplet.left === 0) this.tuplet = undefined;
    }
    return factor;
  }

  #takeSigns(): WrittenNote['about'] {
    const { articulations, ornaments } = this.signs;
    const about = {
      ...(this.graces.length > 0 && { graces: this.graces }),
      ...(articulations.length > 0 && { articulations }),
      ...(ornaments.length > 0 && { ornaments }),
    };
    this.graces = [];
    this.signs = { articulations: [], ornaments: [] };
    return about;
  }

  #moveOn(event: WrittenEvent, place: Place): void {
    this.now = add(this.now, event.length, place);
    this.last = event;
    if (event.notes.length > 0) this.lineEvents.push(event);
  }

  /** A span that is open ends before another of its kind begins at the same event. */
  #turnSpans(event: WrittenEvent): void {
    const late = this.closing.filter((kind) => !this.closeSpan(kind, event));
    for (const kind of this.opening) this.#open.push({ kind, from: event });
    for (const kind of late) this.closeSpan(kind, event);
    this.opening = [];
    this.closing = [];
  }

  /** Ends the latest open span of a kind at an event; false when none is open. */
  closeSpan(kind: WrittenSpan['kind'], event: WrittenEvent): boolean {
    const i = this.#open.findLastIndex((span) => span.kind === kind);
    const [span] = i < 0 ? [] : this.#open.splice(i, 1);
    if (span) this.spans.push({ ...span, to: event });
    return span !== undefined;
  }
}
