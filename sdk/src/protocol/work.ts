/**
 * A work as clients see it: the public shape `{"works":[{"id","medium","text","lines",…}]}`.
 * Works may gain properties without a new protocol; nothing named here goes away.
 */
import { z } from 'zod';
import { openObject, wireErrorSchema } from './words.ts';

/** One place of a poem: what its form asks, what stands there. */
export const syllableProofSchema = openObject({
  character: z.string(),
  line: z.int(),
  place: z.int(),
  required: z.string(),
  found: z.string(),
  pinyin: z.string(),
  rhyme: z.string().optional(),
});

/** One broken rule. */
export const violationSchema = openObject({
  rule: z.string(),
  line: z.int(),
  place: z.int().optional(),
  message: z.object({ en: z.string(), zh: z.string() }),
});

/** The proof of a poem's form, character by character. */
export const proofSchema = openObject({
  valid: z.boolean(),
  form: z.string(),
  rhymeBook: z.string(),
  rhymes: z.record(z.string(), z.string()),
  syllables: z.array(syllableProofSchema),
  violations: z.array(violationSchema),
});
export type VerseProof = z.output<typeof proofSchema>;

/** How a poem stands to the poems its model was trained on. */
export const noveltySchema = openObject({
  copiedLines: z.array(openObject({ line: z.string(), author: z.string(), title: z.string() })),
  /** Copied lines over checked lines, 0–1. */
  share: z.number(),
});
export type Novelty = z.output<typeof noveltySchema>;

/** The model that made a work; its digest is a SHA-256. */
export const modelSchema = z.object({ name: z.string(), digest: z.string(), engine: z.string() });

/** What every work shows, also in lists. */
export const workSummarySchema = openObject({
  /** 16 hex digits. */
  id: z.string(),
  medium: z.string(),
  title: z.string(),
  /** The work in words: a poem's lines with punctuation, one sentence to a line; empty for works that are no text. */
  text: z.string(),
  /** A poem's lines without punctuation. */
  lines: z.array(z.string()).optional(),
  form: z.string().optional(),
  rhymeBook: z.string().optional(),
  seed: z.number(),
  /** Null for works that no model made. */
  model: modelSchema.nullable(),
  op: z.string(),
  /** Ids of the works it was made from. */
  parents: z.array(z.string()),
  /** SHA-256 of the content. */
  content: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** Why the content of a listed work could not be read; its text is then empty. */
  fault: wireErrorSchema.optional(),
});
export type WorkSummary = z.output<typeof workSummarySchema>;

/** A work with what is known about it. */
export const workSchema = workSummarySchema.extend({
  proof: proofSchema.optional(),
  /** Null where the lines were not compared with anything. */
  novelty: noveltySchema.nullable().optional(),
  /** By what it was chosen among the candidates; null where it was not. */
  scores: z.record(z.string(), z.unknown()).nullable().optional(),
  /** The plain data of works that are no verse, such as plans. */
  document: z.unknown().optional(),
});
export type Work = z.output<typeof workSchema>;
