/** An artist's folder as a corpus on the shelf: `documents.jsonl` and what became of every file. */
import { join } from 'node:path';
import { hashJson } from '../../../core/index.ts';
import type { Made, WorkshopHooks } from '../../../kernel/index.ts';
import { type CorpusDocument, collectFolder } from '../../../training/index.ts';
import { writeLines } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';

export async function collect(
  { shelf }: Surroundings,
  request: { readonly folder: string; readonly licence?: string | undefined },
  hooks: WorkshopHooks,
): Promise<Made> {
  const collection = await collectFolder(request.folder, {
    signal: hooks.signal,
    ...(request.licence === undefined ? {} : { licence: request.licence }),
    onFile: (_, done, of) => hooks.onProgress({ done, total: of, note: { en: 'files', zh: '个文件' } }),
  });
  const { documents, works, report } = collection;
  const digest = await shelf.keep('corpus', async (folder) => {
    await writeLines(join(folder, 'documents.jsonl'), documents);
    return digestOfDocuments(documents);
  });
  return {
    digest,
    folder: request.folder,
    files: report.files,
    documents: documents.length,
    characters: countCharacters(documents),
    works: works.length,
    skipped: report.skipped.map(({ source, reason }) => ({ source, reason: { ...reason } })),
    sources: report.sources.map(({ source, kind, characters, licence, sha256 }) => ({
      source,
      kind,
      characters,
      licence: licence.name,
      sha256,
    })),
  };
}

/** What a list of documents is known by: their ids and texts, in order. */
export function digestOfDocuments(documents: readonly CorpusDocument[]): string {
  return hashJson(documents.map(({ id, sha256, title }) => ({ id, sha256, title })));
}

/** Characters of all texts. */
export function countCharacters(documents: readonly CorpusDocument[]): number {
  return documents.reduce((sum, { text }) => sum + text.length, 0);
}
