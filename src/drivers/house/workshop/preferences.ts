/** Pairs of answers on the shelf: `pairs.jsonl`, as they were given. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../core/index.ts';
import type { Made, Workshop } from '../../../kernel/index.ts';
import { parsePreferences, splitPreferences } from '../../../training/index.ts';
import { writeLines } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';

type PreferencesRequest = Parameters<Workshop['collectPreferences']>[0];

export async function collectPreferences({ shelf }: Surroundings, request: PreferencesRequest): Promise<Made> {
  const { file, pairs: given = [] } = request;
  const lines =
    file === undefined ? given.map((pair) => JSON.stringify(pair)).join('\n') : await readFile(file, 'utf8');
  const pairs = parsePreferences(lines, file ?? 'pairs');
  // Too few are refused before a base is loaded; the seed plays no part in that.
  splitPreferences(pairs, 0);
  const digest = await shelf.keep('preferences', async (folder) => {
    await writeLines(join(folder, 'pairs.jsonl'), pairs);
    return sha256(await readFile(join(folder, 'pairs.jsonl')));
  });
  return {
    digest,
    ...(file === undefined ? {} : { file }),
    pairs: pairs.length,
    prompts: new Set(pairs.map(({ title = '', prompt }) => `${title}\n${prompt}`)).size,
  };
}
