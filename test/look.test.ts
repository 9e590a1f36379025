/** Your own model that looks at pictures, at work: it says what it sees, orders what was painted, and takes a subject from its ground. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runTyped } from '../src/cli/fixture.ts';
import { createOs } from '../src/host/index.ts';

const home = mkdtempSync(join(tmpdir(), 'look-'));
const env = { LLMAGENTOS_HOME: home, LANG: 'en_GB.UTF-8' };
const FIXTURES = join(import.meta.dirname, '../src/drivers/transformers/fixtures');
const typed = (...argv: string[]) => runTyped(argv, { env });
const json = async (...argv: string[]) => {
  const { exitCode, out, err } = await typed(...argv, '--json');
  assert.equal(exitCode, 0, out + err);
  return JSON.parse(out);
};
const PAINT = ['paint', 'a red boat on a lake', '--size', '128x128', '--seed', '3', '--count', '3'] as const;

before(async () => {
  await using os = await createOs({ home });
  for (const kind of ['clip', 'caption', 'subject'])
    await os.addModel({ source: join(FIXTURES, kind), licence: 'CC0-1.0' });
});
after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

test('[LO1] three pictures are painted, ordered by an eye, and are the very same pictures', async () => {
  const plain = await json(...PAINT);
  assert.equal(plain.look, undefined, 'nobody looks unasked');
  await json('models', 'default', 'eye', 'clip');
  const ranked = await json(...PAINT);
  const contents = (one: typeof plain): string[] => one.works.map(({ content }: { content: string }) => content);
  assert.deepEqual(contents(ranked).toSorted(), contents(plain).toSorted(), 'only the order changes');
  const { seen, model } = ranked.look as { seen: { work: string; match: number }[]; model: string };
  assert.equal(model, 'clip');
  assert.deepEqual(
    seen.map(({ work }) => work),
    ranked.works.map(({ id }: { id: string }) => id),
  );
  for (const [i, { match }] of seen.entries())
    assert.ok(match >= -1 && match <= 1 && (i === 0 || match <= seen[i - 1]!.match));
  assert.match((await typed(...PAINT)).out, /In the order in which clip finds/);
});

test('[LO2] it says what it sees, or how well words fit; what it cannot do is said in both languages', async () => {
  const [{ id }] = (await json('works')).works as [{ id: string }];
  const { look } = await json('look', id, '--model', 'caption');
  assert.ok(look.seen[0].description.length > 0);
  assert.equal(look.seen[0].match, undefined);
  const matched = await json('look', id, '--model', 'clip', '--words', 'a red boat');
  assert.equal(typeof matched.look.seen[0].match, 'number');
  const again = await json('look', id, '--model', 'clip', '--words', 'a red boat');
  assert.deepEqual(again.look, matched.look);
  const blind = await typed('look', id, '--model', 'subject', '--words', 'x', '--lang', 'zh');
  assert.match(blind.err, /既不会描述图片，也不会判断/);
  await json('models', 'default', 'eye', '--none');
  assert.match((await typed('look', id)).err, /Several models can look at pictures: .*cli\/no-model-for/s);
});

test('[LO3] the subject is cut out as the model sees it, with its own sureness; without it by the colours', async () => {
  const [{ id }] = (await json('works')).works as [{ id: string }];
  const args = ['cut-out', id, '--model', 'subject', '--least', '0'] as const;
  const seen = await json(...args);
  assert.equal(seen.works[0].model.name, 'subject');
  const again = await json(...args);
  assert.equal(again.works[0].content, seen.works[0].content, 'the same cut each time');
  const cannot = await typed('cut-out', id, '--model', 'clip');
  assert.match(cannot.err, /engine\/cannot/);
});
