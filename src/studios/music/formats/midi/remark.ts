/**
 * What a MIDI file has no event for (spelling, voices, repeats, modes, ornaments) is kept beside the music in
 * sequencer-specific meta events: the maker's id for private use, `LA`, then JSON. Other programs step over them. A remark
 * stands just before the event it speaks of; a remark that does not fit what follows is not believed.
 */
import { z } from 'zod';
import { barSchema, noteSchema, partSchema, scoreSchema } from '../../score/index.ts';

const MAKER = [0x7d, 0x4c, 0x41];

const headSchema = scoreSchema
  .pick({ subtitle: true, composer: true, lyricist: true, language: true, tuning: true })
  .partial();
const barRemarkSchema = barSchema.omit({ at: true, label: true }).partial();
const partRemarkSchema = partSchema.omit({ name: true, notes: true, marks: true, spans: true }).extend({
  /** The part holds no loudness of its own: velocities in the file follow from the dynamics. */
  plain: z.boolean().optional(),
});
const noteRemarkSchema = noteSchema
  .omit({ at: true, length: true, velocity: true })
  .partial()
  .extend({ plain: z.boolean().optional() });

const remarkSchema = z.object({
  head: headSchema.optional(),
  bar: barRemarkSchema.optional(),
  tempo: z.string().max(100).optional(),
  part: partRemarkSchema.optional(),
  note: noteRemarkSchema.optional(),
  /** Without its time. */
  mark: z.record(z.string(), z.unknown()).optional(),
  /** Its time relative to the remark. */
  span: z.record(z.string(), z.unknown()).optional(),
});
export type Remark = z.infer<typeof remarkSchema>;
export type NoteRemark = z.infer<typeof noteRemarkSchema>;
export type PartRemark = z.infer<typeof partRemarkSchema>;
export type BarRemark = z.infer<typeof barRemarkSchema>;

/** The data of the meta event of a remark. */
export function formatRemark(remark: Remark): Uint8Array {
  return Uint8Array.from([...MAKER, ...new TextEncoder().encode(JSON.stringify(remark))]);
}

/** The remark in a meta event; undefined when it is another program's or damaged. */
export function parseRemark(data: Uint8Array): Remark | undefined {
  if (MAKER.some((byte, i) => data[i] !== byte)) return undefined;
  try {
    return remarkSchema.safeParse(JSON.parse(new TextDecoder().decode(data.subarray(MAKER.length)))).data;
  } catch {
    return undefined;
  }
}
