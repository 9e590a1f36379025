/** The other rooms: painting by hand, training, models, the system; every page in both themes, both languages and on a telephone. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
const PAGES = [
  '/',
  '/write',
  '/paint',
  '/compose',
  '/works',
  '/agents',
  '/lineage',
  '/train',
  '/models',
  '/system',
] as const;
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
  // What is dragged must lie still: the layers of the new picture have come, and with them the height of the page.
  await page.getByRole('region', { name: '图层' }).getByRole('listitem').first().waitFor();
  const chip = page.getByRole('button', { name: /^茅屋: 左/ });
  await chip.scrollIntoViewIfNeeded();
  const held = (await chip.boundingBox())!;
  const stage = (await page.getByRole('region', { name: '画中之物' }).getByRole('list').boundingBox())!;
  await page.mouse.move(held.x + held.width / 2, held.y + held.height / 2);
  await page.mouse.down();
  await page.mouse.move(stage.x + 0.9 * stage.width, stage.y + 0.5 * stage.height, { steps: 6 });
  await page.mouse.up();
  await page.getByRole('button', { name: /^茅屋: 右/ }).waitFor();
  const slider = page.getByRole('slider', { name: '前后对比' });
  await slider.focus();
  await slider.press('End');
  for (let i = 0; i < 5; i++) await slider.press('PageDown');
  const earlier = page.getByRole('img', { name: '之前' });
  await until(
    () => earlier.evaluate((one) => (one as HTMLImageElement).naturalWidth > 0),
    'the earlier state beside the later',
  );
  await studio.keep(page, 'paint-before-after');
  await page.close();
});

test('[WEB4] the layers of a picture are listed; one is hidden and shown again, saved alone, and seen as a mask', {
  skip,
}, async () => {
  const { works } = (await studio.call('GET', '/api/works?medium=picture')) as { works: { id: string; op: string }[] };
  const painted = works.find(({ op }) => op === 'image/paint')!;
  const page = await studio.open(`/paint/${painted.id}`);
  const layers = page.getByRole('region', { name: '图层' });
  const rows = layers.getByRole('listitem');
  await rows.first().waitFor();
  assert.ok((await rows.count()) >= 3, 'paper, ground and hut at least');
  const picture = page.getByRole('img', { name: '画' });
  const hide = layers.getByRole('button', { name: /^隐藏茅屋/ });
  await hide.focus();
  await hide.press('Enter');
  await until(async () => (await picture.getAttribute('src'))!.startsWith('blob:'), 'the picture without the hut');
  await studio.keep(page, 'paint-layers');
  await expectAccessible(page);
  assert.ok(await page.getByRole('button', { name: '存为作品' }).isEnabled());
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    layers.getByRole('button', { name: /^将茅屋.*存为 PNG/ }).click(),
  ]);
  const alone = sharp(await readFile(await file.path()));
  const { width, height } = await alone.metadata();
  assert.deepEqual([width, height], [1024, 1024]);
  const alpha = (await alone.stats()).channels[3]!;
  assert.ok(alpha.min === 0 && alpha.max > 100, 'something at its place, and nothing around it');
  await layers.getByRole('switch', { name: '看蒙版' }).click();
  await layers.getByRole('button', { name: /^将茅屋.*的蒙版存为 PNG/ }).waitFor();
  await layers.getByRole('button', { name: '全部显示' }).click();
  await until(async () => !(await picture.getAttribute('src'))!.startsWith('blob:'), 'the picture as it was painted');
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
  await page.getByText('作画').first().waitFor();
  await page.close();
});

test('[WEB8] no page has a fault that axe finds, in both themes and both languages', { skip }, async () => {
  for (const [theme, language] of [
    ['light', 'zh'],
    ['dark', 'en'],
    ['light', 'en'],
    ['dark', 'zh'],
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
