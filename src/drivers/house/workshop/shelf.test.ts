import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { OsError } from '../../../core/index.ts';
import { openShelf, readLines, writeLines } from './shelf.ts';

const root = mkdtempSync(join(tmpdir(), 'shelf-'));
after(() => rmSync(root, { recursive: true, force: true }));

const [ONE, TWO] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string];
const namesIn = (home: string): string[] => readdirSync(join(home, 'workshop')).sort();

test('[MO40] what was made is kept under its digest, once, and found again', async () => {
  const home = join(root, 'keep');
  const shelf = openShelf(home);
  assert.deepEqual(await shelf.list('corpus'), []);
  const make = (text: string) =>
    shelf.keep('corpus', async (folder) => {
      writeFileSync(join(folder, 'a.txt'), text);
      return ONE;
    });
  assert.equal(await make('first'), ONE);
  assert.equal(await make('again'), ONE);
  assert.equal(readFileSync(join(shelf.find('corpus', ONE), 'a.txt'), 'utf8'), 'first');
  assert.deepEqual(await shelf.list('corpus'), [shelf.find('corpus', ONE)]);
  assert.deepEqual(await shelf.list('dataset'), []);
  assert.throws(
    () => shelf.find('dataset', ONE),
    (error) => error instanceof OsError && error.code === 'house/not-on-shelf' && /工坊/.test(error.zh!.message),
  );
});

test('[MO40] two that make the same at once both succeed, and one folder stays', async () => {
  const home = join(root, 'race');
  const shelf = openShelf(home);
  const make = () =>
    shelf.keep('corpus', async (folder) => {
      await writeLines(join(folder, 'documents.jsonl'), [{ id: 'a' }]);
      return ONE;
    });
  const attempts = Array.from({ length: 8 }, make);
  assert.deepEqual(await Promise.all(attempts), Array(8).fill(ONE));
  assert.deepEqual(namesIn(home), [`corpus-${ONE.slice(0, 24)}`]);
});

test('[MO11] a step that fails half way leaves nothing', async () => {
  const home = join(root, 'fails');
  const failing = openShelf(home).keep('corpus', async (folder) => {
    writeFileSync(join(folder, 'half.txt'), 'half');
    throw new Error('no');
  });
  await assert.rejects(failing, /^Error: no$/);
  assert.deepEqual(namesIn(home), []);
});

test('[MO41] a changed folder moves to its new digest, even where that one is taken', async () => {
  const home = join(root, 'rename');
  const shelf = openShelf(home);
  for (const digest of [ONE, TWO]) {
    await shelf.keep('dataset', async (folder) => {
      writeFileSync(join(folder, 'x'), digest);
      return digest;
    });
  }
  await shelf.rename('dataset', ONE, TWO);
  assert.deepEqual(namesIn(home), [`dataset-${TWO.slice(0, 24)}`]);
  assert.equal(readFileSync(join(shelf.find('dataset', TWO), 'x'), 'utf8'), ONE);
  await shelf.rename('dataset', TWO, TWO);
  assert.equal(readFileSync(join(shelf.find('dataset', TWO), 'x'), 'utf8'), ONE, 'the same digest loses nothing');
});

test('[MO42] the same request has the same folder, another request another', async () => {
  const shelf = openShelf(join(root, 'attempt'));
  const [a, again, b] = [await shelf.attempt({ x: 1 }), await shelf.attempt({ x: 1 }), await shelf.attempt({ x: 2 })];
  assert.equal(a, again);
  assert.notEqual(a, b);
});

test('[MO43] records are written a line each and read back, whatever is in them', async () => {
  mkdirSync(join(root, 'lines'));
  const path = join(root, 'lines', 'x.jsonl');
  const records = [{ text: '一\n二\u2028三' }, { text: '' }, {}];
  await writeLines(path, records);
  assert.deepEqual(await readLines(path), records);
  await writeLines(path, []);
  assert.deepEqual(await readLines(path), []);
});
