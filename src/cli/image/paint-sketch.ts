/** `paint --from-sketch`: a sketch becomes a painting; `--painter ink-quick`: so does the line drawing of a scene. */
import type { Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { paintWords, type Words } from './paint-words.ts';
import { pictureWork } from './picture-argument.ts';
import { pictureReply } from './picture-reply.ts';

/** How a sketch is painted; what is absent has the op's default. */
export interface SketchWishes {
  readonly model?: string | undefined;
  readonly longest?: number | undefined;
  readonly detail?: number | undefined;
}

/** Reads the picture of an argument and paints it. Throws what finding and reading throw. */
export async function paintFromSketch(door: Door, sketch: string, seed: number, wishes: SketchWishes): Promise<Reply> {
  const { id } = await pictureWork(door, sketch);
  return paintLines(door, id, seed, wishes);
}

/** Draws what the words say in lines, and has the network paint them. Throws as `paintWords`. */
export async function paintQuickly(
  door: Door,
  { model, ...words }: Words & Pick<SketchWishes, 'model'>,
): Promise<Reply> {
  const wishes = { ...words.wishes, painter: 'line', count: 1, settings: { hatching: 0 } };
  const { works } = await paintWords(door, { ...words, wishes });
  const { longest, size } = words.wishes as { readonly longest?: number; readonly size?: readonly number[] };
  return paintLines(door, works[0]!.id, words.seed, { model, longest: longest ?? (size && Math.max(...size)) });
}

async function paintLines(
  door: Door,
  id: string,
  seed: number,
  { model, longest, detail }: SketchWishes,
): Promise<Reply> {
  const os = await door.os();
  const options = {
    ...(model !== undefined && { model }),
    ...(longest !== undefined && { longest }),
    ...(detail !== undefined && { detail }),
  };
  const run = os.run({ op: 'image/paint-sketch', inputs: [id], options, seed, signal: door.world.signal });
  return pictureReply(door, await followJob(door, run, door.say('paint.working')));
}
