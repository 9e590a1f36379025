/** What the critic says: findings, and the rules they come from. */
import type { Bilingual } from '../../../kernel/index.ts';
import { type Part, placeAt, type Score } from '../score/index.ts';
import type { Hearing } from './hearing.ts';

/** `fault`: breaks a rule of the style · `warning`: most would change it · `hint`: worth a look · `note`: said for information. */
export const SEVERITIES = ['fault', 'warning', 'hint', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing the critic noticed. */
export interface Finding {
  /** Name of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly at: number;
  /** Counted from 1; a pickup bar is 0. */
  readonly bar: number;
  /** Felt beat from 1, with its fraction. */
  readonly beat: number;
  /** Id of the part it is about; absent when it is about the whole. */
  readonly part?: string;
  /** Id of the other part of a pair. */
  readonly other?: string;
  readonly message: Bilingual;
  /** What to try. */
  readonly mend: Bilingual;
}

/** A finding before it is placed in bars. */
export type Remark = Omit<Finding, 'rule' | 'bar' | 'beat'>;

/** A rule of the critic: bounded work over one hearing of a score. */
export interface Rule {
  readonly name: string;
  readonly summary: Bilingual;
  readonly check: (hearing: Hearing) => Iterable<Remark>;
}

/** Puts a remark into its place in the score. */
export function findingOf(rule: string, score: Score, remark: Remark): Finding {
  const { bar, beat } = placeAt(score, remark.at);
  return { rule, ...remark, bar, beat: Math.round(beat * 1000) / 1000 };
}

/** What to call a part in a sentence. */
export function nameOfPart({ name, id }: Pick<Part, 'name' | 'id'>): string {
  return name.trim() || id;
}
