/** What the guards of all processes wrote down, brought onto the ledger. */
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const NOTE = z.object({
  tried: z.iso.datetime(),
  via: z.string().max(32),
  host: z.string().max(512),
  job: z.string().max(256).optional(),
  op: z.string().max(256).optional(),
});

/** Facts of something that was stopped at a socket. */
export type StoppedFacts = z.output<typeof NOTE> & { readonly stopped: string };

/** Code that the list gives to what was stopped at a socket. */
export const AROUND = 'way-out/around';

/** Gathers the notes of a home; each is taken by one process alone, and gone when all of them stand on the ledger. */
export async function gatherStopped(
  home: string,
  note: (all: readonly StoppedFacts[]) => Promise<void>,
): Promise<void> {
  const folder = join(home, 'way-out', 'stopped');
  const names = await readdir(folder).catch(() => []);
  const all: StoppedFacts[] = [];
  const gathered: string[] = [];
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const file = join(folder, name);
    const taken = join(folder, `${name}.${process.pid}`);
    const mine = await rename(file, taken).then(
      () => true,
      () => false,
    );
    if (!mine) continue;
    const facts = NOTE.safeParse(parse(await readFile(taken, 'utf8')));
    if (facts.success) all.push({ ...facts.data, stopped: AROUND });
    gathered.push(taken);
  }
  if (all.length > 0) await note(all);
  for (const taken of gathered) await rm(taken, { force: true });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
