/** Several models at once: each role thinks with its own, told by two servers of the OpenAI shape that hear only what is theirs. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '../sdk/src/index.ts';
import { runTyped } from '../src/cli/fixture.ts';
import { createInProcessRunner, createOs, type Os } from '../src/host/index.ts';
import { serveHttp } from '../src/server/http/index.ts';
import { openSqliteStorage } from '../src/storage/index.ts';
import { type Call, type ScriptedModel, startScriptedModel } from '../web/test/scripted-model.ts';

const root = mkdtempSync(join(tmpdir(), 'agent-models-'));
const home = join(root, 'home');
const env = { LANG: 'zh_CN.UTF-8', LLMAGENTOS_HOME: home };
const POEM = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';
let poem: string;

before(async () => {
  await using os = await createOs({ home });
  const made = await os.run({ op: 'verse/accept', options: { text: POEM, form: '五绝' }, inputs: [], seed: 1 }).result;
  poem = made.works[0]!.id;
});
after(() => rmSync(root, { recursive: true, force: true }));

const CHIEF: readonly Call[] = [
  { tool: 'delegate', input: { role: 'critic', goal: '评这首诗', works: ['w1'] } },
  { tool: 'finish', input: { words: '评过了', good: true } },
];
const JUDGE: readonly Call[] = [
  {
    tool: 'rate',
    input: { work: 'w1', scores: [{ criterion: '意境', score: 9, evidence: '「黄河入海流」一句开阔' }] },
  },
  { tool: 'finish', input: { words: '好诗', good: true } },
];

/** Puts both servers among the models, as `chief` and `judge`. */
async function addBoth(chief: ScriptedModel, judge: ScriptedModel): Promise<void> {
  await using os = await createOs({ home });
  for (const [name, { url }] of Object.entries({ chief, judge })) {
    if (await os.models.find(name)) await os.removeModel(name);
    await os.addModel({ source: `${url}/v1`, driver: 'openai', name, fields: { model: 'm', contextLength: 32_000 } });
  }
}

/** What a server was told first: the system prompt of the role. */
const told = ({ heard }: ScriptedModel): string =>
  (JSON.parse(heard[0]!) as { messages: { content: string }[] }).messages[0]!.content;

function eachHeardItsOwn(chief: ScriptedModel, judge: ScriptedModel): void {
  assert.deepEqual([chief.heard.length, judge.heard.length], [2, 2]);
  assert.match(told(chief), /^你是画室的导演/);
  assert.match(told(judge), /^你是.*评论者/);
}

test('[AM1] at the command line director and critic each ask a server of their own, and each shows its prompt', async () => {
  await using chief = await startScriptedModel(CHIEF);
  await using judge = await startScriptedModel(JUDGE);
  await addBoth(chief, judge);
  const typed = (...argv: string[]): ReturnType<typeof runTyped> => runTyped(argv, { env });
  const ran = await typed(
    'agent',
    'run',
    '评一首诗',
    '--model',
    'chief',
    '--role-model',
    'critic=judge',
    '--work',
    poem,
  );
  assert.equal(ran.exitCode, 0, ran.out + ran.err);
  eachHeardItsOwn(chief, judge);
  assert.match((await typed('agent', 'show')).out, /角色提示：版本 1 · [0-9a-f]{12}/);
  await agePrompt();
  assert.match((await typed('agent', 'show')).out, /上次运行时为版本 0 · f{12}，现为版本 1 · [0-9a-f]{12}/);
  const english = await typed('agent', 'show', '--lang', 'en');
  assert.match(english.out, /version 0 · f{12} when it last ran, version 1 · [0-9a-f]{12} now/);
  await using os = await createOs({ home });
  const [director] = await os.agents.list(1);
  const [critic] = await os.agents.below(director!.id);
  assert.deepEqual([director!.model, critic!.model, critic!.role], ['chief', 'judge', 'critic']);
  assert.ok(critic!.steps.every(({ by }) => by === 'judge'));
});

/** As if the latest agent had been kept under an older prompt. */
async function agePrompt(): Promise<void> {
  await using storage = await openSqliteStorage(home, { now: () => Date.now() });
  const [latest] = await storage.agents.list({ limit: 1 });
  const older = { version: 0, digest: 'f'.repeat(64) };
  await storage.agents.change(latest!.id, (state) => ({ state: { ...state, prompt: older } }));
}

/** Gives the brief over HTTP and waits for the end of its job. */
async function overHttp(os: Os, models?: Record<string, string | null>) {
  await using server = await serveHttp(os, { port: 0, version: '0.0.0' });
  const client = createClient({ baseUrl: server.url, key: server.key });
  const { agent, job } = await client.startAgent({
    ...{ brief: '评一首诗', model: 'chief', works: [poem] },
    ...(models && { models }),
  });
  for await (const _ of client.events({ job: job.id }));
  return await client.agent(agent.id);
}

test('[AM2] over HTTP the same; a role that is given rules asks nobody', async () => {
  await using chief = await startScriptedModel([...CHIEF, ...CHIEF]);
  await using judge = await startScriptedModel(JUDGE);
  await addBoth(chief, judge);
  await using os = await createOs({ home, runner: createInProcessRunner });
  const ended = await overHttp(os, { critic: 'judge' });
  assert.deepEqual([ended.phase, ended.below![0]!.model], ['done', 'judge'], ended.outcome);
  eachHeardItsOwn(chief, judge);
  assert.deepEqual(ended.prompt, os.agents.promptOf('director'));
  const byRules = await overHttp(os, { critic: null });
  assert.deepEqual([byRules.below![0]!.model, judge.heard.length], [null, 2]);
});
