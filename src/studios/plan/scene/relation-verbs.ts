/** English verbs that say by what something is: `flowers carpet the meadow`, `peaks ring the lake`, `ivy climbs the wall`. */
import table from './relation-verbs.table.json' with { type: 'json' };
import type { How } from './token.ts';

/** Every form of every verb, with what it says; the bare form of a name that is a noun too is left out. */
export function relationVerbs(): readonly (readonly [string, How])[] {
  return table.verbs.flatMap(({ how, stems }) =>
    stems.split(' ').flatMap((verb) => formsOf(verb).map((form) => [form, how as How] as const)),
  );
}

/** The forms of a verb, its particle behind it: tower-over gives towers over, towering over. */
function formsOf(verb: string): string[] {
  const [stem, ...particle] = verb.split('-') as [string, ...string[]];
  const rest = particle.length > 0 ? ` ${particle.join(' ')}` : '';
  return [stem, thirdPerson(stem), participle(stem)].map((form) => `${form}${rest}`);
}

const thirdPerson = (stem: string): string =>
  /(?:s|x|ch|sh)$/u.test(stem) ? `${stem}es` : /[^aeiou]y$/u.test(stem) ? `${stem.slice(0, -1)}ies` : `${stem}s`;

function participle(stem: string): string {
  if (stem.endsWith('e') && !stem.endsWith('ee')) return `${stem.slice(0, -1)}ing`;
  return /^(?:dot|cap|hug|sit|top|rap|wrap|scar)$/u.test(stem) ? `${stem}${stem.at(-1)}ing` : `${stem}ing`;
}
