/** The prompts of roles are versioned files: which one an agent went by is kept with every thought, and a change in between is said. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promptMarkOf, ROLES } from '../../agents/index.ts';
import type { AgentState, AgentStore } from '../../kernel/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import { planStudio } from '../../studios/plan/index.ts';
import { createOs } from '../create-os.ts';
import type { Os } from '../os.ts';
import { type Agents, createAgents } from './create-agents.ts';
import { type Line, type ScriptedModel, scriptedModel } from './trial-models.ts';
import { TRIAL_TEXT } from './trial-run.ts';

/** Every state that a prompt has had: whoever changes a word of one gives it the next version, and adds a line. */
const KNOWN: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  director: { 1: '037f9218da85dbc3' },
  poet: { 1: 'f24bc197a73cda4b' },
  painter: { 1: 'df396b1cfdce50fb', 2: 'fa500f4bf796a4d6' },
  composer: { 1: 'c7f5941efba42783', 2: '280c8c754d174174' },
  editor: { 1: 'd4ebb72933305933' },
  critic: { 1: 'd14ff744cdfa04de' },
  storyteller: { 1: 'ae85eb11515b5f49' },
};

const clock = { now: () => Date.now() };
const brief = '写一首关于星空的诗';
const PROMPT = promptMarkOf('poet')!;

interface Opened {
  readonly os: Os;
  readonly agents: Agents;
  readonly store: AgentStore;
  readonly model: ScriptedModel;
}

async function house(t: TestContext, ...lines: Line[]): Promise<Opened> {
  const home = await mkdtemp(join(tmpdir(), 'prompts-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const os = await createOs({ home, studios: [planStudio, TRIAL_TEXT] });
  t.after(() => os[Symbol.asyncDispose]());
  const storage = await openSqliteStorage(home, clock);
  t.after(() => storage[Symbol.asyncDispose]());
  const model = scriptedModel((asked) => lines[asked]);
  const entry = { name: 'talker', folder: '', card: {}, driver: 'llama', roles: ['chat'], enabled: true } as const;
  const models: Os['models'] = {
    ...os.models,
    find: async () => entry,
    get: async () => entry,
    openChatModel: async () => model,
  };
  const agents = createAgents({ clock, ids: { next: () => 'one', seed: () => 7 }, storage }, () => ({ ...os, models }));
  return { os, agents, store: storage.agents, model };
}

/** As it was kept under an older file. */
const older = { version: 0, digest: 'f'.repeat(64) };
const aged = (state: AgentState): { state: AgentState } => ({ state: { ...state, prompt: older } });
const finish: Line = { tool: 'finish', input: { words: '好', good: true } };

test('whoever changes a prompt gives it a new version', () => {
  for (const { name } of ROLES) {
    const { version, digest } = promptMarkOf(name)!;
    assert.equal(digest.slice(0, 16), KNOWN[name]?.[version], `${name} ${version}`);
    assert.equal(Math.max(...Object.keys(KNOWN[name]!).map(Number)), version, name);
  }
});

test('the prompt stands in the kept agent, with its thoughts, and on the ledger with every thought and act of a model', async (t) => {
  const { os, agents } = await house(t, { tool: 'recall', input: {} }, finish);
  const { id, prompt } = await agents.create({ role: 'poet', brief, model: 'talker' });
  assert.deepEqual(prompt, PROMPT);
  const { steps } = await agents.run(id);
  assert.deepEqual(
    steps.map((step) => step.prompt),
    [PROMPT, PROMPT],
  );
  const entries = (await os.ledger.list({ limit: 100 })).filter(
    ({ act, facts }) => ['called-agent', 'thought', 'acted'].includes(act) && JSON.stringify(facts).includes(id),
  );
  assert.deepEqual(entries.map(({ act }) => act).toSorted(), ['acted', 'called-agent', 'thought', 'thought']);
  for (const { facts } of entries) assert.deepEqual((facts as { prompt?: unknown }).prompt, PROMPT);
});

test('where rules think no prompt was read, and none is claimed', async (t) => {
  const { os, agents } = await house(t);
  const { id } = await agents.create({ role: 'poet', brief });
  const { steps, phase } = await agents.run(id);
  assert.equal(phase, 'done');
  assert.ok(steps.every((step) => step.prompt === undefined));
  const thoughts = (await os.ledger.list({ limit: 100 })).filter(({ act }) => act === 'thought');
  assert.ok(thoughts.length > 0 && thoughts.every(({ facts }) => !JSON.stringify(facts).includes('prompt')));
});

test('an agent that is gone on with after its prompt was changed says so once: in its memory, to its model, on the ledger', async (t) => {
  const { os, agents, store, model } = await house(t, { tool: 'ask_artist', input: { question: '几言？' } }, finish);
  const { id } = await agents.create({ role: 'poet', brief, model: 'talker' });
  await agents.run(id);
  await store.change(id, aged);
  await agents.control(id, { do: 'answer', text: '五言' });
  const { memory, prompt, phase, steps } = await agents.run(id);
  assert.equal(phase, 'done');
  assert.deepEqual([prompt, steps[1]!.prompt], [PROMPT, PROMPT]);
  const said = memory.filter(({ from }) => from === 'system');
  assert.equal(said.length, 1);
  assert.match(
    said[0]!.text,
    new RegExp(`版本 0 · ffffffffffff 变为 ${PROMPT.version} · ${PROMPT.digest.slice(0, 12)}`),
  );
  assert.match(JSON.stringify(model.asked[1]!.messages), /系统提示在上次运行后改过/);
  const changed = (await os.ledger.list({ limit: 100 })).filter(({ act }) => act === 'prompt-changed');
  assert.deepEqual(
    changed.map(({ facts }) => facts),
    [{ agent: id, step: 1, before: older, now: PROMPT }],
  );
});

test('an agent of before prompts were noted gets its mark without ado', async (t) => {
  const { agents, store } = await house(t, finish);
  const { id } = await agents.create({ role: 'poet', brief, model: 'talker' });
  await store.change(id, ({ prompt: _, ...state }) => ({ state }));
  const { memory, prompt } = await agents.run(id);
  assert.deepEqual([memory, prompt], [[], PROMPT]);
});
