/** Counts what was left out, by rule, with a few examples of each. */
import { hashJson } from '../../../core/index.ts';
import type { Removal, Rule } from './rules.ts';

/** One example, cut to a length people read. */
export interface Example {
  readonly id: string;
  readonly text: string;
  readonly like?: string;
  readonly because?: string;
}

/** What a rule left out. */
export interface RuleCount {
  readonly rule: Rule;
  readonly count: number;
  readonly characters: number;
  readonly examples: readonly Example[];
}

export interface Tally {
  add(id: string, removals: readonly Removal[]): void;
  /** By rule in the order of first use. */
  counts(): RuleCount[];
}

const EXAMPLES = 8;
const LONGEST = 240;

/** Creates an empty tally. The examples kept are a sample that depends on nothing but the removals themselves. */
export function createTally(): Tally {
  const rules = new Map<Rule, { count: number; characters: number; examples: (Example & { rank: string })[] }>();
  return {
    add: (id, removals) => {
      for (const { rule, text, ...more } of removals) {
        const entry = rules.get(rule) ?? { count: 0, characters: 0, examples: [] };
        rules.set(rule, entry);
        entry.count++;
        entry.characters += text.length;
        const short = cut(text);
        const rank = hashJson([id, short]);
        if (entry.examples.length >= EXAMPLES && rank > entry.examples.at(-1)!.rank) continue;
        entry.examples.push({ id, text: short, ...more, rank });
        entry.examples.sort((a, b) => (a.rank < b.rank ? -1 : 1));
        entry.examples.length = Math.min(entry.examples.length, EXAMPLES);
      }
    },
    counts: () =>
      [...rules].map(([rule, { count, characters, examples }]) => ({
        rule,
        count,
        characters,
        examples: examples.map(({ rank: _, ...example }) => example),
      })),
  };
}

function cut(text: string): string {
  const plain = text.trim();
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST / 2)} … ${plain.slice(-LONGEST / 2)}`;
}
