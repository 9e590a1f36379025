/** A verse form as data: what each place of each line asks of its syllable. */
import type { RhymeBookName, ToneClass } from '../prosody/types.ts';

/** What a place asks: level, oblique, or either (中). */
export type ToneMark = ToneClass | '中';

/** One line (clause) of a form. */
export interface LinePattern {
  readonly tones: readonly ToneMark[];
  /** The rhyme this line's last syllable belongs to (chains change where a tune changes rhyme); absent: it must not rhyme by rule only where `VerseForm.rules` says so. */
  readonly rhyme?: { readonly chain: string; readonly toneClass: ToneClass };
  /** Places with a fixed tone where good poets now and then put the other one: for composing they are fixed, a checker lets them pass and says so. */
  readonly tolerant?: readonly number[];
  /** Punctuation after the line. */
  readonly mark: '，' | '。' | '、';
}

/** Rules beyond the tones of single places; each can be refuted on its own. */
export interface FormRules {
  /** 孤平: in regulated verse with level rhyme, the second syllable (fourth in seven-syllable lines) left alone between obliques. */
  readonly lonelyLevel: boolean;
  /** 三平尾 and 三仄尾. */
  readonly threeTail: boolean;
  /** 拗救: accept the recognised rescues (平平仄平仄, 孤平拗救, 对句相救). */
  readonly rescue: boolean;
  /** No rhyme word twice. */
  readonly distinctRhymeWords: boolean;
  /** How often one character may stand in the poem, refrains (叠句) excepted. */
  readonly maxRepeats: number;
  /** Pairs of lines that should be parallel (对仗), by index. */
  readonly couplets: readonly (readonly [number, number])[];
}

export interface VerseForm {
  /** Unique, e.g. `七绝/平起首句入韵`, `浣溪沙/1`. */
  readonly id: string;
  /** `七绝`, `浣溪沙`: what the artist asks for. */
  readonly name: string;
  readonly variant: string;
  readonly family: 'regulated' | 'tune' | 'old';
  readonly english: string;
  readonly lines: readonly LinePattern[];
  /** Index of the first line of every stanza; [0] for one stanza. */
  readonly stanzas: readonly number[];
  readonly defaultBook: RhymeBookName;
  readonly rules: FormRules;
  /** Lines whose end repeats an earlier line's end (叠句, 叠韵): the last `tail` syllables of both are the same, in reverse order where `reversed`. */
  readonly refrains?: readonly Refrain[];
}

/** 叠句: `line` ends as the earlier line `repeats` does. */
export interface Refrain {
  readonly line: number;
  readonly repeats: number;
  readonly tail: number | 'all';
  /** 调笑令: the last syllables come back in reverse order. */
  readonly reversed?: boolean;
}
