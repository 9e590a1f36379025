/** What a model is told before a thought: within its room, the oldest steps left out and counted, nothing cut in silence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatMessage, ChatModel } from '../ports/chat-model.ts';
import { boundReached } from './bounds.ts';
import { fence, type Telling, tellContext } from './context.ts';
import { bornAgent } from './state.ts';
import type { AgentState, AgentStep } from './types.ts';

const BORN = bornAgent({ role: 'poet', brief: 'a lake by night', language: 'en' }, 'one', {
  seed: 1,
  at: '2026-01-01T00:00:00Z',
});
const TELLING: Telling = { prompt: 'You are a poet.', tools: '', works: [] };

/** Counts a token for each character. */
const model = {
  identity: { name: 'counter' },
  count: async (messages: readonly ChatMessage[]) => ({ tokens: textOf(messages).length, exact: true }),
} as unknown as ChatModel;

function textOf(messages: readonly ChatMessage[]): string {
  return messages
    .map((one) =>
      one.role === 'user'
        ? one.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
        : 'text' in one
          ? one.text
          : '',
    )
    .join('\n');
}

const step = (number: number, seen = `result ${number}`, strange = false): AgentStep => ({
  words: `thought-${number}.`,
  act: { kind: 'use', tool: 'look', input: { work: 'w1' } },
  by: 'counter',
  works: [],
  seen,
  strange,
});

const withSteps = (steps: readonly AgentStep[]): AgentState => ({ ...BORN, steps });
const told = async (state: AgentState, room: number): Promise<string> =>
  textOf(await tellContext(model, state, TELLING, room));

test('with room enough every step is told, in order, and nothing is said to be left out', async () => {
  const text = await told(withSteps(Array.from({ length: 12 }, (_, i) => step(i + 1))), 100_000);
  const places = Array.from({ length: 12 }, (_, i) => text.indexOf(`${i + 1}. thought-${i + 1}.`));
  assert.ok(
    places.every((place, i) => place > (places[i - 1] ?? 0)),
    `${places}`,
  );
  assert.doesNotMatch(text, /left out/);
});

test('in any room the context fits, keeps role, brief and the latest step, and says how many steps are missing', async () => {
  const state = withSteps(Array.from({ length: 40 }, (_, i) => step(i + 1)));
  const whole = (await told(state, 1e6)).length;
  for (let room = 900; room < whole; room += 97) {
    const text = await told(state, room);
    assert.ok(text.length <= room, `${text.length} > ${room}`);
    assert.match(text, /You are a poet\./);
    assert.match(text, /a lake by night/);
    assert.match(text, /\n40\. thought-40\./);
    const missing = Number(/\((\d+) earlier steps are left out/.exec(text)?.[1]);
    const shown = [...text.matchAll(/^\d+\. thought-/gm)].length;
    assert.equal(missing + shown, 40);
  }
});

test('where not even the latest step fits, it is refused with both numbers instead of cut', async () => {
  const failure = (error: Error & { code: string }): boolean =>
    error.code === 'engine/context-full' && / > 50/.test(error.message + JSON.stringify(error));
  await assert.rejects(told(withSteps([step(1), step(2), step(3)]), 50), failure);
  await assert.rejects(told(BORN, 50), failure);
});

test('a long result is cut with a word that says so, in the language of the agent; the fence of a stranger still closes', async () => {
  const long = withSteps([step(1, 'x'.repeat(10_000), true)]);
  const text = await told(long, 100_000);
  assert.match(text, /x{3000}… \(cut for want of room\)/);
  assert.doesNotMatch(text, /x{3001}/);
  const close = fence(long, '.').split('\n').at(-1)!;
  assert.ok(text.includes(`(cut for want of room)\n${close}`));
  assert.match(await told({ ...long, language: 'zh' }, 100_000), /x……（篇幅所限，已截短）/u);
});

test('each bound is told by its name as soon as it is reached, the first of several first', () => {
  const budget = { ...BORN.budget, steps: 3, seconds: 10, tokens: 100, money: 1 };
  const used = { steps: 2, seconds: 9.9, tokens: 100, money: 1 };
  assert.equal(boundReached({ ...BORN, budget, used }), undefined);
  assert.equal(boundReached({ ...BORN, budget, used: { ...used, seconds: 10 } }), 'seconds');
  assert.equal(boundReached({ ...BORN, budget, used: { ...used, seconds: 10, steps: 3 } }), 'steps');
  assert.equal(boundReached({ ...BORN, budget, used }, { tokens: 1 }), 'tokens');
  assert.equal(boundReached({ ...BORN, budget, used }, { money: 0.01 }), 'money');
});
