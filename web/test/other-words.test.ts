/** Other words on the Write page: honest where no model fills gaps; with one they are taken into prose, keep the form of verse, and leave locks alone. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expectAccessible, NO_BROWSER, openStudio, type Studio } from './studio.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FIXTURE = resolve(ROOT, 'src/drivers/transformers/fixtures/bert-gaps');
const skip = NO_BROWSER ?? false;
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

/** As an artist adds a model. */
async function addModel(): Promise<void> {
  const argv = ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', 'models', 'add', FIXTURE, '--name', 'gaps'];
  await promisify(execFile)(process.execPath, argv, {
    cwd: ROOT,
    env: { ...process.env, LLMAGENTOS_HOME: studio.home },
  });
}

async function writeProse(page: Page, written: string, from: number, to: number): Promise<void> {
  await page.getByRole('button', { name: '散文' }).click();
  const text = page.getByLabel('正文');
  await text.fill(written);
  await text.evaluate((field, [a, b]) => (field as HTMLTextAreaElement).setSelectionRange(a!, b!), [from, to]);
  await text.focus();
}

const panel = (page: Page) => page.getByRole('region', { name: '换个说法' });

test('[TG6] without a model that fills gaps the page says so; with one, other words are shown with probabilities and taken', {
  skip,
  timeout: 240_000,
}, async () => {
  const page = await studio.open('/write');
  await writeProse(page, '床前明月光，疑是地上霜。', 2, 3);
  const ask = page.getByRole('button', { name: '换个说法' });
  await ask.click();
  await panel(page).getByText('这里还没有填空模型').waitFor();
  await studio.keep(page, 'other-words-none');
  await addModel();
  await page.reload();
  await page.getByRole('button', { name: '散文' }).click();
  const text = page.getByLabel('正文');
  await text.evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(2, 3));
  await text.focus();
  await ask.click();
  const first = panel(page).getByRole('button').first();
  await first.getByText('%').waitFor({ timeout: 60_000 });
  assert.equal(await panel(page).getByRole('button').count(), 12);
  await studio.keep(page, 'other-words');
  await expectAccessible(page);
  const taken = (await first.locator('span').first().textContent())!;
  await first.click();
  await page.waitForFunction(
    (wanted) => document.querySelector('textarea')?.value === wanted,
    `床前${taken}月光，疑是地上霜。`,
  );
  await page.getByText(/机器 [1-9]\d?%/u).waitFor();
  await text.evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(6, 8));
  await text.focus();
  await page.getByRole('button', { name: '锁定／解锁选中' }).click();
  await text.evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(7, 9));
  await text.focus();
  await ask.click();
  await page.getByText('这一段已锁定。').first().waitFor();
  await page.close();
});

test('[TG6] on the sheet of a poem only what keeps the form is shown beside our own suggestions', {
  skip,
}, async () => {
  const page = await studio.open('/write');
  await page.getByLabel('体裁或词牌').selectOption('五绝');
  await page.locator('[data-at="0:0"]').click();
  await page.keyboard.insertText('白日依山尽黄河入海流欲穷千里目更上一层楼');
  await page.locator('[data-at="1:4"]').click();
  await panel(page).getByText('略去不合律的').waitFor({ timeout: 60_000 });
  const all = await panel(page).getByRole('button').locator('span:first-child').allTextContents();
  await studio.keep(page, 'other-characters');
  const shown = all.filter((one) => /\p{Script=Han}/u.test(one));
  assert.ok(shown.length > 0);
  for (const character of shown) {
    const options = { text: `白日依山尽，黄河入海${character}。欲穷千里目，更上一层楼。`, form: '五绝' };
    const { report } = (await studio.call('POST', '/api/ask', { op: 'verse/check', options })) as {
      report: { proof: { valid: boolean } };
    };
    assert.ok(report.proof.valid, character);
  }
  await page.close();
  studio.quiet();
});
