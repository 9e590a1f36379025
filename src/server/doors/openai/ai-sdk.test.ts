/** The AI SDK's openai-compatible provider, over a real port. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateImage, generateText, streamText } from 'ai';
import { type OpenDoors, openDoors } from '../fixture.ts';
import { createOpenaiDoor } from './index.ts';

let doors: OpenDoors;
let provider: ReturnType<typeof createOpenAICompatible>;
before(async () => {
  doors = await openDoors((os) => ({ '/v1': createOpenaiDoor(os) }));
  provider = createOpenAICompatible({ name: 'llmagentos', baseURL: `${doors.origin}/v1`, includeUsage: true });
});
after(() => doors[Symbol.asyncDispose]());

test('[DO9] generateText and streamText give the same poem for the same seed, with usage', async () => {
  const wish = { model: provider.chatModel('verse-zh'), prompt: '写一首关于秋月的五绝', seed: 4, maxRetries: 0 };
  const { text, finishReason, usage } = await generateText(wish);
  assert.match(text, /^《.+》\n.{5}，.{5}。\n.{5}，.{5}。$/);
  assert.equal(finishReason, 'stop');
  assert.ok(usage.outputTokens! >= 20);
  const { textStream } = streamText(wish);
  assert.equal((await Array.fromAsync(textStream)).join(''), text);
});

test('[DO9] prose goes on in pieces', async () => {
  const wish = {
    model: provider.completionModel('prose'),
    prompt: '却说那日',
    seed: 4,
    maxOutputTokens: 12,
    maxRetries: 0,
  };
  const pieces = await Array.fromAsync(streamText(wish).textStream);
  assert.ok(pieces.length > 1, 'more than one piece');
  assert.equal(pieces.join(''), (await generateText(wish)).text);
});

test('[DO9] pictures and vectors come the same way', async () => {
  const wish = { prompt: '一轮明月', size: '96x64', seed: 3, maxRetries: 0 } as const;
  const { images } = await generateImage({ ...wish, model: provider.imageModel('pixel'), n: 1 });
  assert.deepEqual([...images[0]!.uint8Array.subarray(1, 4)], [...Buffer.from('PNG')]);
  const { embeddings } = await embedMany({ model: provider.embeddingModel('words'), values: ['月亮', 'moon'] });
  assert.equal(embeddings.length, 2);
  assert.equal(embeddings[0]!.length, embeddings[1]!.length);
});
