/** Agents in the studio: started, watched, stopped, led, allowed and refused, through a reload and a crash. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { openSqliteStorage } from '../../src/storage/index.ts';
import { startTrialEngine } from './a1111-engine.ts';
import { startScriptedModel } from './scripted-model.ts';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
const LONG = { timeout: 150_000 };
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

interface Agent {
  readonly id: string;
  readonly phase: string;
  readonly works: readonly string[];
  readonly steps: readonly unknown[];
  readonly job?: string;
  readonly used: { readonly steps: number };
}

const agentOf = async (url: string): Promise<Agent> =>
  (await studio.call('GET', `/api/agents/${new URL(url).pathname.split('/').at(-1)}`)) as Agent;

/** Waits until every picture of the page is seen, those out of sight too. */
async function seePictures(page: Page): Promise<void> {
  const seen = (): Promise<boolean> =>
    page.evaluate(() => {
      for (const one of document.images) one.loading = 'eager';
      return [...document.images].every((one) => one.complete && one.naturalWidth > 0);
    });
  await until(seen, 'pictures are there', 60_000);
}

test('[WEB20] by keyboard alone a director is called, watched, paused, loaded anew in the midst, let go on, and shows what came', {
  skip,
}, async () => {
  const page = await studio.open('/agents');
  await page.getByText('这里还没有智能体工作过').waitFor();
  await studio.keep(page, 'agents-empty');
  await expectAccessible(page);
  const example = page.getByRole('button', { name: '秋夜泊舟：写一首七绝，画一幅画，配一支曲' });
  await example.focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.getByLabel('要它做什么？').inputValue(), '秋夜泊舟：写一首七绝，画一幅画，配一支曲');
  await page.getByLabel('步数').fill('201');
  await page.getByText('1 到 200').waitFor();
  assert.ok(await page.getByRole('button', { name: '开始' }).isDisabled());
  await page.getByLabel('步数').fill('40');
  await page.getByLabel('要它做什么？').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/agents\/[0-9a-f]{16}$/);
  await page.getByText('先读要求。').waitFor(LONG);
  await page.getByRole('region', { name: '诗人' }).waitFor(LONG);
  await studio.keep(page, 'agents-live');
  await page.getByRole('button', { name: '暂停' }).press('Enter');
  await page.getByRole('button', { name: '继续' }).waitFor();
  await until(async () => (await agentOf(page.url())).job === undefined, 'it has stopped after its act', 60_000);
  const paused = await agentOf(page.url());
  assert.equal(paused.phase, 'paused');
  await page.reload();
  await page.getByRole('status').getByText('已暂停').waitFor();
  await page.getByLabel('对它说点什么').fill('要清冷一些');
  await page.keyboard.press('Enter');
  await page.getByText('要清冷一些').waitFor();
  await page.getByRole('button', { name: '继续' }).press('Enter');
  await page.getByRole('status').getByText('工作中').waitFor();
  await page.reload();
  await page.getByRole('button', { name: '聆听' }).waitFor(LONG);
  await page.getByRole('status').getByText('完成', { exact: true }).waitFor(LONG);
  const done = await agentOf(page.url());
  assert.deepEqual([done.phase, done.works.slice(0, paused.works.length)], ['done', paused.works]);
  assert.ok(done.used.steps <= 40);
  for (const name of ['诗人', '画家', '作曲者', '评论者'])
    assert.equal(await page.getByRole('region', { name }).count(), 1, name);
  await page.getByRole('cell', { name: '合律' }).waitFor();
  await seePictures(page);
  await studio.keep(page, 'agents-done');
  await expectAccessible(page);
  await page.getByRole('link', { name: /所有智能体/ }).click();
  await page.getByRole('link', { name: '秋夜泊舟：写一首七绝，画一幅画，配一支曲' }).waitFor();
  await studio.keep(page, 'agents-past');
  await page.close();
});

