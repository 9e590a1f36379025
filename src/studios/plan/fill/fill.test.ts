import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Json } from '../../../core/index.ts';
import type { ChatModel, ChatRequest, InputWork, OpContext, Plan } from '../../../kernel/index.ts';
import { readBrief } from '../read-brief.ts';
import { fillPlan } from './fill.ts';

/** A model that says what it is told to, and remembers what it was asked. */
function scripted(...answers: string[]): { readonly model: ChatModel; readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  const reply: ChatModel['reply'] = async (request) => {
    asked.push(request);
    return { text: answers[asked.length - 1]!, calls: [], finish: 'stop', usage: { input: 10, output: 5 } };
  };
  return { asked, model: { sees: false, usesTools: false, reply } as unknown as ChatModel };
}

async function fill(plan: Plan, model: ChatModel): Promise<Plan> {
  const context = {
    chatModel: async () => model,
    seed: 1,
    signal: new AbortController().signal,
  } as unknown as OpContext;
  const input = { work: { title: '' }, document: plan } as unknown as InputWork;
  const { works } = await fillPlan.run(context, [input], { model: 'talker', temperature: 0.7 });
  return (works[0] as { document: Plan }).document;
}

const brief = '画一幅画：老渔翁在江边收网，不要月亮';

test('[PL30] a model fills the plan: what it read stands, what it names is known, the brief rules', async () => {
  const plan = readBrief(brief);
  const { model, asked } = scripted(
    JSON.stringify({
      title: '收网',
      themes: [
        { word: '渔翁', words: '老渔翁', weight: 0.9 },
        { word: '归家', words: '回家的路', weight: 0.4 },
      ],
      valence: 0.2,
      hour: 'dusk',
      palette: ['#223344', 'blue'],
      elements: [
        { id: 'river', words: '江边' },
        { id: 'fisherman', words: '老渔翁', how: 'beside', to: 'river', size: 'small' },
        { id: 'moon', words: '月亮' },
        { id: 'submarine-x', words: '' },
        { id: 'willow', words: '', side: 'nowhere' },
      ],
    }),
  );
  const filled = await fill(plan, model);
  assert.deepEqual([filled.title, filled.hour, filled.mood.valence], ['收网', 'dusk', 0.2]);
  assert.deepEqual(
    filled.themes.map(({ word, source }) => [word, source]),
    [
      ['渔翁', '老渔翁'],
      ['归家', ''],
    ],
    'what is not in the brief was not read there',
  );
  const ids = filled.scene!.elements.map(({ id }) => id);
  assert.ok(ids.includes('river') && !ids.includes('moon') && !ids.includes('submarine-x'));
  assert.equal(filled.palette, plan.palette, 'one bad colour leaves the palette as it was');
  const notes = filled.notes.map(({ zh }) => zh).join('\n');
  assert.match(notes, /palette 无法使用/);
  assert.match(notes, /submarine-x/);
  assert.match(notes, /1 个无法使用/);
  assert.match(notes, /由模型 talker 填写/);
  const said = asked[0]!.messages[1] as unknown as { parts: { text: string }[] };
  assert.ok(said.parts[0]!.text.includes(brief) && said.parts[0]!.text.includes('fisherman'));
  assert.equal((asked[0]!.schema as { type: Json }).type, 'object');
});

test('[PL31] what is locked stays, whatever a model says', async () => {
  const plan: Plan = { ...readBrief(brief), hour: 'dawn', locked: ['hour', 'themes'] };
  const { model } = scripted(
    JSON.stringify({ hour: 'night', themes: [{ word: '海', words: '', weight: 1 }], season: 'winter' }),
  );
  const filled = await fill(plan, model);
  assert.deepEqual([filled.hour, filled.season, filled.locked], ['dawn', 'winter', ['hour', 'themes']]);
  assert.deepEqual(filled.themes, plan.themes);
});

test('[PL32] a model that does not answer in JSON is asked once more, then refused; nonsense leaves the plan as rules read it', async () => {
  const plan = readBrief(brief);
  const second = scripted('Sure! Here is a poem.', '{"season":"autumn"}');
  assert.equal((await fill(plan, second.model)).season, 'autumn');
  assert.match(JSON.stringify(second.asked[1]!.messages), /只回答一个 JSON 对象/);
  await assert.rejects(fill(plan, scripted('no', 'no').model), { code: 'engine/wrong-answer' });
  const random = createRandom('nonsense');
  for (let i = 0; i < 200; i++) {
    const answer: Record<string, unknown> = {};
    for (const name of ['title', 'themes', 'imagery', 'valence', 'elements', 'tempo', 'scene']) {
      answer[name] = random.pick([null, -5, 'x', [], [{}], [{ id: 'river' }], { id: 1 }, ['', 3], 1e9]);
    }
    const filled = await fill(plan, scripted(JSON.stringify(answer)).model);
    assert.equal(filled.brief, brief);
    assert.ok(filled.themes.length > 0);
  }
});
