/** `paint --vary`: variations of a painting that is kept. */
import type { Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from './picture-argument.ts';
import { pictureReply } from './picture-reply.ts';

/** How far a variation goes, and how many there are; what is absent has the op's default. */
export interface VaryWishes {
  readonly strength?: number | undefined;
  readonly count?: number | undefined;
  readonly painter?: string | undefined;
  readonly longest?: number | undefined;
}

/** Paints variations of a picture. Throws what finding it throws, and `image/no-composition`. */
export async function paintVariations(door: Door, picture: string, seed: number, wishes: VaryWishes): Promise<Reply> {
  const { id } = await pictureWork(door, picture);
  const os = await door.os();
  const options = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
  const run = os.run({ op: 'image/vary', inputs: [id], options, seed, signal: door.world.signal });
  return pictureReply(door, await followJob(door, run, door.say('paint.working')));
}
