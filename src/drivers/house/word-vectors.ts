/** Word vectors are read, not opened: they have no role, and are known by their files like any model. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../core/index.ts';
import type { ModelIdentity } from '../../kernel/ports/token-model.ts';
import { parseCard } from '../../training/index.ts';

const VECTORS = 'words.safetensors';

/** Whether a folder holds word vectors. */
export function isWordFolder(folder: string): boolean {
  return existsSync(join(folder, VECTORS));
}

/** Their identity; throws `training/bad-card`. */
export async function identifyWordVectors(folder: string): Promise<ModelIdentity> {
  const path = join(folder, 'card.json');
  const [card, vectors] = await Promise.all([readFile(path, 'utf8'), readFile(join(folder, VECTORS))]);
  const { name, licence } = parseCard(card, path);
  return { name, digest: sha256(vectors), engine: 'house/vectors', licence, reproducible: true };
}
