/** Agents: how they are called, how they stand, and what the artist can do with them. */
import { z } from 'zod';
import { bilingualSchema, openObject } from '../protocol/index.ts';
import { workId } from './jobs.ts';
import { workCardSchema } from './works.ts';

const task = openObject({ role: z.string(), goal: z.string() });
const act = z.record(z.string(), z.unknown());
const use = openObject({ steps: z.number(), seconds: z.number(), tokens: z.number(), money: z.number() });

/** Which state of its role's prompt file: its version, and the SHA-256 of what it says. */
const mark = openObject({ version: z.int(), digest: z.string() });

const agentFields = openObject({
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
      act,
      by: z.string(),
      /** The prompt that the model was told; absent where rules thought. */
      prompt: mark.optional(),
      works: z.array(z.string()),
      seen: z.string(),
      failed: z.string().optional(),
      facts: z.unknown().optional(),
    }),
  ),
  /** Decided, and not yet done. */
  pending: openObject({ words: z.string(), act, by: z.string(), prompt: mark.optional() }).optional(),
  /** What it was given, then what it made; a context calls them w1, w2 … */
  works: z.array(z.string()),
  /** How many of them it was given. */
  given: z.int(),
  /** What was said to it and what it noted; `at`: after how many steps. */
  memory: z.array(openObject({ from: z.enum(['artist', 'agent', 'system']), text: z.string(), at: z.int() })),
  /** The prompt of its role when it last ran; `now`: as the file is now, where that is another. */
  prompt: mark.extend({ now: mark.optional() }).optional(),
  used: use,
  budget: use.extend({ context: z.number() }),
  question: openObject({ words: bilingualSchema, grant: z.array(z.enum(['send', 'spend'])).optional() }).optional(),
  outcome: z.string().optional(),
  /** The model gave no usable answers, or was refused: rules think since then. */
  fellBack: z.literal(true).optional(),
  /** Where words of strangers came in first; since then it asks before it sends or spends. */
  taint: openObject({ step: z.int(), source: z.string() }).optional(),
  /** What was allowed for this run. */
  grants: z.array(z.enum(['send', 'spend'])),
  /** The job in which it waits or runs; absent: nobody runs it. */
  job: z.string().optional(),
  createdAt: z.string(),
});

/** Only where one agent is asked for: `below`, the agents that it called, oldest first, and `cards` of all works of theirs and its own. */
export const agentSchema = agentFields.extend({
  below: z.array(agentFields).optional(),
  cards: z.array(workCardSchema).optional(),
});
export type AgentView = z.output<typeof agentSchema>;

const tasks = z.array(z.strictObject({ role: z.string().max(40), goal: z.string().min(1).max(4000) })).max(50);
/** The most that may be given to one agent over HTTP; the command line sets no such end. */
const budget = z.strictObject({
  steps: z.int().min(1).max(200).optional().describe('thoughts that lead to acts; default 24'),
  seconds: z.number().min(1).max(14_400).optional().describe('of work, not of waiting; default 900'),
  tokens: z.int().min(0).max(2_000_000).optional().describe('read and written; default 200000'),
  money: z.number().min(0).max(100).optional().describe("in the currency of the model's prices; default 0"),
});

const modelName = z.string().min(1).max(100).nullable();

/** A brief for an agent. */
export const startAgentSchema = z.strictObject({
  brief: z.string().max(20_000).describe('what it shall make, in Chinese or English'),
  role: z
    .string()
    .max(40)
    .optional()
    .describe('director (default), poet, painter, composer, storyteller, editor, critic'),
  language: z.enum(['zh', 'en']).optional().describe('default: that of the brief'),
  model: modelName
    .optional()
    .describe('a model that is spoken to; null: by rules; default: the one preferred for chat, else rules'),
  models: z.record(z.string(), modelName).optional().describe('models of single roles, by the name of the role'),
  works: z.array(workId).max(100).optional().describe('works that it is given'),
  budget: budget.optional(),
  seed: z.int().min(0).optional(),
});
export type StartAgentRequest = z.input<typeof startAgentSchema>;

const text = z.string().min(1).max(20_000);

export const agentControlSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('edit-plan'), tasks }),
  z.strictObject({ do: z.literal('answer'), text }),
  z.strictObject({ do: z.literal('tell'), text }),
  // Allowing is the artist's own: at the command line, or in the studio; a program that brings the key is refused.
  z.strictObject({ do: z.literal('grant'), allow: z.boolean() }),
  z.strictObject({ do: z.literal('take-over') }),
  z.strictObject({ do: z.literal('hand-back'), works: z.array(workId).max(100).optional() }),
]);
