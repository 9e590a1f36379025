/**
 * Verse from a chat model through the real house: a server of the OpenAI shape talks, a poet hands in its drafts, the studio proves, mends or
 * refuses them. What is kept is valid whatever the model says.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { callPiece, ending, spoken } from '../src/drivers/remote/trial/openai-words.ts';
import { type Heard, startTrialServer, stream } from '../src/drivers/remote/trial/trial-server.ts';
import { createOs, type Os } from '../src/host/index.ts';
import type { AgentState } from '../src/kernel/index.ts';

const homes: string[] = [];
after(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

const SHIPPED = join(import.meta.dirname, '../models');
const POEM = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';
const LINES = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];
const LUSHI = '国破山河在，城春草木深。感时花溅泪，恨别鸟惊心。烽火连三月，家书抵万金。白头搔更短，浑欲不胜簪。';
const TUNE = '常记溪亭日暮，沉醉不知归路。兴尽晚回舟，误入藕花深处。争渡，争渡，惊起一滩鸥鹭。';

/** What the model does: a text, or a call of a tool. */
type Word = string | { readonly tool: string; readonly input: object };

const draft = (text: string, form?: string): Word => ({
  tool: 'verse_accept',
  input: { options: { text, ...(form && { form }) } },
});
const END: Word = { tool: 'finish', input: { words: '写成了', good: true } };

interface Ended {
  readonly state: AgentState;
  readonly poems: readonly { lines: readonly string[]; valid: boolean; form: string; repairs: unknown }[];
  readonly heard: readonly Heard[];
}

/** A poet whose model says these words, the last over and over. */
async function poet(words: readonly Word[], budget: object = { steps: 8 }): Promise<Ended> {
  let turn = 0;
  await using server = await startTrialServer((reply, heard) => {
    const word = words[Math.min(turn++, words.length - 1)]!;
    const pieces =
      typeof word === 'string'
        ? spoken(word)
        : [callPiece(word.tool, JSON.stringify(word.input)), ending('tool_calls')];
    return stream(pieces)(reply, heard);
  });
  const home = mkdtempSync(join(tmpdir(), 'verse-by-chat-'));
  homes.push(home);
  mkdirSync(join(home, 'models', 'talker'), { recursive: true });
  const card = { name: 'talker', driver: 'openai', baseUrl: `${server.url}/v1`, model: 'm', contextLength: 32_000 };
  writeFileSync(join(home, 'models', 'talker', 'card.json'), JSON.stringify({ ...card, usesTools: true }));
  await using os = await createOs({ home, modelFolders: [join(home, 'models'), SHIPPED] });
  await os.grant({ address: server.url, purposes: ['chat'] });
  const { id } = await os.agents.create({ role: 'poet', brief: '写一首五绝：登楼', model: 'talker', budget });
  const state = await os.agents.run(id);
  return { state, poems: await poemsOf(os), heard: server.heard };
}

async function poemsOf(os: Os): Promise<Ended['poems']> {
  const works = (await os.works.list({ limit: 100 })).filter(({ medium }) => medium === 'verse');
  return Promise.all(
    works.map(async ({ id }) => {
      const { work, document } = await os.load(id);
      const { lines, form, proof } = document as { lines: string[]; form: string; proof: { valid: boolean } };
      const report = await os.run({ op: 'verse/check', options: { text: lines.join('\n'), form }, seed: 1 }).result;
      const again = JSON.stringify(report).includes('"valid":true') || form === 'free';
      return { lines, form, valid: proof.valid && again, repairs: work.measures.repairs };
    }),
  );
}

test('a broken draft is told what is wrong and where; the second, by the model, is kept', async () => {
  const { state, poems, heard } = await poet([draft(POEM.replace('入海流', '入海')), draft(POEM, '五绝'), END]);
  assert.equal(state.phase, 'done', JSON.stringify(state.outcome));
  assert.equal(state.steps[0]!.failed, 'verse/not-mendable');
  assert.deepEqual(poems, [{ lines: LINES, form: poems[0]!.form, valid: true, repairs: 0 }]);
  assert.ok(heard[1]!.body && JSON.stringify(heard[1]!.body).includes('草稿不合律'), 'the model was told');
});

const FAULTS: Readonly<Record<string, readonly [good: string, bad: string, form: string]>> = {
  'a wrong tone in 五绝': [POEM, POEM.replace('欲穷', '欲见'), '五绝'],
  'a rhyme word twice in 五绝': [POEM, POEM.replace('一层楼', '一层流'), '五绝'],
  'a wrong rhyme in 五律': [LUSHI, LUSHI.replace('鸟惊心', '鸟惊天'), '五律'],
  'a wrong rhyme in 如梦令': [TUNE, TUNE.replace('一滩鸥鹭', '一滩鸥鸟'), '如梦令'],
};

for (const [name, [good, bad, form]] of Object.entries(FAULTS)) {
  test(`${name} is mended with the fewest changes, and the number is kept`, async () => {
    const { state, poems } = await poet([draft(bad, form), END]);
    const [poem] = poems;
    assert.ok(poem, `${state.phase} ${state.steps.map(({ seen }) => seen).join(' | ')}`);
    assert.equal(poem.valid, true);
    const before = [...bad.replace(/[，。]/gu, '')];
    const after = [...poem.lines.join('')];
    const changed = after.filter((one, i) => one !== before[i]).length;
    assert.ok(changed >= 1 && changed <= 2, `${good} → ${poem.lines.join()}`);
    assert.equal(poem.repairs, changed);
    assert.deepEqual(state.steps[0]!.facts, { repairs: changed });
  });
}

test('a model that never gets it right keeps nothing, and the reason is told', async () => {
  const { state, poems } = await poet([draft('春风吹，花开了满山。', '五绝')]);
  assert.equal(state.phase, 'failed');
  assert.deepEqual(poems, []);
  assert.match(state.outcome!, /草稿不合律/);
});

test('a poem in talk, without any tool, is harvested; what was talked is not kept', async () => {
  const { state, poems } = await poet([`好的！为您写了一首：\n\n《登楼》\n${POEM}\n\n希望您能够非常喜欢它。`]);
  assert.deepEqual(poems[0]?.lines, LINES, JSON.stringify(state.steps));
  assert.equal(poems.filter(({ repairs }) => repairs !== undefined).length, 1);
  assert.ok(poems.every(({ valid }) => valid));
});

test('a model that refuses leaves the poem to the rules, and that is said', async () => {
  const { state, poems } = await poet(['抱歉，我不能帮您写诗。']);
  assert.equal(state.fellBack, true);
  assert.ok(poems.every(({ valid, repairs }) => valid && repairs === undefined));
});