test('[WEB21] stopped, it stands where it was; the server killed in the midst, the page ends what it began', {
  skip,
}, async () => {
  const pictures = async (): Promise<number> =>
    ((await studio.call('GET', '/api/works?medium=picture&limit=50')) as { works: unknown[] }).works.length;
  const before = await pictures();
  const page = await studio.open('/agents', { language: 'en', theme: 'dark' });
  await page.getByLabel('What shall it make?').fill('写一首咏竹的五绝，再画一幅竹');
  await page.getByLabel('Who').selectOption('director');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/\/agents\/[0-9a-f]{16}$/);
  await page.getByRole('region', { name: 'poet' }).waitFor(LONG);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('status').getByText('stands still').waitFor();
  await studio.keep(page, 'agents-stopped-dark');
  await page.getByRole('button', { name: 'Change what is to come' }).click();
  await page.getByRole('group', { name: 'Task 2' }).getByLabel('What').fill('画一幅墨竹');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keep this plan' }).click();
  await page.getByText('画一幅墨竹').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('region', { name: 'painter' }).waitFor(LONG);
  await studio.crash();
  await page.getByText('The system does not answer.').first().waitFor();
  await studio.rise();
  await page.getByRole('status').getByText('done', { exact: true }).waitFor(LONG);
  const { works } = await agentOf(page.url());
  assert.equal(new Set(works).size, works.length);
  assert.equal(await pictures(), before + 1, 'one picture, none twice');
  await seePictures(page);
  await studio.keep(page, 'agents-done-dark');
  await expectAccessible(page);
  await page.close();
});

/** A model elsewhere, with a price: a server on this machine that was granted. */
async function addTalker(url: string, name = 'talker'): Promise<void> {
  const folder = join(studio.home, 'models', name);
  await mkdir(folder, { recursive: true });
  const card = {
    name,
    driver: 'openai',
    baseUrl: `${url}/v1`,
    model: 'm',
    usesTools: true,
    contextLength: 32_000,
    licence: 'none',
    summary: { en: 'talks', zh: '对话' },
    prices: { currency: 'USD', input: 1, output: 5 },
  };
  await writeFile(join(folder, 'card.json'), JSON.stringify(card));
  await promisify(execFile)(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'src/cli/main.ts',
      'grants',
      'add',
      url,
      '--for',
      'chat',
      '--budget',
      '5USD',
    ],
    { cwd: resolve(import.meta.dirname, '../..'), env: { ...process.env, LLMAGENTOS_HOME: studio.home } },
  );
}

