/**
 * The op `plan/renew`: what the artist locked stays, the rest is proposed anew.
 *
 *   earlier plan ─▶ locked parts ──────────────┐
 *   its brief, or other words ─▶ read anew ────┴▶ plan
 *
 * Another seed draws other themes, another title and form. What no word of the brief names and nobody locked is left out, so that
 * every studio proposes it for itself.
 */
import { z } from 'zod';
import { defineOp, type Plan, type PlanPart, planSchema } from '../../kernel/index.ts';
import { readBrief } from './read-brief.ts';

export const renewPlan = defineOp({
  name: 'plan/renew',
  version: 1,
  summary: {
    en: 'Proposes a plan anew; what is locked in it stays.',
    zh: '重新拟定创作方案，锁定之处保持不变。',
  },
  options: z.object({
    brief: z.string().optional().describe("other words of the artist; the plan's own when absent"),
    forms: z.array(z.string()).optional().describe('names of verse forms and tunes that can be asked for'),
  }),
  inputs: [{ name: 'plan', medium: 'plan' }],
  run({ seed }, [planWork], { brief, forms }) {
    const plan = planSchema.parse(planWork!.document);
    const document = renew(plan, { brief, forms, seed });
    return { works: [{ medium: 'plan', title: document.title ?? planWork!.work.title, document }] };
  },
});

interface RenewOptions {
  readonly brief?: string | undefined;
  readonly forms?: readonly string[] | undefined;
  readonly seed: number;
}

/** The plan read anew with the locked parts of the earlier one; locks last. Throws what `readBrief` throws. */
export function renew(plan: Plan, { brief = plan.brief, forms, seed }: RenewOptions): Plan {
  const picture = plan.scene !== undefined;
  const fresh = readBrief(brief, { forms, seed, keep: plan.scene?.elements, picture, language: plan.language });
  return hold(plan, fresh);
}

/** Another plan with the locked parts of an earlier one; locks last. */
export function hold(plan: Plan, fresh: Plan): Plan {
  const { locked = [] } = plan;
  const held = locked.reduce((now, part) => HOLD[part](plan, now), fresh);
  return locked.length > 0 ? { ...held, locked } : held;
}

/** Puts one part of an earlier plan, or its absence, into another. */
type Hold = (from: Plan, into: Plan) => Plan;

const HOLD: Readonly<Record<PlanPart, Hold>> = {
  themes: ({ themes, imagery, title }, into) => ({
    ...without(into, 'title'),
    themes,
    imagery,
    ...(title && { title }),
  }),
  mood: ({ mood }, into) => ({ ...into, mood }),
  season: (from, into) => whole(from, into, 'season'),
  hour: (from, into) => whole(from, into, 'hour'),
  palette: (from, into) => whole(from, into, 'palette'),
  scene: (from, into) => whole(from, into, 'scene'),
  tempo: (from, into) => whole(from, into, 'tempo'),
  form: (from, into) => ({ ...into, verse: parts(from.verse, into.verse, ['form', 'formProposed']) }),
  style: (from, into) => ({ ...into, music: parts(from.music, into.music, ['style']) }),
  key: (from, into) => ({ ...into, music: parts(from.music, into.music, ['tonic', 'mode']) }),
};

function whole(from: Plan, into: Plan, name: 'season' | 'hour' | 'palette' | 'scene' | 'tempo'): Plan {
  return { ...without(into, name), ...(from[name] !== undefined && { [name]: from[name] }) };
}

function parts<T extends object>(from: T | undefined, into: T | undefined, names: readonly (keyof T)[]): T {
  const kept = Object.entries(from ?? {}).filter(([name]) => names.includes(name as keyof T));
  const rest = Object.entries(into ?? {}).filter(([name]) => !names.includes(name as keyof T));
  return Object.fromEntries([...rest, ...kept]) as T;
}

function without<T extends object>(record: T, gone: keyof T): T {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== gone)) as T;
}
