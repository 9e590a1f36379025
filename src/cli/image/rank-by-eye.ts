/**
 * Several pictures of one brief in the order in which the artist's own eye model finds that the words fit, best first. Only the order
 * changes; without such a model, or where it cannot compare, it stays.
 */
import type { JobResult } from '../../kernel/index.ts';
import type { Seen } from '../commands/look.ts';
import type { Door } from '../door.ts';
import { followJob } from '../follow-job.ts';

/** The order, and what was seen; `seen` is absent where nobody looked. */
export interface RankedPictures {
  readonly result: JobResult;
  readonly seen?: readonly Seen[];
  readonly model?: string;
}

/** As many as the op looks at. */
const MOST = 12;

export async function rankByEye(door: Door, result: JobResult, words: string): Promise<RankedPictures> {
  const { works } = result;
  const os = await door.os();
  const model = (await os.defaults()).eye;
  if (model === undefined || works.length < 2 || works.length > MOST) return { result };
  const inputs = works.map(({ id }) => id);
  const run = os.run({ op: 'image/look', inputs, options: { model, words }, seed: 0, signal: door.world.signal });
  const { report } = await followJob(door, run, door.say('look.working'));
  const { seen } = report as unknown as { readonly seen: readonly Seen[] };
  if (seen.some(({ match }) => match === undefined)) return { result, seen, model };
  const place = new Map(seen.map(({ work }, at) => [work, at]));
  return { result: { ...result, works: works.toSorted((a, b) => place.get(a.id)! - place.get(b.id)!) }, seen, model };
}
