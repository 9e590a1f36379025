/** Responses, vectors, pictures and music by the official client, over a real port. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { type OpenDoors, openDoors } from '../fixture.ts';
import { createOpenaiDoor } from './index.ts';

let doors: OpenDoors;
let client: OpenAI;
before(async () => {
  doors = await openDoors((os) => ({ '/v1': createOpenaiDoor(os) }));
  client = new OpenAI({ baseURL: `${doors.origin}/v1`, apiKey: 'none', maxRetries: 0 });
});
after(() => doors[Symbol.asyncDispose]());

test('[DO11] a response, whole and by its events, is the same; nothing is remembered', async () => {
  const wish = {
    model: 'llmagentos',
    input: [{ role: 'user' as const, content: [{ type: 'input_text' as const, text: '写一首关于秋月的五绝' }] }],
    seed: 3,
    llmagentos: { options: { candidates: 1 } },
  };
  const whole = await client.responses.create(wish);
  assert.match(whole.output_text, /^《.+》\n/);
  assert.equal(whole.status, 'completed');
  const types: string[] = [];
  let text = '';
  for await (const event of await client.responses.create({ ...wish, stream: true })) {
    assert.equal(event.sequence_number, types.length);
    types.push(event.type);
    if (event.type === 'response.output_text.delta') text += event.delta;
    if (event.type === 'response.completed') assert.equal(event.response.output[0]!.type, 'message');
  }
  assert.equal(text, whole.output_text);
  assert.deepEqual([types[0], types.at(-1)], ['response.created', 'response.completed']);
  const short = await client.responses.create({ model: 'prose', input: 'It was', max_output_tokens: 3 });
  assert.deepEqual([short.status, short.incomplete_details], ['incomplete', { reason: 'max_output_tokens' }]);
  const later = { ...wish, previous_response_id: whole.id };
  await assert.rejects(client.responses.create(later), { status: 400, param: 'previous_response_id' });
  const failing = { ...wish, stream: true, llmagentos: { options: { form: '八绝' } } } as const;
  const last = (await Array.fromAsync(await client.responses.create(failing))).at(-1)!;
  assert.ok(last.type === 'response.failed' && last.response.error!.code === ('verse/unknown-form' as string));
});

test('[DO12] vectors: what means alike lies near, across languages, as numbers or packed', async () => {
  const input = ['月亮', 'the moon', 'iron factory'];
  const packed = await client.embeddings.create({ model: 'words', input });
  const plain = await client.embeddings.create({ model: 'words', input, encoding_format: 'float' });
  const [moon, english, factory] = packed.data.map(({ embedding }) => embedding);
  assert.deepEqual(packed.data, plain.data);
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  assert.ok(Math.abs(dot(moon!, moon!) - 1) < 1e-5);
  assert.ok(dot(moon!, english!) > dot(moon!, factory!) + 0.1);
  assert.ok(packed.usage.prompt_tokens >= 3);
  await assert.rejects(client.embeddings.create({ model: 'words', input, dimensions: 7 }), { param: 'dimensions' });
  await assert.rejects(client.embeddings.create({ model: 'prose', input }), { code: 'model_not_found' });
});

test('[DO12] vectors by a model of the artist’s own, by name or where it is preferred', async () => {
  const source = join(import.meta.dirname, '../../../drivers/transformers/fixtures/bert-embed');
  const { entry } = await doors.os.addModel({ source, licence: 'CC0-1.0' });
  const input = ['the moon', 'moonlight'];
  const own = await client.embeddings.create({ model: entry.name, input, encoding_format: 'float' });
  const length = Math.hypot(...own.data[0]!.embedding);
  assert.ok(Math.abs(length - 1) < 1e-4, `${length}`);
  await doors.os.setDefault('embedder', entry.name);
  const preferred = await client.embeddings.create({ model: undefined as never, input, encoding_format: 'float' });
  assert.deepEqual(preferred.data, own.data);
  assert.equal(preferred.model, entry.name);
  await doors.os.setDefault('embedder', undefined);
  const ours = await client.embeddings.create({ model: undefined as never, input });
  assert.equal(ours.model, 'words');
});

test('[DO13] words become pictures of the size asked for, the same for the same seed, as bytes or as addresses', async () => {
  const wish = { model: 'pixel', prompt: '(一轮明月:1.3)，小舟', n: 2, size: '96x64' as never, seed: 5 };
  const { data } = await client.images.generate(wish);
  const pictures = data!.map(({ b64_json }) => Buffer.from(b64_json!, 'base64'));
  for (const bytes of pictures) {
    const { format, width, height } = await sharp(bytes).metadata();
    assert.deepEqual([format, width, height], ['png', 96, 64]);
  }
  assert.notDeepEqual(pictures[0], pictures[1]);
  const again = await client.images.generate({ ...wish, response_format: 'url', output_format: 'webp' });
  const fetched = await fetch(again.data![0]!.url!);
  assert.equal(fetched.headers.get('content-type'), 'image/webp');
  const png = await fetch(again.data![0]!.url!.replace('.webp', '.png'));
  assert.deepEqual(Buffer.from(await png.arrayBuffer()), pictures[0]);
  await assert.rejects(client.images.generate({ ...wish, size: 'huge' as never }), { param: 'size' });
  await assert.rejects(client.images.generate({ ...wish, model: 'dall-e-3' }), { code: 'model_not_found' });
});

test('[DO14] a picture comes by way of its previews', async () => {
  const wish = { model: 'ink', prompt: '远山', size: '128x128' as never, seed: 1, stream: true as const };
  const events = await Array.fromAsync(await client.images.generate({ ...wish, partial_images: 1 }));
  assert.deepEqual(events.map(({ type }) => type).sort(), [
    'image_generation.completed',
    'image_generation.partial_image',
  ]);
  for (const { b64_json } of events)
    assert.equal((await sharp(Buffer.from(b64_json, 'base64')).metadata()).format, 'png');
});

/** A PNG of 64 × 64: blue with a red square, or clear where the square is. */
async function square(clear: boolean): Promise<File> {
  const ground = { width: 64, height: 64, channels: 4 as const, background: '#2040c0' };
  const patch = { create: { ...ground, width: 16, height: 16, background: '#e02010' } };
  const blend = clear ? ('dest-out' as const) : ('over' as const);
  const image = sharp({ create: ground }).composite([{ input: patch, left: 24, top: 24, blend }]);
  return toFile(await image.png().toBuffer(), 'square.png', { type: 'image/png' });
}

