/** The critic: hears a score once, asks every rule, sorts what they say. */
import { refusal } from '../refusal.ts';
import { endOf, type Score } from '../score/index.ts';
import { BAR_RULE } from './bars.ts';
import { CLASH_RULE } from './clashes.ts';
import { type Finding, findingOf, type Rule } from './finding.ts';
import { FORM_RULES } from './form.ts';
import { hear } from './hearing.ts';
import { LEAP_RULE } from './leaps.ts';
import type { CritiqueOptions } from './options.ts';
import { PARALLEL_RULES } from './parallels.ts';
import { PLACE_RULES } from './places.ts';
import { RANGE_RULE } from './range.ts';
import { RESOLUTION_RULES } from './resolution.ts';
import { TONE_RULE } from './tone-conflicts.ts';

/** All rules, part-writing first. */
export const RULES: readonly Rule[] = [
  ...PARALLEL_RULES,
  ...PLACE_RULES,
  ...RESOLUTION_RULES,
  RANGE_RULE,
  LEAP_RULE,
  ...FORM_RULES,
  TONE_RULE,
  BAR_RULE,
  CLASH_RULE,
];

/**
 * Judges any sound score, in time about linear in its notes. Findings come in order of time. Throws `music/no-such-rule`
 * for names in `only` that are none.
 */
export function criticise(score: Score, options: CritiqueOptions = {}): Finding[] {
  const { only, most = 500 } = options;
  const stranger = only?.find((name) => RULES.every((rule) => rule.name !== name));
  if (stranger !== undefined) throw noSuchRule(stranger);
  const hearing = hear(score, options);
  const end = endOf(score);
  const findings: Finding[] = [];
  for (const { name, check } of RULES) {
    if (only && !only.includes(name)) continue;
    let kept = 0;
    for (const remark of check(hearing)) {
      findings.push(findingOf(name, score, { ...remark, at: Math.min(remark.at, end) }));
      kept += 1;
      if (kept >= most) break;
    }
  }
  return findings.sort((a, b) => a.at - b.at);
}

function noSuchRule(name: string): Error {
  const names = RULES.map((rule) => rule.name).join(', ');
  return refusal(
    'input',
    'music/no-such-rule',
    { en: `The critic has no rule '${name}'.`, zh: `没有名为“${name}”的检查规则。` },
    { en: `Rules: ${names}.`, zh: `可用规则：${names}。` },
  );
}
