/** A GGUF file that is given tools: what is told of them counts, nothing that was said is left out, and a full context says so. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { functionsOf, historyOf, render } from '../src/drivers/llama/engine/converse.ts';
import { load, withRuntime } from '../src/drivers/llama/engine/runtime.ts';
import { createOs, type Os } from '../src/host/index.ts';
import type { ChatModel, ChatRequest, ChatTool } from '../src/kernel/index.ts';
import { exportGguf } from '../src/training/index.ts';
import { tinyModel } from './llama-tiny.ts';

const root = mkdtempSync(join(tmpdir(), 'llama-tools-'));
const path = join(root, 'tiny.gguf');
let os: Os;
let model: ChatModel;

before(async () => {
  await exportGguf(path, tinyModel(1024), { precision: 'F16' });
  os = await createOs({ home: join(root, 'home') });
  await os.addModel({ source: path, name: 'tiny', licence: 'CC0-1.0' });
  model = await os.models.openChatModel('tiny');
  await load({ path, adapters: [], contextLength: 1024, threads: 1, gpuLayers: 0 });
});
after(async () => {
  await os[Symbol.asyncDispose]();
  await withRuntime(({ llama }) => llama.dispose());
  rmSync(root, { recursive: true, force: true });
});

const tool = (words: number): ChatTool => ({
  name: 'paint',
  description: 'moon '.repeat(words).trim(),
  input: { type: 'object', properties: { what: { type: 'string' } }, required: ['what'] },
});
const asked = (words: number): ChatRequest['messages'] => [
  { role: 'user', parts: [{ kind: 'text', text: 'the moon' }] },
  { role: 'assistant', text: 'yes' },
  { role: 'user', parts: [{ kind: 'text', text: 'moon '.repeat(words).trim() }] },
];
/** Tokens that are read, with a description of a tool of so many words. */
const reads = (words: number, told?: number): Promise<number> =>
  withRuntime(
    async (runtime) =>
      render(runtime, historyOf(asked(words)), told === undefined ? undefined : functionsOf([tool(told)])).length,
  );
/** The most words of which at most `most` tokens are made. */
const wordsFor = async (most: number, count: (words: number) => Promise<number>): Promise<number> => {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await count(middle)) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
};

test('what is told of tools counts: messages that would fit without them are refused', async () => {
  const alone = await reads(10);
  const { usage } = await model.reply({ messages: asked(10), maxTokens: 1, seed: 1 });
  assert.equal(usage.input, alone);
  assert.ok(alone < 300 && (await reads(10, 400)) > 1024);
  const long = { messages: asked(10), tools: [tool(400)], maxTokens: 4, seed: 1 };
  await assert.rejects(model.reply(long), { code: 'engine/context-full', message: /of 1024 tokens/ });
});

test('the prompt is counted as the model reads it, with tools and without', async () => {
  const { LlamaChat } = await import('node-llama-cpp');
  for (const told of [undefined, 20]) {
    const functions = told === undefined ? undefined : functionsOf([tool(told)]);
    await withRuntime(async (runtime) => {
      const { sequence, wrapper } = runtime;
      await sequence.clearHistory();
      const chat = new LlamaChat({ contextSequence: sequence, chatWrapper: wrapper });
      const history = historyOf(asked(10));
      const turns = [...history, { type: 'model' as const, response: [] }];
      await chat.generateResponse(turns, { maxTokens: 1, ...(functions && { functions }) });
      chat.dispose({ disposeSequence: false });
      assert.deepEqual(sequence.contextTokens, render(runtime, history, functions));
    });
  }
});

test('a context that fills up with tools given is full, and no message is left out in silence', async () => {
  const outcomes = new Set<string>();
  const words = await wordsFor(1008, (n) => reads(n, 20));
  for (let seed = 1; seed <= 3; seed++) {
    for (const more of [0, 10, 14, 15, 16, 17, 18]) {
      const messages = asked(words + more);
      const read = await reads(words + more, 20);
      try {
        const reply = await model.reply({ messages, tools: [tool(20)], seed, temperature: 1 });
        assert.equal(reply.usage.input, read);
        assert.ok(read + reply.usage.output <= 1024, `${read} + ${reply.usage.output}`);
        outcomes.add(reply.finish);
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'engine/context-full', (error as Error).message);
        outcomes.add('full');
      }
    }
  }
  assert.deepEqual([...outcomes].sort(), ['full', 'length']);
});
