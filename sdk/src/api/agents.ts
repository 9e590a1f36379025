/** Agents: how they stand, and what the artist can do with them. */
import { z } from 'zod';
import { bilingualSchema, openObject } from '../protocol/index.ts';
import { workId } from './jobs.ts';

const task = openObject({ role: z.string(), goal: z.string() });
const use = openObject({ steps: z.number(), seconds: z.number(), tokens: z.number(), money: z.number() });

export const agentSchema = openObject({
  id: z.string(),
  role: z.string(),
  brief: z.string(),
  language: z.enum(['zh', 'en']),
  /** Null: it goes by rules. */
  model: z.string().nullable(),
  phase: z.enum(['ready', 'paused', 'asking', 'taken', 'done', 'failed', 'spent']),
  plan: z.array(task.extend({ state: z.enum(['open', 'done', 'dropped']), works: z.array(z.string()) })),
  steps: z.array(
    openObject({
      words: z.string(),
      act: z.record(z.string(), z.unknown()),
      by: z.string(),
      works: z.array(z.string()),
      seen: z.string(),
      failed: z.string().optional(),
      facts: z.unknown().optional(),
    }),
  ),
  works: z.array(z.string()),
  used: use,
  budget: use.extend({ context: z.number() }),
  question: openObject({ words: bilingualSchema, grant: z.array(z.enum(['send', 'spend'])).optional() }).optional(),
  outcome: z.string().optional(),
  createdAt: z.string(),
});
export type AgentView = z.output<typeof agentSchema>;

const tasks = z.array(z.strictObject({ role: z.string().max(40), goal: z.string().min(1).max(4000) })).max(50);
const text = z.string().min(1).max(20_000);

export const agentControlSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('edit-plan'), tasks }),
  z.strictObject({ do: z.literal('answer'), text }),
  z.strictObject({ do: z.literal('tell'), text }),
  // Allowing is done at the command line, as every grant is.
  z.strictObject({ do: z.literal('grant'), allow: z.literal(false) }),
  z.strictObject({ do: z.literal('take-over') }),
  z.strictObject({ do: z.literal('hand-back'), works: z.array(workId).max(100).optional() }),
]);
