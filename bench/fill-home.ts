/** A home with many works in it, for measuring: the poems of an earlier measurement, prose made of them, plans. */
import { readFileSync } from 'node:fs';
import { canonicalJson, type Json, sha256 } from '../src/core/index.ts';
import { nameWork, type Work } from '../src/kernel/index.ts';
import { openSqliteStorage } from '../src/storage/index.ts';

/** A poem as results/thousand-poems.jsonl keeps it. */
export interface PoemLine {
  readonly title: string;
  readonly form: string;
  readonly rhymeBook: string;
  readonly lines: readonly string[];
}

export const poems: readonly PoemLine[] = readFileSync(new URL('results/thousand-poems.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((row) => JSON.parse(row) as PoemLine);

/** Puts so many works into a home as the kernel would: half poems, three tenths prose, two tenths plans. */
export async function fillHome(place: string, count: number): Promise<void> {
  await using storage = await openSqliteStorage(place, { now: () => Date.now() });
  const made = Array.from({ length: count }, (_, i) => exampleOf(i));
  for (let from = 0; from < made.length; from += 500) {
    const some = made.slice(from, from + 500);
    await storage.commit({ blobs: some.map(({ bytes }) => bytes), works: some.map(({ work }) => work) });
  }
}

function exampleOf(i: number): { bytes: Uint8Array; work: Work } {
  const poem = poems[(i * 7) % poems.length]!;
  const { medium, op, document } = documentOf(i, poem);
  const bytes = new TextEncoder().encode(canonicalJson(document));
  const record = { op, version: 1, inputs: [], options: { i }, seed: i, model: null };
  const facts = {
    medium,
    title: `${poem.title} ${i}`,
    content: sha256(bytes),
    mime: 'application/json',
    size: bytes.length,
  };
  const createdAt = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
  return { bytes, work: nameWork({ ...facts, parents: [], record, place: 0, measures: {}, createdAt }) };
}

function documentOf(i: number, poem: PoemLine): { medium: string; op: string; document: Json } {
  const { title, form, rhymeBook, lines } = poem;
  if (i % 10 < 5) {
    const document = { kind: 'verse', version: 1, title: `${title} ${i}`, form, rhymeBook, lines: [...lines] };
    return { medium: 'verse', op: 'verse/keep', document };
  }
  const passage = Array.from(
    { length: 12 },
    (_, k) => `${poems[(i * 31 + k * 13) % poems.length]!.lines.join('，')}。`,
  ).join('\n');
  if (i % 10 < 8) {
    const document = { kind: 'prose', version: 1, title, text: `${passage} A lonely lantern, page ${i}.`, spans: [] };
    return { medium: 'prose', op: 'prose/keep', document };
  }
  return {
    medium: 'plan',
    op: 'plan/read',
    document: { brief: `${title}：${lines[0]}, a quiet evening by the river ${i}` },
  };
}
