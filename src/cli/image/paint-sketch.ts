/** `paint --from-sketch`: a sketch becomes a painting; `--painter ink-quick`: so does the line drawing of a scene. */
import type { JobResult } from '../../kernel/index.ts';
import type { Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { indent } from '../verse/poem-sheet.ts';
import { notesOf, paintWords, type Words } from './paint-words.ts';
import { pictureWork } from './picture-argument.ts';
import { pictureReply } from './picture-reply.ts';

/** The painter that is a network: it paints over line drawings. */
export const QUICK = 'ink-quick';

/** How a sketch is painted; what is absent has the op's default. */
export interface SketchWishes {
  readonly model?: string | undefined;
  readonly longest?: number | undefined;
  readonly detail?: number | undefined;
  readonly seal?: string | undefined;
}

/** Reads the picture of an argument and paints it. Throws what finding and reading throw. */
export async function paintFromSketch(door: Door, sketch: string, seed: number, wishes: SketchWishes): Promise<Reply> {
  const { id } = await pictureWork(door, sketch);
  const result = await paintLines(door, id, seed, wishes);
  const reply = await pictureReply(door, result);
  const notes = notesOf(door, result);
  return { ...reply, json: { ...reply.json, notes }, lines: [...reply.lines, ...indent(notes.map(door.ink.quiet))] };
}

/** What `ink-quick` takes of the wishes of a painting. */
interface QuickWishes {
  readonly painter?: string;
  readonly longest?: number;
  readonly size?: readonly number[];
  readonly seal?: string;
}

/**
 * Paints words by whichever painter they name; `ink-quick` draws what they say in lines, without writing and seal, and has the network paint
 * every drawing. Throws as `paintWords`.
 */
export async function paintByName(
  door: Door,
  { model, ...words }: Words & Pick<SketchWishes, 'model'>,
  doing?: string,
): Promise<JobResult> {
  const { painter, longest, size, seal } = words.wishes as QuickWishes;
  if (painter !== QUICK) return paintWords(door, words, doing);
  const wishes = { ...words.wishes, painter: 'line', seal: '', settings: { hatching: 0 } };
  const drawn = await paintWords(door, { ...words, wishes }, doing);
  const painted: JobResult[] = [];
  for (const { id } of drawn.works)
    painted.push(
      await paintLines(door, id, words.seed, { model, seal, longest: longest ?? (size && Math.max(...size)) }),
    );
  const notes = [drawn, ...painted].flatMap(({ report }) => (report as { readonly notes?: object[] }).notes ?? []);
  return { ...painted[0]!, works: painted.flatMap(({ works }) => works), report: { notes } as never };
}

async function paintLines(door: Door, id: string, seed: number, wishes: SketchWishes): Promise<JobResult> {
  const os = await door.os();
  const options = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
  const run = os.run({ op: 'image/paint-sketch', inputs: [id], options, seed, signal: door.world.signal });
  return followJob(door, run, door.say('paint.working'));
}
