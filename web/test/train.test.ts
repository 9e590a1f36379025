/** Training, as a writer does it: a folder of chapters, the report of what was read, the loss as it falls, before beside after, and writing with it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeFolder } from '../../test/own-work-fixture.ts';
import { expectAccessible, NO_BROWSER, openStudio, type Studio } from './studio.ts';

const skip = NO_BROWSER ?? false;
const LONG = { timeout: 240_000 };
const folder = mkdtempSync(join(tmpdir(), 'chapters-'));
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(async () => {
  await studio?.close();
  rmSync(folder, { recursive: true });
});

test('[WEB12] a folder becomes a model: what was read is told, the loss is drawn, before stands beside after, and it writes', {
  skip,
}, async () => {
  const page = await studio.open('/train');
  const begin = page.getByRole('button', { name: '开始训练' });
  assert.ok(await begin.isDisabled(), 'nothing can be learned from nothing');
  await page.getByLabel('选择文件夹').last().setInputFiles(writeFolder(folder, 13));
  await page.getByText(/^13 个文件/u).waitFor();
  await page.getByLabel('模型的名字').fill('chapters');
  await page.getByLabel('最多步数').fill('3');
  await begin.click();
  const run = page.getByRole('article').first();
  await run.getByText('读取', { exact: true }).waitFor(LONG);
  await run.getByText('字数').waitFor(LONG);
  await run.getByRole('img', { name: /^损失/u }).waitFor(LONG);
  await studio.keep(page, 'train-running');
  await run.getByText('训练前', { exact: true }).waitFor(LONG);
  await run.getByText('训练后', { exact: true }).waitFor();
  await studio.keep(page, 'train-done');
  await expectAccessible(page);
  await run.getByRole('link', { name: '用它写作' }).click();
  await page.waitForURL(/\/write\?model=/u);
  await page.close();
  studio.quiet();
});
