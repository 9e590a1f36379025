/** The record that goes with a picture's file: the recipe that the picture keeps, or what its work says. */
import type { InputWork } from '../../kernel/index.ts';
import { type OwnRecord, parseRecord } from './metadata/index.ts';
import { aboutOf } from './picture/index.ts';

/** Of a picture that was brought, what its file said stays with it. Throws `image/bad-picture`. */
export function recordOf({ work, bytes }: InputWork): OwnRecord {
  const about = aboutOf(bytes);
  const read = about.read as { readonly generation?: unknown; readonly made?: unknown } | undefined;
  const { op, version, seed, options } = work.record;
  const plain = { op, version, seed, place: work.place ?? 0, options: options ?? {} };
  const facts = { format: 1, work: work.id, title: work.title ?? '' };
  const made = about.made ?? read?.made ?? plain;
  const whole = { ...facts, made, ...(read?.generation !== undefined && { generation: read.generation }) };
  // What was kept in the picture once came from outside.
  return parseRecord(JSON.stringify(whole)) ?? ({ ...facts, made: plain } as OwnRecord);
}
