/**
 * Words that become pictures: what is left to chance is drawn, weights and negative words are read, the plain words become a plan, the plan is painted.
 *
 *   typed ─▶ alternatives drawn by the seed ─▶ plain words ─▶ plan ─▶ pictures
 *                                    └─▶ weights, negative words ──────▲
 */
import { createRandom } from '../../core/index.ts';
import type { JobResult } from '../../kernel/index.ts';
import type { Wildcards } from '../../studios/image/index.ts';
import type { Door } from '../door.ts';
import { followJob } from '../follow-job.ts';

export interface Words {
  readonly typed: string;
  readonly negative?: string | undefined;
  readonly wildcards?: Wildcards | undefined;
  readonly seed: number;
  /** Other options of the op. */
  readonly wishes: object;
}

/** Paints words; `doing` is shown meanwhile. Throws what drawing, reading and painting throw. */
export async function paintWords(
  door: Door,
  { typed, negative, wildcards, seed, wishes }: Words,
  doing = door.say('paint.working'),
): Promise<JobResult> {
  const { expandPrompt, parsePrompt } = await import('../../studios/image/index.ts');
  const prompt = expandPrompt(typed, { random: createRandom(`prompt/${seed}`), wildcards });
  const { text, negative: unwanted } = parsePrompt(prompt, negative);
  const os = await door.os();
  const { signal } = door.world;
  const reading = os.run({ op: 'plan/read', options: { brief: text, picture: true }, seed, signal });
  const plan = await followJob(door, reading, door.say('write.reading'));
  const without = unwanted === '' ? [] : await idsOf(unwanted);
  const options = {
    ...wishes,
    ...(prompt !== text && { prompt }),
    ...(negative !== undefined && { negative }),
    ...(without.length > 0 && { without }),
  };
  const inputs = plan.works.map(({ id }) => id);
  return followJob(door, os.run({ op: 'image/paint', inputs, options, seed, signal }), doing);
}

/** What the negative words name, as the director knows it. */
async function idsOf(words: string): Promise<string[]> {
  const { readScene } = await import('../../studios/plan/index.ts');
  const { scene } = readScene(words, { picture: true });
  return [...new Set(scene?.elements.filter(({ source }) => source !== '').map(({ id }) => id))];
}

/** What a painting could not follow, to be told below it. */
export function notesOf(door: Door, { report }: JobResult): string[] {
  const { notes = [] } = (report ?? {}) as { readonly notes?: readonly { readonly en: string; readonly zh: string }[] };
  return notes.map((note) => note[door.language]);
}
