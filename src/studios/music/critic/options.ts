/** Mandarin tones; 5 is the neutral one. */
export type Tone = 1 | 2 | 3 | 4 | 5;

/** What the critic is asked. */
export interface CritiqueOptions {
  /** Names of the rules to ask; default all. */
  readonly only?: readonly string[];
  /** Default: strict when 3 to 6 single lines move mostly together, else free (part-writing is hinted at only). */
  readonly style?: 'strict' | 'free';
  /** The four lines are a choir: its ranges count, not those of the instruments named. */
  readonly choir?: boolean;
  /** Mandarin tones of sung notes by part id, one per note of the part; empty for notes that go on with a syllable. */
  readonly tones?: Readonly<Record<string, readonly (Tone | null | undefined)[]>>;
  /** Findings kept of each rule; default 500. */
  readonly most?: number;
}
