/** A poem as a document, and the proof of its form: plain data, stored as JSON in a work. */
import type { RhymeBookName, ToneClass } from './prosody/types.ts';

/** The document of the medium `verse`, version 1. */
export interface Poem {
  readonly version: 1;
  readonly title: string;
  /** `VerseForm.id`; `free` when it claims no form. */
  readonly form: string;
  readonly rhymeBook: RhymeBookName;
  /** Lines without punctuation; free verse as it was written, with empty lines between stanzas. */
  readonly lines: readonly string[];
  readonly proof: Proof;
  /** Line and place, from 0, of each character that the artist locked; absent: none. */
  readonly locked?: readonly (readonly [number, number])[];
}

/** What was found at one place of a poem. */
export interface SyllableProof {
  readonly character: string;
  readonly line: number;
  readonly place: number;
  readonly required: ToneClass | '中';
  /** The tone class under which the place is satisfied, or the commonest one. */
  readonly found: ToneClass | '?';
  readonly pinyin: string;
  /** Rhyme key in the book, where this place rhymes. */
  readonly rhyme?: string;
  /** All readings, when there is more than one tone class. */
  readonly polyphone?: readonly string[];
  /** A recognised 拗救 makes the place good although its tone differs from the pattern. */
  readonly rescuedBy?: string;
}

/** One broken rule: a stable code (`tone`, `rhyme`, `rhyme-repeated`, `lonely-level`, `three-tail`, `length`, `line-count`, `repeats`, `unknown-character`, `refrain` …) and the sentence that says why. */
export interface Violation {
  readonly rule: string;
  readonly line: number;
  readonly place?: number;
  readonly message: { readonly en: string; readonly zh: string };
}

export interface Proof {
  readonly valid: boolean;
  readonly form: string;
  readonly rhymeBook: RhymeBookName;
  /** The rhyme key of each chain. */
  readonly rhymes: Readonly<Record<string, string>>;
  readonly syllables: readonly SyllableProof[];
  readonly violations: readonly Violation[];
  /** 对仗 score 0–1 for each couplet the form asks for; a measurement, never a violation. */
  readonly parallelism: readonly { readonly lines: readonly [number, number]; readonly score: number }[];
}
