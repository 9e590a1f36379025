/**
 * An artist's folder, and repositories that the artist named, as a corpus on the shelf: `documents.jsonl` and what became of
 * every file. Archives of repositories are kept in `<home>/workshop/repositories/`, so that they are fetched once.
 */
import { join } from 'node:path';
import { hashJson, type Json } from '../../../core/index.ts';
import type { Made, RepositoryRequest, Workshop, WorkshopHooks } from '../../../kernel/index.ts';
import {
  type ArchiveCollection,
  type Collection,
  type CorpusDocument,
  collectArchive,
  collectFolder,
} from '../../../training/index.ts';
import { writeLines } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';

type CollectRequest = Parameters<Workshop['collect']>[0];

export async function collect(
  surroundings: Surroundings,
  request: CollectRequest,
  hooks: WorkshopHooks,
): Promise<Made> {
  const { folder, sources = [] } = request;
  const collections: Collection[] = [];
  if (folder !== undefined) collections.push(await collectFolder(folder, optionsOf(request.licence, hooks)));
  const repositories: Json[] = [];
  for (const source of sources) {
    const collection = await collectNamed(surroundings, source, request.licence, hooks);
    collections.push(collection);
    repositories.push(describe(source, collection));
  }
  const documents = collections.flatMap((collection) => collection.documents);
  const reports = collections.map(({ report }) => report);
  const digest = await surroundings.shelf.keep('corpus', async (draft) => {
    await writeLines(join(draft, 'documents.jsonl'), documents);
    return digestOfDocuments(documents);
  });
  return {
    digest,
    ...(folder === undefined ? {} : { folder }),
    ...(repositories.length === 0 ? {} : { repositories }),
    files: reports.reduce((sum, { files }) => sum + files, 0),
    documents: documents.length,
    characters: countCharacters(documents),
    works: collections.reduce((sum, { works }) => sum + works.length, 0),
    skipped: reports.flatMap((report) =>
      report.skipped.map(({ source, reason }) => ({ source, reason: { ...reason } })),
    ),
    sources: reports.flatMap((report) =>
      report.sources.map(({ source, kind, characters, licence, sha256 }) => ({
        source,
        kind,
        characters,
        licence: licence.name,
        sha256,
      })),
    ),
  };
}

function optionsOf(licence: string | undefined, hooks: WorkshopHooks) {
  return {
    signal: hooks.signal,
    ...(licence === undefined ? {} : { licence }),
    onFile: (_: string, done: number, of: number) =>
      hooks.onProgress({ done, total: of, note: { en: 'files', zh: '个文件' } }),
  };
}

function collectNamed(
  { home, fetch }: Surroundings,
  { repository, commit, sha256, folder, licence }: RepositoryRequest,
  usual: string | undefined,
  hooks: WorkshopHooks,
): Promise<ArchiveCollection> {
  const source = { repository, commit, sha256, ...(folder === undefined ? {} : { folder }) };
  return collectArchive(source, fetch, join(home, 'workshop', 'repositories'), {
    ...optionsOf(licence ?? usual, hooks),
    onBytes: (bytes) =>
      hooks.onProgress({
        done: Math.round(bytes / 1024),
        note: { en: `kB of ${repository}`, zh: `kB，来自 ${repository}` },
      }),
  });
}

/** What is on the record of a repository: where it came from and under which terms. */
function describe(source: RepositoryRequest, { address, bytes, report, documents }: ArchiveCollection): Json {
  const { repository, commit, sha256, folder = null } = source;
  const licences = [...new Set(report.sources.map(({ licence }) => licence.name))];
  return { repository, commit, sha256, folder, address, bytes, documents: documents.length, licences };
}

/** What a list of documents is known by: their ids and texts, in order. */
export function digestOfDocuments(documents: readonly CorpusDocument[]): string {
  return hashJson(documents.map(({ id, sha256, title }) => ({ id, sha256, title })));
}

/** Characters of all texts. */
export function countCharacters(documents: readonly CorpusDocument[]): number {
  return documents.reduce((sum, { text }) => sum + text.length, 0);
}
