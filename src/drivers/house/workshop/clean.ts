/** A corpus without what does not belong in it, with the page that says what was dropped. */
import { join } from 'node:path';
import type { Json } from '../../../core/index.ts';
import type { Made, Workshop, WorkshopHooks } from '../../../kernel/index.ts';
import { type CorpusDocument, cleanDocuments, formatCorpusPage } from '../../../training/index.ts';
import { countCharacters, digestOfDocuments } from './collect.ts';
import { readLines, writeLines } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';

type CleanRequest = Parameters<Workshop['clean']>[0];

export async function clean({ shelf }: Surroundings, request: CleanRequest, hooks: WorkshopHooks): Promise<Made> {
  const { corpus, script } = request;
  const raw = await readLines<CorpusDocument>(join(shelf.find('corpus', corpus.digest), 'documents.jsonl'));
  const { documents, report } = await cleanDocuments(raw, { script, signal: hooks.signal });
  const digest = await shelf.keep('corpus', async (folder) => {
    await writeLines(join(folder, 'documents.jsonl'), documents);
    return digestOfDocuments(documents);
  });
  return {
    digest,
    from: corpus.digest,
    documents: documents.length,
    characters: countCharacters(documents),
    dropped: report.removed.reduce((sum, { count }) => sum + count, 0),
    languages: report.languages as unknown as Json,
    licences: report.licences as unknown as Json,
    removed: report.removed as unknown as Json,
    page: formatCorpusPage(report),
  };
}
