/** Syllables to be sung: what a poem is taken apart into before it gets notes. */

/** Mandarin tones: 1 阴平 (55), 2 阳平 (35), 3 上声 (21, 214 before a pause), 4 去声 (51), 5 轻声. */
export type Tone = 1 | 2 | 3 | 4 | 5;

export interface Syllable {
  /** As it is written under the note. */
  readonly text: string;
  /** Place in its word; `single` for a word of one syllable and for every Chinese character. */
  readonly syllabic: 'single' | 'begin' | 'middle' | 'end';
  /** Mandarin only. */
  readonly tone?: Tone;
  /** English only: 2 primary, 1 secondary or a stressed little word, 0 unstressed. */
  readonly stress?: 0 | 1 | 2;
}

/** One line of a poem as syllables. */
export interface SungLine {
  readonly text: string;
  readonly language: 'zh' | 'en';
  readonly syllables: readonly Syllable[];
  /** The poem begins a strophe here. */
  readonly opens?: true;
}
