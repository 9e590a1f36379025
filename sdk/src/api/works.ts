/** Works as the doors show them: a card in lists, the whole work on its page. */
import { z } from 'zod';
import { bilingualSchema, openObject, workSchema, workSummarySchema } from '../protocol/index.ts';

/** What the artist put on a work; none of it changes the work. */
export const marksSchema = openObject({
  starred: z.boolean(),
  /** Names of the boards it hangs on. */
  boards: z.array(z.string()),
  trashed: z.boolean(),
});
export type Marks = z.output<typeof marksSchema>;

/** A work in a list: what every work shows, its marks, and where to see it. */
export const workCardSchema = workSummarySchema.extend({
  mime: z.string(),
  size: z.number(),
  marks: marksSchema,
});
export type WorkCard = z.output<typeof workCardSchema>;

export const measureSchema = openObject({ name: z.string(), value: z.number(), summary: bilingualSchema });

/** One way to take it along. */
export const formatSchema = openObject({
  name: z.string(),
  extension: z.string(),
  mime: z.string(),
  summary: bilingualSchema.optional(),
});

/** The whole of what is known of a work. */
export const workPageSchema = workSchema.extend({
  mime: z.string(),
  size: z.number(),
  marks: marksSchema,
  /** The options it was made with. */
  options: z.unknown(),
  version: z.int(),
  measures: z.array(measureSchema),
  formats: z.array(formatSchema),
  /** What a model wrote of a text from the editor: its share, 0–1, and in verse the line and place of each character. */
  hands: openObject({ share: z.number(), machine: z.array(z.tuple([z.int(), z.int()])).optional() }).optional(),
  /** What an engine was asked for that made it, whether it would give the same again, and what it cost. */
  engine: openObject({
    name: z.string(),
    /** Words, numbers and sizes as they went to it. */
    asked: z.record(z.string(), z.unknown()),
    repeatable: z.boolean(),
    cost: openObject({ amount: z.number(), currency: z.string() }).optional(),
    notes: z.array(bilingualSchema),
  }).optional(),
  /** The latest 200 acts on the ledger that name it, oldest first; `/api/ledger?work=ID&before=SEQ` has earlier ones. */
  acts: z.array(openObject({ seq: z.int(), at: z.string(), actor: z.string(), act: z.string(), facts: z.unknown() })),
  /** Names of ops that take a work of this medium first, for "continue in another medium". */
  next: z.array(z.string()),
});
export type WorkPage = z.output<typeof workPageSchema>;

/** Which works to list, newest first. */
export const workQuerySchema = z.strictObject({
  text: z.string().optional().describe('words in the title, the text or the brief; all must occur'),
  medium: z.string().optional().describe('verse, prose, music, picture, plan, file …; several parted by commas'),
  starred: z.stringbool().optional(),
  board: z.string().optional(),
  trashed: z.stringbool().optional().describe('only what is in the trash; default: only what is not'),
  all: z.stringbool().optional().describe('plans and files too, which are left out unless a medium is named'),
  before: z.string().optional().describe('id of a work: only older ones'),
  limit: z.coerce.number().int().min(1).max(500).optional().describe('default 50'),
});
export type WorkQuery = z.input<typeof workQuerySchema>;

/** One work in the graph of what was made from what. */
export const lineageNodeSchema = openObject({
  id: z.string(),
  medium: z.string(),
  title: z.string(),
  op: z.string(),
  parents: z.array(z.string()),
  createdAt: z.string(),
  /** Made from a work that has a newer version by the same op; or by an op, version or model that has changed since. */
  stale: z.boolean(),
  /** Why, for people; null when it is not. */
  why: bilingualSchema.nullable(),
});
export type LineageGraphNode = z.output<typeof lineageNodeSchema>;
