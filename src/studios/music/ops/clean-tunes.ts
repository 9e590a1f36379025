/** The op `tunes/clean`: files of music become tunes to learn from, and a report of what was left out and why. */
import { z } from 'zod';
import { defineOp, type OpContext } from '../../../kernel/index.ts';
import {
  countDropped,
  type DroppedTune,
  dropCopies,
  formatTunesPage,
  judgeTune,
  type KeptTune,
  keepTunes,
  metreOf,
  readTunes,
} from '../tunes/index.ts';
import { readMade } from './made.ts';

/** What is asked of the facts of a collection. */
const collectionSchema = z.object({
  digest: z.string(),
  files: z.int(),
  sources: z.array(z.object({ source: z.string(), kind: z.string(), sha256: z.string(), licence: z.string() })),
  skipped: z.array(z.object({ source: z.string(), reason: z.object({ en: z.string(), zh: z.string() }) })),
});
type Collection = z.output<typeof collectionSchema>;

export const cleanTunes = defineOp({
  name: 'tunes/clean',
  version: 1,
  summary: {
    en: 'Reads files of music as tunes, leaves out what is broken, copied or not tune-like, and reports what and why.',
    zh: '把音乐文件读成曲调，略去损坏、重复、不像曲调的，并说明略去了什么、为何。',
  },
  options: z.object({}),
  inputs: [{ name: 'corpus', medium: 'corpus' }],
  async run(context, inputs) {
    const collection = collectionSchema.parse(readMade(inputs[0]));
    const { pieces, left } = await readAll(context, collection);
    const { kept, copies } = dropCopies(pieces);
    const tunes = kept as KeptTune[];
    const digest = await keepTunes(context.workshop(), tunes);
    const facts = {
      files: collection.files,
      tunes: tunes.length,
      notes: tunes.reduce((sum, { score }) => sum + score.parts[0]!.notes.length, 0),
      dropped: left.length + copies.length,
      removed: countDropped([...left, ...copies]),
      skipped: collection.skipped,
      licences: tally(tunes.map(({ licence }) => licence)),
      metres: tally(tunes.map(metreOf)),
    };
    const document = { digest, from: collection.digest, ...facts, page: formatTunesPage(facts) };
    return { works: [{ medium: 'corpus', title: inputs[0]!.work.title, document }] };
  },
});

async function readAll(context: OpContext, { digest, sources }: Collection) {
  const pieces: KeptTune[] = [];
  const left: DroppedTune[] = [];
  for (const [i, { source, kind, sha256, licence }] of sources.entries()) {
    context.progress({ done: i, total: sources.length, note: { en: 'files read', zh: '个文件已读' } });
    const bytes = await context.workshop().readKept('files', digest, sha256);
    for (const found of await readTunes({ path: source, kind }, bytes)) {
      const piece = 'reason' in found ? found : judgeTune(found, kind);
      if ('reason' in piece) left.push(piece);
      else pieces.push({ ...piece, source, licence });
    }
    await context.breathe();
  }
  return { pieces, left };
}

/** How often each comes, the commonest first. */
function tally(values: readonly string[]): Record<string, number> {
  const groups = [...Map.groupBy(values, (value) => value)].map(([value, own]) => [value, own.length] as const);
  return Object.fromEntries(groups.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
