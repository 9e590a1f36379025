/**
 * What every op that writes several and keeps the best has in common: by the model or, where it cannot, by rule (and then the
 * report says why); all weighed, best first, every number kept.
 */
import { z } from 'zod';
import { OsError } from '../../../core/index.ts';
import type { Bilingual, OpContext, OpResult, TokenModel } from '../../../kernel/index.ts';
import { rank, type Worth, weigh } from '../rank.ts';
import type { Score } from '../score/index.ts';
import type { TuneScores } from '../tunes/index.ts';
import { toWork } from './work.ts';

/** Options of ops that write several by a tune model or by rule. */
export const choiceShape = {
  count: z.int().min(1).max(20).default(1).describe('how many to keep'),
  candidates: z.int().min(1).max(64).default(6).describe('how many to write and choose from'),
  temperature: z.number().min(0).max(2).default(0.95).describe('higher is bolder; for models only'),
  model: z.string().optional().describe('a tune model; by rule when absent'),
};

/** Something written, before it is weighed. */
export interface Draft {
  readonly score: Score;
  /** Numbers of the model about it; none by rule. */
  readonly scores?: TuneScores | undefined;
  /** More facts that belong to the work. */
  readonly facts?: object | undefined;
}

/** How drafts came to be, and why not by the model that was asked. */
export interface Way {
  readonly by: 'model' | 'rules';
  readonly instead?: { readonly code: string; readonly reason: Bilingual } | undefined;
}

export interface Drafted {
  readonly way: Way;
  readonly drafts: readonly Draft[];
}

/** What a model may be unable to do with a piece, where rules can go on. */
const BEYOND_MODEL: readonly string[] = [
  'music/no-candidate',
  'music/beyond-tune-language',
  'music/too-long-for-model',
];

/** Writes by the named model, or by rule when none is named or this one cannot finish. Throws what else either throws. */
export async function draftBy(
  context: OpContext,
  model: string | undefined,
  { byModel, byRules }: { byModel(model: TokenModel): Promise<readonly Draft[]>; byRules(): Promise<readonly Draft[]> },
): Promise<Drafted> {
  if (model === undefined) return { way: { by: 'rules' }, drafts: await byRules() };
  try {
    return { way: { by: 'model' }, drafts: await byModel(await context.tokenModel()) };
  } catch (error) {
    if (!(error instanceof OsError) || !BEYOND_MODEL.includes(error.code)) throw error;
    const reason = { en: error.message, zh: error.zh?.message ?? error.message };
    return { way: { by: 'rules', instead: { code: error.code, reason } }, drafts: await byRules() };
  }
}

/** As many drafts by rule, with a breath between them. */
export async function draftEach(context: OpContext, count: number, write: (i: number) => Score): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (let i = 0; i < count; i++) {
    context.progress({ done: i, total: count, note: WRITTEN });
    drafts.push({ score: write(i) });
    await context.breathe();
  }
  return drafts;
}

/** What progress counts. */
export const WRITTEN: Bilingual = { en: 'tunes written', zh: '曲调已写成' };

/** The numbers of a candidate as a report shows them. */
export interface CandidateReport {
  readonly worth: Worth;
  readonly scores?: TuneScores | undefined;
  readonly kept: boolean;
}

/** Weighs drafts, in the manner `style` if one was asked, and keeps the best `count` that differ; the report holds the numbers of all, best first. */
export async function chooseBest(
  context: OpContext,
  { way, drafts }: Drafted,
  { count, style, facts = {}, report = {} }: { count: number; style?: string; facts?: object; report?: object },
): Promise<OpResult> {
  const weighed: (Draft & { readonly worth: Worth })[] = [];
  for (const draft of drafts) {
    weighed.push({ ...draft, worth: weigh(draft.score, style) });
    await context.breathe();
  }
  const ranked = rank(weighed);
  const best = ranked
    .filter(({ score }, i) => ranked.findIndex((other) => sounds(other.score) === sounds(score)) === i)
    .slice(0, count);
  return {
    works: best.map(({ score, worth, scores, facts: own }) =>
      toWork(score, { by: way.by, worth, ...(scores && { scores }), ...facts, ...own }),
    ),
    report: {
      ...report,
      way,
      candidates: ranked.map(
        (each): CandidateReport => ({
          worth: each.worth,
          ...(each.scores && { scores: each.scores }),
          kept: best.includes(each),
        }),
      ),
    },
  };
}

/** What is heard, to tell candidates apart. */
function sounds({ parts, chords }: Score): string {
  return JSON.stringify([parts.map(({ notes }) => notes.map(({ at, length, pitch }) => [at, length, pitch])), chords]);
}
