/** What left this machine, what was stopped, and what the artist granted. */
import { z } from 'zod';
import { bilingualSchema, openObject } from '../protocol/index.ts';

/** A request that left, or was stopped; what is not known is absent. */
export const sentSchema = openObject({
  at: z.string(),
  host: z.string().describe('host and port; of what was stopped also a name or a program'),
  bytes: z.number().describe('of address and body; 0 for what was stopped'),
  bytesIn: z.number().optional().describe('of the answer, as far as it was read'),
  purpose: bilingualSchema.describe('what the content was'),
  use: z.string().optional().describe('chat, picture, sound, fetch-model, fetch-text'),
  status: z.number().optional(),
  failed: z.string().optional().describe('why no answer came'),
  cost: openObject({ amount: z.number(), currency: z.string() }).optional(),
  job: z.string().optional(),
  op: z.string().optional(),
  model: z.string().optional(),
  stopped: z.string().optional().describe('code of the refusal; absent for what left'),
  via: z.string().optional().describe('how it was tried, of what was stopped'),
});
export type SentView = z.output<typeof sentSchema>;

export const grantSchema = openObject({
  origin: z.string(),
  purposes: z.array(z.string()),
  near: z.boolean().describe('whether the host may lie on this machine or in the private network'),
  until: z.string().optional(),
  budget: openObject({ amount: z.number(), currency: z.string() }).optional(),
  at: z.string(),
});
export type GrantView = z.output<typeof grantSchema>;

export const wayOutSchema = openObject({
  closedBy: z
    .enum(['switch', 'environment'])
    .nullable()
    .describe('who closed the way out; null: what is granted may leave'),
  grants: z.array(grantSchema),
  keys: z.array(z.string()).describe('names of the keys that are kept, never a key'),
});
export type WayOutView = z.output<typeof wayOutSchema>;

/** Programs may only close and take back; opening and granting are the artist's, at the command line. */
export const wayOutChangeSchema = z.union([
  z.strictObject({ offline: z.literal(true) }),
  z.strictObject({ revoke: z.string().min(1).max(300).describe('origin of a grant') }),
]);
