/** Words that become pictures, shown while they do. How words are read is the same for every door: see src/server/doors/paint-words.ts. */
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
  /** Works that an engine begins from. */
  readonly from?: readonly string[] | undefined;
}

/** Paints words; `doing` is shown meanwhile. Throws what drawing, reading and painting throw. */
export async function paintWords(
  door: Door,
  { wishes, ...words }: Words,
  doing = door.say('paint.working'),
): Promise<JobResult> {
  const { paintWordsBy } = await import('../../server/index.ts');
  const os = await door.os();
  const { signal } = door.world;
  return paintWordsBy(
    ({ step, ...request }) =>
      followJob(door, os.run({ ...request, signal }), step === 'read' ? door.say('write.reading') : doing),
    { ...words, options: wishes },
  );
}

/** What a painting could not follow, to be told below it. */
export function notesOf(door: Door, { report }: JobResult): string[] {
  const { notes = [] } = (report ?? {}) as { readonly notes?: readonly { readonly en: string; readonly zh: string }[] };
  return notes.map((note) => note[door.language]);
}
