/**
 * One brief, one kind of answer: what the brief asks for outright, or a poem where it asks for nothing.
 *
 *   brief ─▶ plan ─┬─ a tune is asked for ────▶ music/compose
 *                  ├─ a picture is asked for ─▶ image/paint
 *                  └─ else ───────────────────▶ verse/compose
 */
import type { Os } from '../../host/index.ts';
import { planSchema, type Work } from '../../kernel/index.ts';
import { type Listener, runHere, runJob } from './run-job.ts';

/** A brief and how it shall be answered. */
export interface BriefWish {
  readonly brief: string;
  readonly seed?: number | undefined;
  /** What to make, whatever the brief asks for. */
  readonly art?: 'poem' | 'picture' | 'tune' | undefined;
  /** Default 1. */
  readonly count?: number | undefined;
  /** Characters of a poem at most, punctuation apart. */
  readonly maxLength?: number | undefined;
  /** Options of the op that makes the art. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What was made of a brief, best first. */
export interface MadeOfBrief {
  readonly art: 'poem' | 'picture' | 'tune';
  readonly works: readonly Work[];
  readonly plan: Work;
  readonly seed: number;
}

const OPS = { poem: 'verse/compose', picture: 'image/paint', tune: 'music/compose' } as const;

/** Reads a brief and makes what it asks for. Throws what the ops throw, and `server/too-short-for-verse` and its kin. */
export async function makeOfBrief(os: Os, wish: BriefWish, listener: Listener): Promise<MadeOfBrief> {
  const { brief, count = 1 } = wish;
  const reading = { op: 'plan/read', options: { brief, ...(wish.art === 'picture' && { picture: true }) } };
  const read = await runHere(os, { ...reading, seed: wish.seed }, listener);
  const planWork = read.works[0]!;
  const plan = planSchema.parse((await os.load(planWork.id)).document);
  const art = wish.art ?? (plan.music?.asked ? 'tune' : plan.scene?.asked ? 'picture' : 'poem');
  const options = { ...wish.options, ...(count > 1 && { count }), ...(await fitting(os, art, wish)) };
  // The plan's seed is the work's too, so that the one seed a client sees makes both again.
  const made = await runJob(os, { op: OPS[art], inputs: [planWork.id], options, seed: read.seed }, listener);
  return { art, works: made.works, plan: planWork, seed: read.seed };
}

/** A form that is short enough; the model of tunes where there is one. */
async function fitting(os: Os, art: MadeOfBrief['art'], { maxLength, options = {} }: BriefWish): Promise<object> {
  if (art === 'poem') return maxLength === undefined ? {} : { maxLength };
  const writes = art === 'tune' && options.model === undefined && (await os.models.find('tunes'));
  return writes ? { model: 'tunes' } : {};
}
