/**
 * Judges the reading of scenes against briefs labelled by hand.
 *
 *   boat*2@far>on:river+moored   two moored boats, far off, on a river
 *   a|b either will do · ?a may be there, need not · -a must be among the things kept out
 */
import { readScene } from '../../src/studios/plan/index.ts';

export interface Labelled {
  readonly brief: string;
  readonly expect: string;
}

/** Sums over briefs; `faults` says in words what went wrong. */
export interface Verdict {
  readonly briefs: number;
  readonly named: number;
  readonly found: number;
  readonly places: number;
  readonly placed: number;
  readonly strangers: number;
  readonly kept: number;
  readonly keptOut: number;
  readonly faults: readonly string[];
}

type Elements = NonNullable<ReturnType<typeof readScene>['scene']>['elements'];

/** Judges all briefs. */
export function judgeScenes(rows: readonly Labelled[]): Verdict {
  const sum = { briefs: rows.length, named: 0, found: 0, places: 0, placed: 0, strangers: 0, kept: 0, keptOut: 0 };
  const faults: string[] = [];
  for (const { brief, expect } of rows) {
    const { scene } = readScene(brief);
    const elements = scene?.elements ?? [];
    const allowed = new Set<string>();
    const fault = (what: string): void => void faults.push(`${brief.replaceAll('\n', ' / ')}: ${what}`);
    for (const word of expect.split(' ').filter((part) => part !== '')) {
      for (const id of word.matchAll(/(?<=^|\||\?)[a-z-]+/gu)) allowed.add(id[0]);
      if (word.includes('?')) continue;
      if (word.startsWith('-')) {
        sum.kept++;
        if (scene?.without?.includes(word.slice(1))) sum.keptOut++;
        else fault(`${word} not kept out`);
        continue;
      }
      const choices = word.split('|').map((choice) => judge(choice, elements));
      const best = choices.reduce((one, other) => (other.score > one.score ? other : one));
      sum.named++;
      if (best.isFound) sum.found++;
      else fault(`${word} missing`);
      sum.places += best.places;
      sum.placed += best.placed;
      if (best.isFound && best.placed < best.places) fault(`${word} placed otherwise`);
    }
    const strange = elements.filter(({ id, source }) => source !== '' && !allowed.has(id));
    sum.strangers += strange.length;
    if (strange.length > 0) fault(`strangers ${strange.map(({ id }) => id).join(', ')}`);
  }
  return { ...sum, faults };
}

interface Judged {
  readonly isFound: boolean;
  readonly places: number;
  readonly placed: number;
  readonly score: number;
}

/** The best element for one choice of a label: every mark after the id counts as one place. */
function judge(choice: string, elements: Elements): Judged {
  const id = /^[a-z-]+/u.exec(choice)![0];
  const marks = choice.slice(id.length).match(/[*@>+][^*@>+]+/gu) ?? [];
  const same = elements.filter((element) => element.id === id && element.source !== '');
  const placed = same.map((element) => marks.filter((mark) => holds(mark, element, elements)).length);
  const most = Math.max(0, ...placed);
  const isFound = same.length > 0;
  return { isFound, places: marks.length, placed: most, score: Number(isFound) * 10 + most - marks.length };
}

function holds(mark: string, element: Elements[number], elements: Elements): boolean {
  const value = mark.slice(1);
  if (mark[0] === '*') return (element.count ?? 1) === Number(value) || total(element.id, elements) === Number(value);
  if (mark[0] === '+') return element.states?.includes(value) ?? false;
  if (mark[0] === '@') return [element.depth, element.side, element.level].includes(value as 'far');
  const [how, to] = value.split(':');
  return element.relation?.how === how && elements[element.relation?.to ?? -1]?.id === to;
}

const total = (id: string, elements: Elements): number =>
  elements.filter((element) => element.id === id).reduce((sum, { count = 1 }) => sum + count, 0);
