/** A work: one immutable version of an artwork, and how it gets its name. */
import { hashJson, type Json, type Sha256 } from '../core/index.ts';
import { hashRecord, type OpRecord } from './record.ts';

export interface Work {
  /** 16 hex digits, derived from record, place and content: the same act always makes the work of the same name. */
  readonly id: string;
  /** What kind of artwork: `plan`, `verse`, `image` … */
  readonly medium: string;
  readonly title: string;
  /** Hash of the content; the bytes lie in the blob store. */
  readonly content: Sha256;
  /** Documents are `application/json` in canonical form. */
  readonly mime: string;
  /** Content size in bytes. */
  readonly size: number;
  /** Ids of the works it was made from, in the op's input order. */
  readonly parents: readonly string[];
  readonly record: OpRecord;
  readonly recordHash: Sha256;
  /** Place among the works of the same run, 0 first. */
  readonly place: number;
  /** Named facts the op found about the work (scores, novelty); they describe the content and are no part of it. */
  readonly measures: Readonly<Record<string, Json | undefined>>;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** The parts of a work that do not follow from the others. */
export type WorkFacts = Omit<Work, 'id' | 'recordHash'>;

/** Names a work after what it is and how it was made. */
export function nameWork(facts: WorkFacts): Work {
  const recordHash = hashRecord(facts.record);
  const id = hashJson({ record: recordHash, place: facts.place, medium: facts.medium, content: facts.content });
  return { ...facts, id: id.slice(0, 16), recordHash };
}
