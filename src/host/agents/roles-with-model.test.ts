/** The roles that read what is there, each led by a scripted model over the real studios: editor, critic, storyteller, and who looks at a picture. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Json } from '../../core/index.ts';
import type { AgentState, ChatRequest } from '../../kernel/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import { imageStudio } from '../../studios/image/index.ts';
import { planStudio } from '../../studios/plan/index.ts';
import { textStudio } from '../../studios/text/index.ts';
import { createOs } from '../create-os.ts';
import type { Os } from '../os.ts';
import { createAgents } from './create-agents.ts';
import { type Line, type ScriptedModel, scriptedModel } from './trial-models.ts';

const clock = { now: () => Date.now() };
const POEM = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';

interface Ran {
  readonly os: Os;
  readonly model: ScriptedModel;
  readonly state: AgentState;
  readonly poem: string;
}

/** Gives a poem to an agent of a role whose model says these lines, and runs it to its end. */
async function ran(t: TestContext, role: string, ...lines: Line[]): Promise<Ran> {
  return ranWith(
    t,
    role,
    scriptedModel((asked) => lines[asked]),
    {
      op: 'verse/accept',
      options: { text: POEM, form: '五绝' },
    },
  );
}

/** The same with any model, over what an op makes. */
async function ranWith(
  t: TestContext,
  role: string,
  model: ScriptedModel,
  order: { readonly op: string; readonly options: Json; readonly of?: string },
): Promise<Ran> {
  const home = await mkdtemp(join(tmpdir(), 'roles-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const os = await createOs({ home, studios: [planStudio, textStudio, imageStudio] });
  t.after(() => os[Symbol.asyncDispose]());
  const storage = await openSqliteStorage(home, clock);
  t.after(() => storage[Symbol.asyncDispose]());
  const { of: brief, ...request } = order;
  const plans =
    brief === undefined ? [] : (await os.run({ op: 'plan/read', options: { brief }, seed: 3 }).result).works;
  const { works } = await os.run({ ...request, inputs: plans.map(({ id }) => id), seed: 3 }).result;
  const poem = works[0]!.id;
  const entry = { name: 'talker', folder: '', card: {}, driver: 'llama', roles: ['chat'], enabled: true } as const;
  const models: Os['models'] = {
    ...os.models,
    find: async (name) => (name === 'talker' ? entry : os.models.find(name)),
    get: async (name) => (name === 'talker' ? entry : os.models.get(name)),
    openChatModel: async (name) => (name === 'talker' ? model : os.models.openChatModel(name)),
  };
  const agents = createAgents({ clock, ids: { next: () => 'one', seed: () => 7 }, storage }, () => ({ ...os, models }));
  const { id } = await agents.create({ role, brief: '看看这首诗', model: 'talker', works: [poem] });
  return { os, model, state: await agents.run(id), poem };
}

const finish: Line = { tool: 'finish', input: { words: '好了', good: true } };
const edit = (pass: string, text?: string, work = 'w1'): Line => ({
  tool: 'edit_pass',
  input: { pass, work, ...(text !== undefined && { text }) },
});
const factsOf = ({ steps }: AgentState): readonly Record<string, unknown>[] =>
  steps.map(({ facts }) => (facts ?? {}) as Record<string, unknown>);

test('an editor goes over a poem in three passes; what it changed is shown, and only what keeps the form is a work', async (t) => {
  const better = POEM.replace('入海', '向海');
  const { os, state, poem } = await ran(
    t,
    'editor',
    edit('grammar', POEM),
    edit('style', '今天天气很好'),
    edit('style', better),
    edit('content', better, 'w2'),
    finish,
  );
  assert.equal(state.phase, 'done', state.outcome);
  assert.deepEqual(
    state.steps.map(({ failed }) => failed),
    [undefined, 'verse/not-mendable', undefined, undefined, undefined],
  );
  const [grammar, , style, content] = factsOf(state);
  assert.deepEqual(grammar, { pass: 'grammar', checked: true, changes: 0 });
  assert.deepEqual([style!.pass, style!.changes, style!.repairs], ['style', 2, 0]);
  assert.match(state.steps[2]!.seen, /黄河\[-入-\]\[\+向\+\]海流/u);
  assert.deepEqual([content!.pass, content!.changes], ['content', 0]);
  assert.equal(state.works.length, 2, 'one new poem, and the first as it was');
  const { lines } = (await os.load(state.works[1]!)).document as { lines: readonly string[] };
  assert.match(lines.join(''), /黄河向海流/u);
  assert.match(JSON.stringify((await os.load(poem)).document), /黄河入海流/u);
});

test('a critic is believed where its score stands on a measure or on words of the work; other scores are dropped, and counted', async (t) => {
  const { state } = await ran(
    t,
    'critic',
    {
      tool: 'rate',
      input: {
        work: 'w1',
        scores: [
          { criterion: '意境', score: 9, evidence: '「黄河入海流」一句开阔' },
          { criterion: '意境', score: 10, evidence: '「大江东去」' },
          { criterion: '总评', score: 10, evidence: '写得真好' },
        ],
      },
    },
    finish,
  );
  assert.equal(state.phase, 'done', state.outcome);
  const { ratings, dropped } = factsOf(state)[0] as {
    ratings: { criterion: string; score: number; evidence: string }[];
    dropped: number;
  };
  assert.equal(dropped, 2);
  assert.deepEqual(
    ratings.filter(({ criterion }) => ['意境', '总评'].includes(criterion)).map(({ score }) => score),
    [9],
  );
  const form = ratings.find(({ evidence }) => evidence.startsWith('violations'));
  assert.deepEqual(form && [form.score, form.evidence], [10, 'violations = 0'], 'rules rate beside it');
  assert.match(state.steps[0]!.seen, /2 个没有依据的分数/u);
});

test('a score out of its range is no score: the critic is told, nothing is rated', async (t) => {
  const scores = [{ criterion: '意境', score: 11, evidence: '「黄河」' }];
  const { state, model } = await ran(t, 'critic', { tool: 'rate', input: { work: 'w1', scores } }, finish);
  assert.ok(state.steps[0]!.failed !== undefined);
  assert.deepEqual(factsOf(state)[0], {});
  assert.match(JSON.stringify(model.asked[1]!.messages), new RegExp(state.steps[0]!.failed));
});

test('what a storyteller tells is kept as prose, marked as written by a machine from first to last', async (t) => {
  const text = '老人每天傍晚都要登上那座楼。河水在远处发亮，他数着归来的船，直到最后一只也看不见。';
  const { os, state } = await ran(t, 'storyteller', { tool: 'tell_story', input: { title: '登楼', text } }, finish);
  assert.equal(state.phase, 'done', state.outcome);
  const { work, document } = await os.load(state.works.at(-1)!);
  assert.deepEqual([work.medium, work.title], ['prose', '登楼']);
  const told = document as { text: string; spans: readonly { by: string }[] };
  assert.equal(told.text, text);
  assert.deepEqual([...new Set(told.spans.map(({ by }) => by))], ['machine']);
});

/** A model that looks at the work first; of a picture that it is shown it says what is given. */
function looker(sees: boolean, said: string): ScriptedModel {
  const shown = ({ messages }: ChatRequest): boolean =>
    messages.some((one) => one.role === 'user' && one.parts.some(({ kind }) => kind === 'picture'));
  let thoughts = 0;
  const script = scriptedModel((_, request) => {
    if (shown(request)) return { text: said };
    return thoughts++ === 0 ? { tool: 'look', input: { work: 'w1' } } : finish;
  });
  return { ...script, sees };
}

const PICTURE = { op: 'image/paint', options: { size: [128, 128] }, of: '画一座雪山' };

test('a model that sees is shown the picture itself; what it says stands beside the measures, and its tokens count', async (t) => {
  const { model, state } = await ranWith(t, 'critic', looker(true, '远处一座雪山'), PICTURE);
  assert.equal(state.phase, 'done', state.outcome);
  assert.match(state.steps[0]!.seen, /远处一座雪山/u);
  const pictures = model.asked.flatMap(({ messages }) =>
    messages.flatMap((one) => (one.role === 'user' ? one.parts.filter(({ kind }) => kind === 'picture') : [])),
  );
  assert.equal(pictures.length, 1, 'shown once');
  const [picture] = pictures;
  assert.ok(picture?.kind === 'picture');
  assert.deepEqual(
    [picture.mime, Buffer.from(picture.bytes.subarray(8, 12)).toString('latin1')],
    ['image/webp', 'WEBP'],
  );
  const spent = model.asked.map(({ messages }) => Math.ceil(JSON.stringify(messages).length / 3) + 20);
  assert.equal(
    state.used.tokens,
    spent.reduce((sum, one) => sum + one, 0),
  );
});

test('a model that does not see is shown no picture, and goes by the measures', async (t) => {
  const { model, state } = await ranWith(t, 'critic', looker(false, '看不见'), PICTURE);
  assert.equal(state.phase, 'done', state.outcome);
  assert.equal(model.asked.length, 2);
  assert.doesNotMatch(JSON.stringify(model.asked.map(({ messages }) => messages)), /"kind":"picture"/);
  assert.doesNotMatch(state.steps[0]!.seen, /看不见/u);
  const { medium, measures } = factsOf(state)[0] as { medium: string; measures: object };
  assert.equal(medium, 'picture');
  assert.ok(Object.keys(measures).length > 0);
});
