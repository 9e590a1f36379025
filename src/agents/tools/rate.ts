/** Rating a work with the rubric of its medium: every score stands on evidence that can be checked, or it is dropped. */
import { z } from 'zod';
import type { Json } from '../../core/index.ts';
import { anyStrange, type Bilingual, type Hands, readInput, type Tool, workNamed } from '../../kernel/index.ts';
import rubric from '../rubric.json' with { type: 'json' };
import { schemaOf } from './look.ts';

interface Criterion {
  readonly name: string;
  readonly en: string;
  readonly zh: string;
  readonly measure: string;
  /** Value of the measure that is worth 10, and the one that is worth 0. */
  readonly good: number;
  readonly bad: number;
}

export interface Rating {
  readonly criterion: string;
  /** For people, where it is one of the rubric. */
  readonly title?: Bilingual;
  /** 0–10. */
  readonly score: number;
  /** A measure with its value, or words of the work. */
  readonly evidence: string;
}

const input = z.object({
  work: z.string(),
  scores: z
    .array(
      z.object({ criterion: z.string().min(1).max(60), score: z.number().min(0).max(10), evidence: z.string().min(1) }),
    )
    .optional(),
});

export function rateTool(hands: Hands): Tool {
  return {
    name: 'rate',
    summary: {
      en: 'Rates a work, each score with evidence: the name of a measure, or words of the work. Without scores, by the rubric alone.',
      zh: '为作品打分，每个分数附依据：测量的名字，或作品原文。不给分数则只按评分表。',
    },
    input: schemaOf(
      {
        work: { type: 'string' },
        scores: {
          type: 'array',
          items: schemaOf({
            criterion: { type: 'string' },
            score: { type: 'number', minimum: 0, maximum: 10 },
            evidence: { type: 'string' },
          }),
        },
      },
      ['work'],
    ),
    run: async (given, { state }) => {
      const { work: name, scores = [] } = readInput(input, given);
      const id = workNamed(state, name);
      const { work } = await hands.load(id);
      const measures = new Map((await hands.critique(id)).map(({ name: measure, value }) => [measure, value]));
      const words = await hands.wordsOf(id);
      const good = scores.filter(({ evidence }) => standsOn(evidence, measures, words));
      const dropped = scores.length - good.length;
      const ratings = [...byRubric(work.medium, measures), ...good];
      const lines = ratings.map(({ criterion, score, evidence }) => `${criterion} ${score}/10 — ${evidence}`);
      const note = {
        en: `${dropped} scores without evidence were dropped.`,
        zh: `${dropped} 个没有依据的分数未采用。`,
      };
      return {
        seen: [`${name} 《${work.title}》`, ...lines, ...(dropped > 0 ? [note[state.language]] : [])].join('\n'),
        strange: anyStrange(state, [id]),
        facts: { work: id, ratings, dropped } as unknown as Json,
      };
    },
  };
}

/** Scores that rules can give; a criterion whose measure was not taken is not scored. */
function byRubric(medium: string, measures: ReadonlyMap<string, number>): Rating[] {
  const criteria = (rubric as unknown as Record<string, readonly Criterion[]>)[medium] ?? [];
  return criteria.flatMap(({ name, en, zh, measure, good, bad }) => {
    const value = measures.get(measure);
    if (value === undefined) return [];
    const share = Math.min(1, Math.max(0, (value - bad) / (good - bad)));
    return [
      {
        criterion: name,
        title: { en, zh },
        score: Math.round(share * 10),
        evidence: `${measure} = ${Math.round(value * 1000) / 1000}`,
      },
    ];
  });
}

/** Evidence names a measure that was taken, or quotes at least two characters of the work. */
function standsOn(evidence: string, measures: ReadonlyMap<string, number>, words: string): boolean {
  if ([...measures.keys()].some((name) => evidence.includes(name))) return true;
  const quotes = [...evidence.matchAll(/[“"「『](.{2,}?)[”"」』]/gu)].map(([, quote]) => quote!);
  return (
    quotes.some((quote) => words.replaceAll('\n', '').includes(quote)) || (words !== '' && words.includes(evidence))
  );
}
