/** `paint --again`: the picture of a file once more, from what the file says. */
import type { Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { bringPicture } from './picture-argument.ts';
import { pictureReply } from './picture-reply.ts';

/** Brings a file and paints it again. Throws `cli/picture-missing`, `image/no-recipe`. */
export async function paintAgain(door: Door, file: string): Promise<Reply> {
  const { id } = await bringPicture(door, file);
  const os = await door.os();
  const { signal } = door.world;
  const read = os.run({ op: 'image/read', inputs: [id], seed: 0, signal });
  const { report } = await followJob(door, read, door.say('paint.reading'));
  const { engine, from = [] } = report as { readonly engine?: string; readonly from?: readonly string[] };
  const options = engine === undefined ? {} : { model: engine };
  const run = os.run({ op: 'image/paint-again', inputs: [id, ...from], options, seed: 0, signal });
  const result = await followJob(door, run, door.say('paint.working'));
  const { made } = result.report as {
    readonly made: { readonly version: number; readonly now: number; readonly same: boolean };
  };
  const reply = await pictureReply(door, result);
  const note = door.say('paint.otherVersion', { version: made.version, now: made.now });
  return {
    ...reply,
    json: { ...reply.json, again: made },
    lines: [...reply.lines, ...(made.same || engine !== undefined ? [] : [`  ${note}`])],
  };
}