test('[WEB22] an agent that thinks with a model asks leave after it has read what others wrote, asks a question, and hands in its own verse', {
  skip,
}, async () => {
  const verse = { text: '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。', form: '五绝' };
  await using model = await startScriptedModel([
    { tool: 'recall', input: {} },
    { tool: 'ask_artist', input: { question: '写五绝还是七绝？' } },
    { tool: 'verse_accept', input: { options: verse } },
    { tool: 'finish', input: { words: '写成了 w1。', good: true } },
  ]);
  await addTalker(model.url);
  const page = await studio.open('/agents');
  await page.getByLabel('要它做什么？').fill('登高');
  await page.getByLabel('由谁来做').selectOption('poet');
  await page.getByLabel('用什么思考').selectOption('talker');
  await page.getByText(`它读到的内容会发给 127.0.0.1`).waitFor();
  await page.getByLabel('费用（USD）').fill('1');
  await studio.keep(page, 'agents-start-model');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByRole('heading', { name: '它请求允许' }).waitFor(LONG);
  assert.equal(model.heard.length, 1, 'nothing of what it read has left');
  await studio.keep(page, 'agents-asks-leave');
  await expectAccessible(page);
  await page.getByRole('button', { name: '本次允许' }).click();
  await page.getByText('写五绝还是七绝？').first().waitFor(LONG);
  await page.getByText('本次已允许：外发 · 花费').waitFor();
  await page.getByLabel('你的回答').fill('五绝');
  await studio.keep(page, 'agents-asks');
  await page.getByRole('button', { name: '回答' }).click();
  await page.getByRole('status').getByText('完成', { exact: true }).waitFor(LONG);
  assert.match(model.heard[2]!, /五绝/);
  await page.getByText('更上一层楼').first().waitFor();
  await studio.keep(page, 'agents-by-model');
  await expectAccessible(page);
  const wider = async (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok((await wider()) <= 0, 'nothing is wider than a telephone');
  await studio.keep(page, 'agents-by-model-telephone');
  await page.close();

  await using refused = await startScriptedModel([{ tool: 'recall', input: {} }]);
  await addTalker(refused.url);
  const other = await studio.open('/agents');
  await other.getByLabel('要它做什么？').fill('写一首五绝');
  await other.getByLabel('由谁来做').selectOption('poet');
  await other.getByLabel('用什么思考').selectOption('talker');
  await other.getByLabel('费用（USD）').fill('1');
  await other.getByRole('button', { name: '开始' }).click();
  await other.getByRole('button', { name: '不允许' }).click(LONG);
  await other.getByText('talker 之后改由规则').waitFor(LONG);
  await other.getByRole('status').getByText('完成', { exact: true }).waitFor(LONG);
  assert.equal(refused.heard.length, 1);
  await other.close();
  studio.quiet();
});

test('[WEB23] on the page each role gets a model of its own, and the agent begins from a work that was ticked', {
  skip,
}, async () => {
  const [poem] = await studio.run('verse/accept', {
    text: '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。',
    form: '五绝',
    title: '登鹳雀楼',
  });
  await using chief = await startScriptedModel([
    { tool: 'delegate', input: { role: 'critic', goal: '评这首诗', works: ['w1'] } },
    { tool: 'finish', input: { words: '评过了。', good: true } },
  ]);
  await using judge = await startScriptedModel([{ tool: 'finish', input: { words: '好诗。', good: true } }]);
  await addTalker(chief.url, 'chief');
  await addTalker(judge.url, 'judge');
  const page = await studio.open('/agents');
  await page.getByLabel('要它做什么？').fill('评一评这首诗');
  await page.getByLabel('由谁来做').selectOption('director');
  await page.getByLabel('用什么思考').selectOption('chief');
  await page.getByText('各角色各用模型').press('Enter');
  await page.getByLabel('评论者', { exact: true }).selectOption('judge');
  await page.getByLabel('诗人', { exact: true }).selectOption('rules');
  await page.getByText('从已有作品开始').click();
  await page.getByLabel(/登鹳雀楼/).check();
  await page.getByText('从已有作品开始 (1)').waitFor();
  await page.getByLabel('费用（USD）').fill('1');
  await studio.keep(page, 'agents-role-models');
  await expectAccessible(page);
  await page.getByRole('button', { name: '开始' }).click();
  await page.waitForURL(/\/agents\/[0-9a-f]{16}$/);
  await page.getByRole('region', { name: '评论者' }).getByText('judge').waitFor(LONG);
  await page.getByRole('status').getByText('完成', { exact: true }).waitFor(LONG);
  await page.getByText(/提示版本 \d+ · [0-9a-f]{12}/).waitFor();
  await studio.keep(page, 'agents-two-models');
  const { works } = await agentOf(page.url());
  assert.equal(works[0], poem);
  assert.deepEqual([chief.heard.length, judge.heard.length], [2, 1]);
  assert.match(judge.heard[0]!, /评论者/);
  const storage = await openSqliteStorage(studio.home, { now: () => Date.now() });
  const older = { version: 0, digest: 'f'.repeat(64) };
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  await storage.agents.change(id, (state) => ({ state: { ...state, prompt: older } }));
  await storage[Symbol.asyncDispose]();
  await page.reload();
  await page.getByText(/上次运行时提示版本 0 · f{12}，现为 \d+ · [0-9a-f]{12}/).waitFor();
  await studio.keep(page, 'agents-prompt-changed');
  await page.close();
  studio.quiet();
});

test('[WEB24] a painter that wants an engine which nobody granted asks on its page, in words; refused, it paints by hand', {
  skip,
}, async () => {
  await using engine = await startTrialEngine();
  const folder = join(studio.home, 'models', 'webui');
  await mkdir(folder, { recursive: true });
  const card = { name: 'webui', driver: 'a1111', baseUrl: engine.url, licence: 'none' };
  await writeFile(join(folder, 'card.json'), JSON.stringify(card));
  await using model = await startScriptedModel([
    { tool: 'plan_read', input: { options: { brief: '画秋山' } } },
    { tool: 'image_paint_by_model', input: { inputs: ['w1'], options: { count: 1 } } },
    { tool: 'image_paint', input: { inputs: ['w1'], options: { count: 1, size: [256, 256] } } },
    { tool: 'finish', input: { words: '画好了。', good: true } },
  ]);
  await addTalker(model.url);
  const page = await studio.open('/agents');
  await page.getByLabel('要它做什么？').fill('画秋山');
  await page.getByLabel('由谁来做').selectOption('painter');
  await page.getByLabel('用什么思考').selectOption('talker');
  await page.getByLabel('费用（USD）').fill('1');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByText(/它想请引擎作画。未经你授权/).waitFor(LONG);
  await studio.keep(page, 'agents-asks-engine');
  await expectAccessible(page);
  assert.equal(engine.asked.length, 0);
  await page.getByRole('button', { name: '不允许' }).click();
  await page.getByRole('status').getByText('完成', { exact: true }).waitFor(LONG);
  await page.getByText('请引擎作画').first().waitFor();
  await seePictures(page);
  await studio.keep(page, 'agents-engine-refused');
  assert.equal(engine.asked.length, 0);
  await page.close();
  studio.quiet();
});
