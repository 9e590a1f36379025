/** A made file comes back: let go over the studio, it restores words, options and seed, and makes the same work again. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
const LONG = { timeout: 120_000 };
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

/** The file of a work, as the artist took it along. */
async function take(id: string, format: string, at: Studio = studio): Promise<Uint8Array> {
  const headers = { authorization: `Bearer ${at.key}` };
  const response = await fetch(`${at.origin}/api/works/${id}/export/${format}`, { headers });
  assert.equal(response.status, 200);
  return new Uint8Array(await response.arrayBuffer());
}

/** Lets a file go over the page, as a pointer would. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const files = await page.evaluateHandle(
    ([title, letters]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(letters!), (sign) => sign.charCodeAt(0))], title!));
      return data;
    },
    [name, Buffer.from(bytes).toString('base64')],
  );
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer: files });
}

test('[WEB10] PNG, MP3, MIDI and text let go over any page put their words, options and seed into the box', {
  skip,
}, async () => {
  const brief = '月夜江上一叶小舟，一支笛子';
  const [plan] = await studio.run('plan/read', { brief, picture: true });
  const [tune] = await studio.run('music/compose', { bars: 8 }, [plan!]);
  const [picture] = await studio.run('image/paint', { size: [256, 192], painter: 'line' }, [plan!]);
  const page = await studio.open('/system');
  const restored = page.getByRole('region', { name: '由文件恢复' });
  for (const [id, format, option] of [
    [picture!, 'png', '"painter":"line"'],
    [tune!, 'mid', '"bars":8'],
    [tune!, 'mp3', '"bars":8'],
    [tune!, 'txt', '"bars":8'],
  ] as const) {
    const { seed } = (await studio.call('GET', `/api/works/${id}`)) as { seed: number };
    await drop(page, `taken.${format}`, await take(id, format));
    await page.waitForURL(`**/?restored=${id}`);
    await restored.getByText(new RegExp(`种子 ${seed}`)).waitFor();
    assert.equal(await page.getByLabel('说说你想创作什么').inputValue(), brief, format);
    assert.equal(await page.getByLabel('种子').inputValue(), String(seed), format);
    await page.getByText(option).last().waitFor();
    if (format === 'png') {
      await studio.keep(page, 'restored');
      await expectAccessible(page);
    }
    await page.goto(`${studio.origin}/system`);
  }
  const { works } = (await studio.call('GET', '/api/works?medium=file')) as { works: unknown[] };
  assert.equal(works.length, 0, 'what restores its making is not brought as a file besides');
  await page.close();
});

test('[WEB10] in another home the file makes the same work again, under the same name', { skip }, async () => {
  const [plan] = await studio.run('plan/read', { brief: '秋山' });
  const [tune] = await studio.run('music/compose', {}, [plan!]);
  const file = await take(tune!, 'mid');
  const other = await openStudio();
  try {
    const page = await other.open('/works');
    await drop(page, 'autumn.mid', file);
    await page.getByRole('button', { name: '原样重做' }).click();
    await page.waitForURL(`**/works/${tune}`, LONG);
    await page.getByText('得到了同一件作品').waitFor();
    await until(async () => (await page.locator('h1').count()) === 1, 'its page');
    other.quiet();
  } finally {
    await other.close();
  }
  studio.quiet();
});
