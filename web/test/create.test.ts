import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
const LONG = { timeout: 150_000 };
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

test('[WEB1] one sentence, by keyboard alone, becomes a poem, a picture and a tune; the plan can be changed', {
  skip,
}, async () => {
  const page = await studio.open('/');
  await page.getByLabel('说说你想创作什么').focus();
  await page.keyboard.insertText('写一首关于星空的诗');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\?job=/);
  await page.getByRole('img').nth(1).waitFor(LONG);
  await page.getByRole('button', { name: '聆听' }).waitFor(LONG);
  await page.locator('[aria-busy=false]').waitFor(LONG);
  const { works } = (await studio.call('GET', '/api/works?medium=verse')) as { works: { text: string }[] };
  await page.getByText(works[0]!.text.split('\n')[0]!).first().waitFor();
  await studio.keep(page, 'create-done');
  await expectAccessible(page);
  await page.reload();
  await page.getByRole('button', { name: '聆听' }).waitFor(LONG);
  await page.getByRole('button', { name: '选这个' }).first().click();
  await page.getByLabel('添加主题').fill('归舟');
  await page.getByLabel('添加主题').press('Enter');
  await page.getByRole('button', { name: '去掉归舟' }).waitFor();
  await page.close();
});

test('[WEB2] the wall shows works as themselves; words find them; a star, the trash, and the way back', {
  skip,
}, async () => {
  const page = await studio.open('/works');
  const tiles = page.getByRole('list', { name: '作品' }).getByRole('listitem');
  await until(async () => (await tiles.count()) === 3, 'three works on the wall');
  const blank = (): Promise<number> =>
    page.evaluate(
      () => [...document.querySelectorAll<HTMLImageElement>('li img')].filter((i) => !i.naturalWidth).length,
    );
  await until(async () => (await blank()) === 0, 'every picture is seen', 30_000);
  await studio.keep(page, 'works');
  await expectAccessible(page);
  await page.getByLabel('按文字查找').fill('没有这个词');
  await page.getByText('没有符合的作品').waitFor();
  await page.getByLabel('按文字查找').fill('');
  await until(async () => (await tiles.count()) === 3, 'all of them again');
  await page.getByRole('button', { name: '加星' }).first().click();
  await page.getByRole('button', { name: '星标', exact: true }).click();
  await until(async () => (await tiles.count()) === 1, 'the starred one');
  await page.getByRole('button', { name: '星标', exact: true }).click();
  await until(async () => (await tiles.count()) === 3, 'all three');
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: '放进废纸篓' }).click();
  await until(async () => (await tiles.count()) === 2, 'two are left');
  await page.getByRole('button', { name: '撤销' }).click();
  await until(async () => (await tiles.count()) === 3, 'taken back');
  await page.close();
});

test('[WEB2] works are hung on a board and looked at side by side', { skip }, async () => {
  const page = await studio.open('/works');
  const tiles = page.getByRole('list', { name: '作品' }).getByRole('listitem');
  await until(async () => (await tiles.count()) === 3, 'three works on the wall');
  for (const i of [0, 1]) await page.getByRole('checkbox').nth(i).check();
  await page.getByRole('button', { name: '对比' }).click();
  const beside = page.getByRole('dialog', { name: '对比' });
  await until(
    () =>
      beside
        .locator('img')
        .evaluateAll((all) => all.length === 2 && all.every((one) => (one as HTMLImageElement).naturalWidth > 0)),
    'both',
  );
  await studio.keep(page, 'works-compared');
  await page.keyboard.press('Escape');
  await page.getByLabel('画板的名字').fill('秋');
  await page.getByRole('button', { name: '挂到画板' }).click();
  await page.getByText('已挂到“秋”').waitFor();
  await page.getByLabel('画板', { exact: true }).selectOption('秋');
  await until(async () => (await tiles.count()) === 2, 'the two on the board');
  await page.close();
});

test('[WEB5] a work has a page: itself, its record, its proof, its formats, its acts; it is made again and compared', {
  skip,
}, async () => {
  const { works } = (await studio.call('GET', '/api/works?medium=verse')) as { works: { id: string; title: string }[] };
  const page = await studio.open(`/works/${works[0]!.id}`);
  await page.getByRole('heading', { name: '格律证明' }).waitFor();
  await page.getByText(/^合律/).waitFor();
  await page.getByRole('link', { name: 'txt', exact: true }).waitFor();
  await page.getByRole('button', { name: '重做并比对' }).click();
  await page.getByText('逐字节相同').waitFor(LONG);
  await page.getByRole('button', { name: '为这首诗作画' }).click();
  await page.waitForURL((url) => url.pathname !== `/works/${works[0]!.id}`, LONG);
  await page.getByTitle(/^image\/paint ·/).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: '格律证明' }).waitFor();
  await studio.keep(page, 'work-page');
  await expectAccessible(page);
  await page.close();
});

test('[WEB6] the graph holds the family of a work; a chosen one is made again and branched; the studio stayed quiet all the while', {
  skip,
}, async () => {
  const page = await studio.open('/lineage');
  const nodes = page.getByRole('region', { name: '作品谱系图' }).getByRole('link');
  await until(async () => (await nodes.count()) >= 5, 'plan, poem, scene, picture, tune');
  await nodes.filter({ hasText: '作诗' }).first().click();
  const beside = page.getByRole('complementary', { name: '选中的作品' });
  await beside.getByRole('button', { name: '重做并比对' }).click();
  await beside.getByText('逐字节相同').waitFor(LONG);
  await studio.keep(page, 'lineage');
  await expectAccessible(page);
  const first = new URL(page.url()).searchParams.get('at');
  await beside.getByRole('button', { name: '另开一支' }).click();
  await page.waitForURL(/\/lineage\/[0-9a-f]+\?at=/, LONG);
  const branch = new URL(page.url()).searchParams.get('at');
  assert.notEqual(branch, first);
  await page.goto(`${studio.origin}/lineage?at=${branch}`);
  await page.locator(`a[aria-current][href="/lineage?at=${branch}"]`).waitFor();
  await page.locator(`a[href="/lineage?at=${first}"]`).waitFor();
  await studio.keep(page, 'lineage-branch');
  await page.close();
  studio.quiet();
});
