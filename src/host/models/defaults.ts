/** Which model is taken for a role where nobody names one: the artist's wish, in a small file of the home folder. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { MODEL_ROLES, type ModelRole } from '../../kernel/index.ts';

const schema = z.partialRecord(z.enum(MODEL_ROLES), z.string());

/** Names by role; roles without a wish are absent. */
export type Defaults = Readonly<Partial<Record<ModelRole, string>>>;

/** Reads the wishes; a missing or spoilt file holds none. */
export async function readDefaults(file: string): Promise<Defaults> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    return schema.parse(JSON.parse(text)) as Defaults;
  } catch {
    return {};
  }
}

/** Writes a wish, or takes it back. */
export async function writeDefault(file: string, role: ModelRole, name: string | undefined): Promise<Defaults> {
  const { [role]: _, ...others } = await readDefaults(file);
  const next = name === undefined ? others : { ...others, [role]: name };
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(next, null, 2)}\n`);
  await rename(draft, file);
  return next;
}
