/** The other rooms: painting by hand, training, models, the system; every page in both themes, both languages and on a telephone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
const PAGES = ['/', '/write', '/paint', '/compose', '/works', '/lineage', '/train', '/models', '/system'] as const;
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

test('[WEB4] what is drawn by hand is undone, drawn again and kept as a work; words become a picture', {
  skip,
}, async () => {
  const page = await studio.open('/paint');
  const paper = (await page.locator('canvas').first().boundingBox())!;
  const at = (x: number, y: number): [number, number] => [paper.x + x * paper.width, paper.y + y * paper.height];
  await page.mouse.move(...at(0.2, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.6, 0.5), { steps: 8 });
  await page.mouse.up();
  const inked = (): Promise<boolean> =>
    page.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      return canvas
        .getContext('2d')!
        .getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value) => value > 0);
    });
  assert.equal(await inked(), true);
  await page.getByRole('button', { name: '撤销' }).click();
  assert.equal(await inked(), false);
  await page.keyboard.press('Control+y');
  assert.equal(await inked(), true);
  await page.getByRole('button', { name: '存为作品' }).click();
  await page.waitForURL(/\/paint\/[0-9a-f]{16}/, { timeout: 60_000 });
  await page.getByLabel('画什么').fill('雪中的茅屋');
  await page.getByRole('button', { name: '作画', exact: true }).click();
  const first = page.url();
  await until(async () => page.url() !== first, 'the picture opens', 120_000);
  await page.getByRole('img', { name: '画' }).waitFor();
  const hut = page.getByRole('button', { name: /^茅屋: / });
  await hut.focus();
  await hut.press('ArrowLeft');
  await hut.press('ArrowLeft');
  await page.getByRole('button', { name: /^茅屋: 左/ }).waitFor();
  await studio.keep(page, 'paint');
  const second = page.url();
  await page.getByRole('button', { name: '重新作画' }).click();
  await until(async () => page.url() !== second, 'the moved picture opens', 120_000);
  await page.getByRole('button', { name: /^茅屋: 左/ }).waitFor();
  await studio.keep(page, 'paint-moved');
  await page.close();
});

test('[WEB7] a model is turned off and on; the system shows its jobs and that nothing left', { skip }, async () => {
  const page = await studio.open('/models');
  const off = async (): Promise<boolean> => {
    const { models } = (await studio.call('GET', '/api/models')) as { models: { name: string; enabled: boolean }[] };
    return models.some(({ name, enabled }) => name === 'enlarger' && !enabled);
  };
  const turn = page.getByRole('article', { name: 'enlarger' }).getByRole('switch');
  await turn.click();
  await until(off, 'the model is off');
  await turn.click();
  await until(async () => !(await off()), 'the model is on again');
  await page.goto(`${studio.origin}/system`);
  await page.getByText('没有任何数据离开过本机。').waitFor();
  await page.getByText('image/paint').first().waitFor();
  await page.close();
});

test('[WEB8] no page has a fault that axe finds, in both themes and both languages', { skip }, async () => {
  for (const [theme, language] of [
    ['light', 'zh'],
    ['dark', 'en'],
  ] as const) {
    for (const path of PAGES) {
      const page = await studio.open(path, { theme, language });
      await page.locator('h1, form label').first().waitFor();
      await studio.keep(page, `page-${path.slice(1) || 'create'}-${theme}-${language}`);
      await expectAccessible(page);
      await page.close();
    }
  }
});

test('[WEB9] on a telephone nothing is wider than the page', { skip }, async () => {
  for (const path of PAGES) {
    const page = await studio.open(path, { width: 360, height: 740 });
    await page.locator('h1, form label').first().waitFor();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await studio.keep(page, `telephone-${path.slice(1) || 'create'}`);
    assert.ok(wider <= 0, `${path} is ${wider} px wider than the page`);
    await page.close();
  }
  studio.quiet();
});
