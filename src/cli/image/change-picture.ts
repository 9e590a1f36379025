/** What commands share that make one picture into another: read or find it, run the op, show it, write it out. */
import type { JobResult } from '../../kernel/index.ts';
import { checkTarget, exportWork } from '../commands/export.ts';
import type { Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { indent } from '../verse/poem-sheet.ts';
import { pictureWork } from './picture-argument.ts';
import { pictureReply } from './picture-reply.ts';

export interface PictureChange {
  readonly op: string;
  readonly options: object;
  /** Other pictures that the op takes, such as a mask. */
  readonly also?: readonly string[];
  readonly seed: number;
  /** Said while it works. */
  readonly working: string;
  /** Property of the JSON answer that holds the op's report; none when absent. */
  readonly reportAs?: string;
  /** Lines after the picture. */
  readonly told?: (report: JobResult['report']) => readonly string[];
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
}

/** Changes the picture that an argument names. Throws `cli/file-exists` before anything is done. */
export async function changePicture(door: Door, picture: string, change: PictureChange): Promise<Reply> {
  const { op, options, also = [], seed, working, reportAs, told = () => [], out, force = false } = change;
  if (out !== undefined) checkTarget(out, force);
  const inputs: string[] = [];
  for (const each of [picture, ...also]) inputs.push((await pictureWork(door, each)).id);
  const os = await door.os();
  const result = await followJob(door, os.run({ op, inputs, options, seed, signal: door.world.signal }), working);
  const reply = await pictureReply(door, result);
  const written = out === undefined ? undefined : await exportWork(door, result.works[0]!.id, { out, force });
  return {
    json: { ...(reply.json as object), ...(reportAs && { [reportAs]: result.report }), ...(written?.json as object) },
    lines: [...reply.lines, ...indent([...told(result.report), ...(written?.lines ?? [])]), ''],
  };
}