const centre = async (base64: string): Promise<number[]> => {
  const one = sharp(Buffer.from(base64, 'base64')).removeAlpha();
  return [...(await one.extract({ left: 32, top: 32, width: 1, height: 1 }).raw().toBuffer())];
};

test('[DO15] a mask is filled from the rest; two pictures give one in the manner of the other; words alone are refused', async () => {
  const image = await square(false);
  const filled = await client.images.edit({ image, mask: await square(true), prompt: 'a cat' });
  const [red, , blue] = await centre(filled.data![0]!.b64_json!);
  assert.ok(red! < 0x40 && blue! > 0xa0, 'the square has gone');
  assert.match(
    (filled as unknown as { llmagentos: { note: { en: string } } }).llmagentos.note.en,
    /words were not read/,
  );
  const holes = await client.images.edit({ image: await square(true), prompt: '' });
  assert.ok((await centre(holes.data![0]!.b64_json!))[2]! > 0xa0);
  const both = await client.images.edit({ image: [image, await square(false)], prompt: 'x', size: '64x64' as never });
  assert.equal(both.data!.length, 1);
  await assert.rejects(client.images.edit({ image, prompt: 'a cat' }), { status: 400, param: 'mask' });
  const broken = await toFile(Buffer.from('no picture'), 'x.png');
  await assert.rejects(client.images.edit({ image: broken, prompt: 'x' }), { status: 400 });
});

test('[DO16] words become music in the format asked for', async () => {
  const post = (body: object): Promise<Response> =>
    fetch(`${doors.origin}/v1/audio/music`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const short = { prompt: '一首欢快的小曲', seed: 2, llmagentos: { options: { bars: 4 } } };
  const midi = await post({ ...short, response_format: 'midi' });
  assert.equal(midi.headers.get('content-type'), 'audio/midi');
  assert.equal(
    Buffer.from(await midi.arrayBuffer())
      .subarray(0, 4)
      .toString(),
    'MThd',
  );
  const abc = await post({ ...short, response_format: 'abc' });
  assert.match(await abc.text(), /^X:1\n/);
  assert.equal(abc.headers.get('x-llmagentos-seed'), '2');
  assert.equal((await post({ prompt: '雨', response_format: 'ogg' })).status, 400);
});
