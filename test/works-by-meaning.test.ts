/** Works found by what they mean: with our own word vectors, and with an embedder of the artist's where one is preferred. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runTyped } from '../src/cli/fixture.ts';
import { createOs, type Os } from '../src/host/index.ts';

const home = mkdtempSync(join(tmpdir(), 'by-meaning-'));
const FIXTURE = join(import.meta.dirname, '../src/drivers/transformers/fixtures/bert-embed');
const TEXTS = [
  '大海上的波浪与渔船',
  '雪中的老梅树开花了',
  'a soldier rides to war',
  '床前明月光，疑是地上霜。'.repeat(40),
];
let os: Os;

interface Meant {
  readonly works: readonly { readonly text: string }[];
  readonly meaning: { readonly by: string; readonly nearest: readonly { readonly likeness: number }[] };
}

before(async () => {
  os = await createOs({ home });
  for (const text of TEXTS) await os.run({ op: 'prose/keep', options: { text } }).result;
  await os.run({ op: 'plan/read', options: { brief: '海' } }).result;
});
after(async () => {
  await os[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

async function meant(...argv: string[]): Promise<Meant> {
  const { exitCode, out, err } = await runTyped(['works', ...argv, '--json'], { env: { LLMAGENTOS_HOME: home } });
  assert.equal(exitCode, 0, out + err);
  return JSON.parse(out) as Meant;
}

test('[WM1] by our own word vectors the nearest in meaning comes first, in words that do not stand in it, in both languages', async () => {
  for (const [query, nearest] of [
    ['ocean', 0],
    ['海洋', 0],
    ['冬天的花', 1],
    ['战争', 2],
  ] as const) {
    const { works, meaning } = await meant('--like', query);
    assert.equal(meaning.by, 'words');
    assert.equal(works[0]!.text, TEXTS[nearest], query);
    assert.equal(works.length, TEXTS.length, 'plans are no works to find');
  }
  assert.equal((await meant('--like', 'ocean', '--limit', '1')).works.length, 1);
});

test('[WM2] a preferred embedder is asked instead, as it says; what is too long for it is read from its beginning', async () => {
  await os.addModel({ source: FIXTURE, name: 'meaning' });
  await os.setDefault('embedder', 'meaning');
  const { works, meaning } = await meant('--like', '明月光');
  assert.equal(meaning.by, 'meaning');
  const model = await os.models.openTextEmbedder('meaning');
  const [query] = await model.embed(['明月光'], { query: true });
  const dot = (a: Float32Array): number => a.reduce((sum, value, i) => sum + value * query![i]!, 0);
  for (const [i, { text }] of works.entries()) {
    if (text === TEXTS[3]) continue;
    const title = [...text].slice(0, 16).join('');
    const [own] = await model.embed([text.startsWith(title) ? text : `${title}\n${text}`]);
    assert.ok(Math.abs(dot(own!) - meaning.nearest[i]!.likeness) < 1e-3, text);
  }
  const shares = meaning.nearest.map(({ likeness }) => likeness);
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => b - a),
  );
  assert.equal(works.length, TEXTS.length);
});
