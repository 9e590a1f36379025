/** An engine of the artist's on the Paint page: added at the command line, chosen, seen at work, begun again from what is on the paper, stopped. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startTrialEngine, type TrialEngine } from './a1111-engine.ts';
import { NO_BROWSER, openStudio, type Studio } from './studio.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let studio: Studio;
let engine: TrialEngine;

/** As an artist adds a server. */
async function add(...given: readonly string[]): Promise<void> {
  const argv = ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', 'models', 'add', ...given];
  await promisify(execFile)(process.execPath, argv, {
    cwd: ROOT,
    env: { ...process.env, LLMAGENTOS_HOME: studio.home },
  });
}

before(async () => {
  if (NO_BROWSER) return;
  engine = await startTrialEngine();
  studio = await openStudio();
  await add(engine.url, '--name', 'webui');
  const speech = ['--driver', 'openai', '--model', 'm', '--set', 'roles=["sound"]', '--set', 'voice=v'];
  await add(`${engine.url}/v1`, '--name', 'voice', ...speech);
});
after(async () => {
  if (NO_BROWSER) return;
  await studio.close();
  await engine[Symbol.asyncDispose]();
});

test('[WE1] an engine is chosen, paints what the words say, and says what it was asked', {
  skip: NO_BROWSER,
  timeout: 240_000,
}, async () => {
  const page = await studio.open('/paint', { language: 'zh', height: 1000 });
  await page.getByLabel('由谁来画').selectOption('webui');
  await page.getByLabel('画什么').fill('秋山上的落日，近处有松树');
  await page.getByLabel('不要出现').fill('people');
  await page.getByLabel('种子').fill('11');
  await page.getByRole('button', { name: '作画', exact: true }).click();
  await page.locator('img[src^="data:image/png"]').waitFor({ timeout: 90_000 });
  await studio.keep(page, 'paint-engine-at-work');
  await page.waitForURL(/\/paint\/[0-9a-f]{16}$/);
  await page.getByRole('heading', { name: '向引擎请求' }).waitFor();
  const [path, body] = engine.asked[0]!;
  assert.equal(path, '/sdapi/v1/txt2img');
  assert.match(String(body.prompt), /pine/);
  assert.match(String(body.prompt), /autumn/);
  assert.deepEqual([body.negative_prompt, body.seed], ['people', 11]);
  await page.getByText('只学过英文').waitFor();
  await page.waitForFunction(() => [...document.images].every((one) => one.complete && one.naturalWidth > 0));
  await studio.keep(page, 'paint-engine');
  studio.quiet();
});

test('[WE2] it goes on from what is on the paper, only where the mask lies', {
  skip: NO_BROWSER,
  timeout: 240_000,
}, async () => {
  const { works } = (await studio.call('GET', '/api/works?medium=picture')) as { works: readonly { id: string }[] };
  const page = await studio.open(`/paint/${works[0]!.id}`, { language: 'en', theme: 'dark', height: 1000 });
  await page.getByRole('button', { name: 'Mask', exact: true }).click();
  const picture = page.getByAltText('the picture', { exact: true });
  await picture.scrollIntoViewIfNeeded();
  const box = (await picture.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.35, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Undo' }).isEnabled();
  await page.getByLabel('Painted by').selectOption('webui');
  await page.getByLabel('What is to be seen').fill('a kite');
  await page.getByLabel('Begin from what is on the paper').check();
  await page.getByText('Only what the mask marks is made anew.').waitFor();
  await page.getByRole('button', { name: 'Paint', exact: true }).click();
  await page.waitForURL((url) => /\/paint\/[0-9a-f]{16}$/.test(url.pathname) && !url.pathname.endsWith(works[0]!.id));
  await page.getByRole('heading', { name: 'Asked of the engine' }).waitFor();
  const [path, body] = engine.asked.at(-1)!;
  assert.deepEqual([path, body.denoising_strength, typeof body.mask], ['/sdapi/v1/img2img', 0.6, 'string']);
  assert.equal(body.prompt, 'a kite');
  await page.waitForFunction(() => [...document.images].every((one) => one.complete && one.naturalWidth > 0));
  await studio.keep(page, 'paint-engine-masked');
  studio.quiet();
});

test('[WE3] a poem is performed by a sound model, from its page', { skip: NO_BROWSER, timeout: 240_000 }, async () => {
  const lines = ['床前明月光', '疑是地上霜'];
  const [poem] = await studio.run('verse/keep', { lines, title: '静夜思', form: 'free' });
  const page = await studio.open(`/works/${poem}`, { language: 'zh', height: 1000 });
  await page.getByRole('button', { name: '由 voice 演绎' }).click({ timeout: 60_000 });
  await page.locator('audio').first().waitFor({ state: 'attached', timeout: 90_000 });
  await page.getByText('向引擎请求').waitFor();
  const [path, body] = engine.asked.at(-1)!;
  assert.deepEqual([path, body.input], ['/v1/audio/speech', lines.join('\n')]);
  await studio.keep(page, 'performed');
  studio.quiet();
});
