/** Writing, as a person does it: typing on the sheet, taking branches, mending, locking, saving; prose going on. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectAccessible, NO_BROWSER, openStudio, type Studio } from './studio.ts';

const skip = NO_BROWSER ?? false;
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

const glyphs = (page: Page): Promise<string> =>
  page
    .locator('[data-at] > span:first-child')
    .allTextContents()
    .then((all) => all.join(''));

test('[WEB3] what is typed is marked: tone, reading and rhyme under each character, and what breaks the form in words', {
  skip,
}, async () => {
  const page = await studio.open('/write');
  await page.getByLabel('体裁或词牌').selectOption('五绝');
  await page.locator('[data-at="0:0"]').click();
  await page.keyboard.insertText('白日依山尽');
  await page.locator('[data-at="0:0"]').getByText('bái').waitFor();
  for (const character of '黄水入海流') {
    await page.keyboard.insertText(character);
    await page.waitForTimeout(150);
  }
  const fault = page.getByRole('button', { name: /水.*此处应平/u });
  await fault.waitFor();
  const times = (await page.evaluate(
    `performance.getEntriesByName('keystroke-to-mark').map((entry) => entry.duration)`,
  )) as number[];
  assert.ok(times.length >= 5);
  const sorted = times.slice(1).sort((a, b) => a - b);
  console.log(
    `keystroke to mark: median ${sorted[sorted.length >> 1]!.toFixed(1)} ms, all ${times.map((t) => t.toFixed(0)).join(' ')}`,
  );
  await studio.keep(page, 'write-fault');
  await fault.click();
  await page.keyboard.insertText('河');
  await fault.waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+l');
  await page.keyboard.press('Backspace');
  assert.match(await glyphs(page), /^白日依山尽黄河入海流/u);
  await page.close();
});

test('[WEB3] suggestions fit the form; one is taken, undo brings the old one back; the rest is written and the poem kept', {
  skip,
}, async () => {
  const page = await studio.open('/write');
  const first = page.getByRole('region', { name: '此处可用' }).getByRole('button').first();
  await page.locator('[data-at="2:0"]').click();
  await page.getByRole('region', { name: '此处可用' }).getByText('%').first().waitFor();
  const branch = (await first.locator('span').first().textContent())!;
  await first.click();
  await page.locator('[data-at="2:0"]').getByText(branch).waitFor();
  await page.getByText(/机器 [1-9]/u).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('机器 0%').waitFor();
  await page.getByRole('button', { name: '续写全篇' }).click();
  await page.getByRole('button', { name: '采用' }).click({ timeout: 30_000 });
  await page.getByText(/全篇合律：五绝/u).waitFor();
  assert.match(await glyphs(page), /^白日依山尽黄河入海流\p{Script=Han}{10}$/u);
  await studio.keep(page, 'write-rest');
  await page.getByRole('button', { name: '存为作品' }).click();
  await page.waitForURL(/\/write\/[0-9a-f]+/u);
  await page
    .locator('[data-at="3:4"]')
    .getByText(/\p{Script=Han}/u)
    .first()
    .waitFor();
  await page.close();
});

test('[WEB3] repair changes the fewest characters and never a locked one', { skip }, async () => {
  const [id] = await studio.run('verse/keep', {
    lines: ['白日依山尽', '黄水入海流', '欲穷千里目', '更上一层楼'],
    title: '登楼',
    form: '五绝',
  });
  const page = await studio.open(`/write/${id}`);
  await page.locator('[data-at="1:2"]').click();
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: '修改合律' }).click();
  const changes = page.getByRole('region', { name: '改动' });
  await changes.locator('ins').first().waitFor({ timeout: 30_000 });
  assert.deepEqual(await changes.locator('del').allTextContents(), ['水']);
  await studio.keep(page, 'write-repair');
  await page.getByRole('button', { name: '采用' }).click();
  await page.getByText(/全篇合律/u).waitFor();
  await page.close();
});

test('[WEB3] an input method composes over the sheet, and only what it hands over is written; the sheet turns vertical', {
  skip,
}, async () => {
  const page = await studio.open('/write');
  await page.getByLabel('体裁或词牌').selectOption('浣溪沙');
  await page.getByRole('button', { name: '新稿' }).click();
  await page.locator('[data-at="0:0"]').click();
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'yi qu', selectionStart: 5, selectionEnd: 5 });
  assert.equal(await glyphs(page), '');
  await keyboard.send('Input.insertText', { text: '一曲' });
  await page.locator('[data-at="0:1"]').getByText('曲').waitFor();
  assert.equal(await glyphs(page), '一曲');
  await page.keyboard.insertText('新词酒一杯');
  await page.getByText('竖排').click();
  await page.locator('[data-at="0:6"]').getByText('bēi').waitFor();
  await page.keyboard.press('Tab');
  await studio.keep(page, 'write-vertical');
  await page.close();
});

test('[WEB3] prose goes on in a proposal that changes nothing before it is accepted; the hands are told apart', {
  skip,
}, async () => {
  const page = await studio.open('/write');
  await page.getByRole('button', { name: '散文' }).click();
  await page.getByLabel('正文').fill('却说那日黄昏，山门外来了一个老僧，');
  await page.getByLabel(/写多少字/u).fill('40');
  await page.getByRole('button', { name: '续写' }).click();
  const accept = page.getByRole('button', { name: '采用' });
  await accept.waitFor({ timeout: 60_000 });
  assert.equal(await page.getByLabel('正文').inputValue(), '却说那日黄昏，山门外来了一个老僧，');
  await accept.click();
  await page.getByText(/机器 [1-9]\d%/u).waitFor();
  await studio.keep(page, 'write-prose');
  await page.close();
});

test('[WEB3] a selection is written anew and shown as a difference; a locked passage is changed by nothing', {
  skip,
}, async () => {
  const page = await studio.open('/write');
  await page.getByRole('button', { name: '散文' }).click();
  await page.getByRole('button', { name: '新稿' }).click();
  const text = page.getByLabel('正文');
  const written = '却说那日黄昏，山门外来了一个老僧，手里拿着一根竹杖，慢慢地走。';
  await text.fill(written);
  const select = (from: number, to: number): Promise<void> =>
    text.evaluate(
      (field, range) => {
        (field as unknown as { focus(): void; setSelectionRange(a: number, b: number): void }).focus();
        (field as unknown as { setSelectionRange(a: number, b: number): void }).setSelectionRange(range[0]!, range[1]!);
      },
      [from, to],
    );
  await select(0, 7);
  await page.getByRole('button', { name: '锁定／解锁选中' }).click();
  await select(2, 4);
  await page.keyboard.insertText('昨');
  await page.getByText('这一段已锁定。').first().waitFor();
  assert.equal(await text.inputValue(), written);
  await select(17, 31);
  await page.getByRole('button', { name: '改写选中' }).click();
  await page.getByRole('button', { name: '采用' }).waitFor({ timeout: 60_000 });
  const changes = page.getByRole('region', { name: '改动' });
  assert.ok((await changes.locator('del').count()) > 0 && (await changes.locator('ins').count()) > 0);
  await studio.keep(page, 'write-rewrite');
  await page.getByRole('button', { name: '不改' }).click();
  assert.equal(await text.inputValue(), written);
  await page.close();
});

test('[WEB3] free verse is written beside the forms; its stanzas, hands and locks come back with the work; locks of prose too', {
  skip,
}, async () => {
  const page = await studio.open('/write');
  await page.getByRole('button', { name: '自由诗' }).click();
  const text = page.getByLabel('正文');
  const poem = '我在夜里醒来，\n听见雨落在\n无人的渡口。\n\nand the river goes on';
  await text.fill(poem);
  await text.evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(8, 13));
  await text.focus();
  await page.getByRole('button', { name: '锁定／解锁选中' }).click();
  await studio.keep(page, 'write-free');
  await expectAccessible(page);
  await page.getByRole('button', { name: '存为作品' }).click();
  await page.waitForURL(/\/write\/[0-9a-f]{16}/);
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const kept = (await studio.call('GET', `/api/works/${id}`)) as { medium: string; text: string };
  assert.deepEqual([kept.medium, kept.text], ['verse', poem]);
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${studio.origin}/write/${id}`);
  await text.waitFor();
  assert.equal(await text.inputValue(), poem);
  await text.evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(9, 10));
  await text.focus();
  await page.keyboard.insertText('风');
  await page.getByText('这一段已锁定。').first().waitFor();
  await page.goto(`${studio.origin}/works/${id}`);
  await page.getByText('听见雨落在').first().waitFor();
  await studio.keep(page, 'work-free');
  const [prose] = await studio.run('prose/keep', { text: '锁住这里，其余可改。', locks: [{ from: 0, to: 4 }] });
  await page.goto(`${studio.origin}/write/${prose}`);
  await text.waitFor();
  await text.evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(1, 2));
  await text.focus();
  await page.keyboard.insertText('开');
  assert.equal(await text.inputValue(), '锁住这里，其余可改。');
  await page.close();
});

test('[WEB3] the page is accessible in both themes and languages, and fits a telephone', { skip }, async () => {
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['zh', 'en'] as const) {
      const page = await studio.open('/write', { theme, language });
      await page.locator('[data-at="0:0"]').waitFor();
      await expectAccessible(page);
      await studio.keep(page, `write-${theme}-${language}`);
      await page.close();
    }
  }
  const page = await studio.open('/write', { width: 390, height: 844 });
  await page.locator('[data-at="0:0"]').waitFor();
  assert.ok(((await page.evaluate('document.documentElement.scrollWidth')) as number) <= 390);
  await studio.keep(page, 'write-phone');
  await page.close();
  studio.quiet();
});
