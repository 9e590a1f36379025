/** The plan as cards: what is locked stays when the words are others, what is not is proposed anew. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
const LONG = { timeout: 120_000 };
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

interface Document {
  readonly season?: string;
  readonly palette?: readonly string[];
  readonly tempo?: number;
  readonly themes: readonly { readonly word: string }[];
  readonly music?: { readonly tonic?: string; readonly mode?: string };
  readonly locked?: readonly string[];
}

/** The plan that the poem on the page was made from. */
async function planOf(job: string): Promise<Document> {
  const { options } = (await studio.call('GET', `/api/jobs/${job}`)) as { options: { plan: string } };
  return ((await studio.call('GET', `/api/works/${options.plan}`)) as { document: Document }).document;
}

test('[WEB1] each part of a plan is locked on its card; other words, or another chance, leave it as it is', {
  skip,
}, async () => {
  const page = await studio.open('/');
  await page.getByRole('button', { name: '选项' }).click();
  await page.getByRole('switch', { name: '诗', exact: true }).click();
  const box = page.getByLabel('说说你想创作什么');
  await box.fill('写一首关于星空的诗');
  await box.press('Enter');
  const plan = page.getByRole('region', { name: '方案' });
  await page.locator('[aria-busy=false]').waitFor(LONG);
  await plan.getByLabel('季节', { exact: true }).selectOption('winter');
  await plan.getByLabel('主音', { exact: true }).selectOption('D');
  await plan.getByLabel('每分钟拍数', { exact: true }).fill('52');
  const lock = (part: string) => plan.getByRole('button', { name: `锁定${part}`, exact: true });
  for (const part of ['季节', '调', '每分钟拍数'])
    assert.equal(await lock(part).getAttribute('aria-pressed'), 'true', `${part}: what is changed is held`);
  assert.equal(await lock('时辰').getAttribute('aria-pressed'), 'false');
  await lock('用色').focus();
  await page.keyboard.press('Space');
  await studio.keep(page, 'plan-locked');
  await expectAccessible(page);
  const first = page.url();
  await box.fill('春天的桃花');
  await box.press('Enter');
  await until(async () => page.url() !== first, 'another job', 60_000);
  const second = page.url();
  const fromOthers = await planOf(new URL(second).searchParams.get('job')!);
  assert.deepEqual([...fromOthers.locked!].sort(), ['key', 'palette', 'season', 'tempo']);
  assert.deepEqual([fromOthers.season, fromOthers.tempo, fromOthers.music?.tonic], ['winter', 52, 'D']);
  assert.ok(
    fromOthers.themes.some(({ word }) => word.includes('桃')),
    'themes are read from the new words',
  );
  await page.locator('[aria-busy=false]').waitFor(LONG);
  assert.equal(await lock('季节').getAttribute('aria-pressed'), 'true', 'the cards stay in sight, with their locks');
  await lock('季节').click();
  await plan.getByRole('button', { name: '重拟其余' }).click();
  await until(async () => page.url() !== second, 'a third job', 60_000);
  const renewed = await planOf(new URL(page.url()).searchParams.get('job')!);
  assert.deepEqual([renewed.season, renewed.tempo], ['spring', 52]);
  await page.close();
  studio.quiet();
});
