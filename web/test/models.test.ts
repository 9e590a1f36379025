/** The page of models says before anything is loaded that a model is too large for this machine, and which fits in its place. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exportGguf } from '../../src/training/index.ts';
import { tinyModel } from '../../test/llama-tiny.ts';
import { expectAccessible, NO_BROWSER, openStudio, type Studio } from './studio.ts';

const skip = NO_BROWSER ?? false;
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

test('[WEB60] a model that is too large is marked, with the largest that fits; one that fits tells its need', {
  skip,
}, async () => {
  const [small, giant] = ['small', 'giant'].map((name) => join(studio.home, `${name}.gguf`));
  await exportGguf(small!, tinyModel(256), { precision: 'F16' });
  const bytes = readFileSync(small!);
  const at = bytes.indexOf('llama.block_count') + 'llama.block_count'.length;
  bytes.writeUInt32LE(2 ** 24, at + 4);
  writeFileSync(giant!, bytes);
  for (const source of [small, giant]) {
    await studio.call('POST', '/api/models', { source, licence: 'CC0-1.0' });
  }
  const page = await studio.open('/models', { language: 'en' });
  const large = page.getByRole('article', { name: 'giant' });
  await large.getByText(/Too large for this machine now: about [\d,]+ MiB are needed/).waitFor();
  const told = await large.innerText();
  assert.match(told, /The largest that fits and can do the same is small \(about [\d,]+ MiB\)/);
  assert.match(await page.getByRole('article', { name: 'small' }).innerText(), /about \d+ MiB/);
  await studio.keep(page, 'models-too-large');
  await expectAccessible(page);
  const chinese = await studio.open('/models', { language: 'zh', width: 390 });
  await chinese.getByRole('article', { name: 'giant' }).getByText('本机目前装不下').waitFor();
  studio.quiet();
});
