/** `paint --from-sketch`: a sketch becomes a painting. */
import type { Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from './picture-argument.ts';
import { pictureReply } from './picture-reply.ts';

/** How a sketch is painted; what is absent has the op's default. */
export interface SketchWishes {
  readonly model?: string | undefined;
  readonly longest?: number | undefined;
  readonly detail?: number | undefined;
}

/** Reads the picture of an argument and paints it. Throws what finding and reading throw. */
export async function paintFromSketch(
  door: Door,
  sketch: string,
  seed: number,
  { model, longest, detail }: SketchWishes,
): Promise<Reply> {
  const { id } = await pictureWork(door, sketch);
  const os = await door.os();
  const options = {
    ...(model !== undefined && { model }),
    ...(longest !== undefined && { longest }),
    ...(detail !== undefined && { detail }),
  };
  const run = os.run({ op: 'image/paint-sketch', inputs: [id], options, seed, signal: door.world.signal });
  return pictureReply(door, await followJob(door, run, door.say('paint.working')));
}
