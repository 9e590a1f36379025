import type { Concept, Feeling } from './lexicon.ts';

/** A piece of the brief that names something the poem can be about. */
export interface Mention {
  /** Place in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** As the text has it. */
  readonly name: string;
  readonly concepts: readonly Concept[];
  /** Classical words that stand in the brief and are themes by themselves. */
  readonly words: readonly string[];
  /** How surely it is meant, 0–1: named outright, or only guessed from single characters. */
  readonly sureness: number;
}

/** What a text was taken apart into. */
export interface Segments {
  readonly mentions: readonly Mention[];
  readonly feelings: readonly Feeling[];
  /** Pieces that mean something, but nothing we know. */
  readonly unknown: readonly string[];
}
