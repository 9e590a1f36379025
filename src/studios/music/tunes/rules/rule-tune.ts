/** A tune by rule before it is notated: its plan, and the phrases that carry it out. */
import type { Phrase, PhraseSetting } from './phrase.ts';
import type { PhrasePlan } from './phrase-plan.ts';

export interface RuleTune {
  readonly plan: readonly PhrasePlan[];
  readonly phrases: readonly Phrase[];
  readonly setting: PhraseSetting;
}
