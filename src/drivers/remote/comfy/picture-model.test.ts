import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import type { PictureModel, PixelPlanes } from '../../../kernel/index.ts';
import { COURSE, type ComfyScript, startComfy, tell } from '../trial/comfy-server.ts';
import { trialFolder } from '../trial/open-trial.ts';
import { hang, send } from '../trial/trial-server.ts';
import { trialSurroundings } from '../trial/trial-surroundings.ts';
import { createComfyDriver } from './index.ts';

const picture = new Uint8Array(
  await sharp({ create: { width: 16, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer(),
);

/** A workflow in API format: sampler, its words, its empty picture, decoder, saver. */
const WORKFLOW = {
  3: {
    class_type: 'KSampler',
    inputs: {
      seed: 1,
      steps: 20,
      cfg: 7,
      sampler_name: 'euler',
      denoise: 1,
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  5: { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 768, batch_size: 1 } },
  6: { class_type: 'CLIPTextEncode', inputs: { text: 'old', clip: ['4', 1] } },
  7: { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['4', 1] } },
  9: { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
};

function openAt(baseUrl: string, card: object = {}, workflow: object = WORKFLOW): Promise<PictureModel> {
  const folder = trialFolder(
    { driver: 'comfy', baseUrl, workflow: 'w.json', ...card },
    { 'w.json': JSON.stringify(workflow) },
  );
  return createComfyDriver(trialSurroundings()).createPictureModel!(folder);
}

const moon = { seed: 7, labels: [{ label: 'moon', weight: 1 }] };

test('the words, numbers and sizes of a wish go into the workflow; the picture that it saved comes back', async () => {
  await using server = await startComfy({ picture });
  const model = await openAt(server.url);
  assert.deepEqual([model.size, model.sizeStep, model.open], [[512, 768], 8, true]);
  const told: number[] = [];
  const wish = { ...moon, without: [{ label: 'people', weight: 1 }], steps: 9, size: [320, 200] as const };
  const made = await model.make({ ...wish, onProgress: (done) => told.push(done) });
  const { prompt } = server.heard.find(({ path }) => path === '/prompt')!.body;
  assert.deepEqual([prompt[6].inputs.text, prompt[7].inputs.text], ['moon', 'blurry, people']);
  assert.deepEqual([prompt[3].inputs.seed, prompt[3].inputs.steps, prompt[3].inputs.cfg], [7, 9, 7]);
  assert.deepEqual([prompt[5].inputs.width, prompt[5].inputs.height], [320, 200]);
  assert.deepEqual([made.width, made.height, made.data[0]], [16, 8, 1]);
  assert.deepEqual([...new Set(told)], [0, 0.5, 1]);
  assert.match(server.heard.at(-1)!.path, /^\/view\?filename=a\+b\.png&subfolder=x&type=output$/);
});

test('a workflow that begins twice never goes back', async () => {
  await using server = await startComfy({ picture, messages: [tell('progress', { value: 4, max: 5 }), ...COURSE] });
  const told: number[] = [];
  await (await openAt(server.url)).make({ ...moon, onProgress: (done) => told.push(done) });
  assert.deepEqual([...new Set(told)], [0.8, 1]);
});

test('previews of its websocket are shown', async () => {
  const preview = Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]), picture]);
  await using server = await startComfy({ picture, messages: [preview, ...COURSE] });
  const seen: number[] = [];
  const model = await openAt(server.url);
  await model.make({ ...moon, onProgress: (_, look) => look && seen.push(look.width) });
  assert.deepEqual(seen, [16]);
});

test('without its websocket, or when that breaks off, the history is asked', async () => {
  for (const script of [{ deaf: true }, { messages: [tell('execution_start'), 'drop'] }] as const) {
    await using server = await startComfy({ picture, ...script });
    assert.equal((await (await openAt(server.url)).make(moon)).width, 16);
  }
});

test('pictures to begin from are sent first, and named in the workflow', async () => {
  const from: PixelPlanes = { width: 16, height: 8, channels: 1, data: new Float32Array(128) };
  await using server = await startComfy({ picture });
  const plain = await openAt(server.url);
  await assert.rejects(plain.make({ ...moon, from }), { code: 'engine/cannot' });
  const able = await openAt(
    server.url,
    {},
    { ...WORKFLOW, 10: { class_type: 'LoadImage', inputs: { image: 'x.png' } } },
  );
  await able.make({ ...moon, from, strength: 0.5 });
  const { prompt } = server.heard.find(({ path }) => path === '/prompt')!.body;
  assert.deepEqual([prompt[10].inputs.image, prompt[3].inputs.denoise], ['up.png', 0.5]);
});

test('cancelled: out of the queue, and interrupted', { timeout: 20_000 }, async () => {
  const stop = new AbortController();
  await using server = await startComfy({ picture, messages: [tell('progress', { value: 1, max: 9 })] });
  const model = await openAt(server.url);
  await assert.rejects(model.make({ ...moon, signal: stop.signal, onProgress: () => stop.abort() }), {
    code: 'core/cancelled',
  });
  assert.deepEqual(
    server.heard.slice(-2).map(({ path, body }) => [path, body]),
    [
      ['/queue', { delete: ['work-1'] }],
      ['/interrupt', { prompt_id: 'work-1' }],
    ],
  );
});

const failed = (message: string): string => tell('execution_error', { exception_message: message });

const ROWS: readonly { what: string; script: Omit<ComfyScript, 'picture'>; code: string; card?: object }[] = [
  {
    what: 'refuses the workflow',
    script: {
      instead: { '/prompt': send(400, { error: { message: 'Prompt outputs failed validation' }, node_errors: {} }) },
    },
    code: 'engine/cannot',
  },
  { what: 'a node fails', script: { messages: [failed('Sizes of tensors must match')] }, code: 'engine/cannot' },
  {
    what: 'out of memory',
    script: { messages: [failed('Allocation on device 0 would exceed allowed memory. (out of memory)')] },
    code: 'engine/out-of-memory',
  },
  { what: 'somebody else interrupts it', script: { messages: [tell('execution_interrupted')] }, code: 'engine/died' },
  {
    what: 'failed, which only the history tells',
    script: {
      deaf: true,
      history: {
        'work-1': {
          outputs: {},
          status: { status_str: 'error', messages: [['execution_error', { exception_message: 'no such checkpoint' }]] },
        },
      },
    },
    code: 'engine/cannot',
  },
  { what: 'never in the history', script: { history: {} }, code: 'engine/hangs', card: { longest: 5 } },
  {
    what: 'stands still after it began',
    script: { messages: [], history: {} },
    code: 'engine/hangs',
    card: { patience: 15, longest: 2 },
  },
  {
    what: 'hangs before it began',
    script: { instead: { '/prompt': hang } },
    code: 'engine/hangs',
    card: { patience: 15 },
  },
  { what: 'saves no picture', script: { history: { 'work-1': { outputs: {} } } }, code: 'engine/wrong-answer' },
  { what: 'a history of another kind', script: { history: ['no'] }, code: 'engine/wrong-answer' },
  {
    what: 'its picture is gone',
    script: { instead: { '/view': send(404, '', { 'content-type': 'text/plain' }) } },
    code: 'engine/wrong-answer',
  },
  {
    what: 'its picture is a page',
    script: { instead: { '/view': send(200, '<html>', { 'content-type': 'text/html' }) } },
    code: 'engine/wrong-answer',
  },
  {
    what: 'its picture is broken',
    script: { instead: { '/view': send(200, Uint8Array.of(137, 80), { 'content-type': 'image/png' }) } },
    code: 'engine/wrong-answer',
  },
  {
    what: 'nonsense on its websocket is no matter',
    script: {
      messages: ['{', '[]', '7', Uint8Array.of(1), failed('the end').replace('work-1', 'other'), failed('the end')],
    },
    code: 'engine/cannot',
  },
];

for (const { what, script, code, card } of ROWS)
  test(`${what}: ${code}`, { timeout: 20_000 }, async () => {
    await using server = await startComfy({ picture, ...script });
    await assert.rejects((await openAt(server.url, card)).make(moon), { code });
  });

test('a workflow is recognised by its content, with its inputs; anything else is not', async () => {
  const driver = createComfyDriver(trialSurroundings());
  const look = (text: string) => {
    const path = join(trialFolder({}), 'any-name');
    writeFileSync(path, text);
    return driver.recognise!({ kind: 'file', path, head: Buffer.from(text).subarray(0, 65_536) });
  };
  const found = await look(JSON.stringify(WORKFLOW));
  assert.deepEqual(found?.card.inputs, {
    ...{ prompt: '6.text', negative: '7.text', seed: '3.seed', steps: '3.steps', guidance: '3.cfg' },
    ...{ strength: '3.denoise', sampler: '3.sampler_name', width: '5.width', height: '5.height' },
  });
  assert.equal(await look('{"nodes": [], "links": []}'), undefined);
  assert.equal(await look('GGUF'), undefined);
});

test('cards whose workflow is missing, of the wrong format, or without the named input say so', async () => {
  await assert.rejects(openAt('http://127.0.0.1:1', { workflow: undefined }), { code: 'engine/broken-model' });
  await assert.rejects(openAt('http://127.0.0.1:1', { workflow: 'none.json' }), { code: 'engine/broken-model' });
  await assert.rejects(openAt('http://127.0.0.1:1', {}, { nodes: [] }), { code: 'engine/broken-model' });
  const model = await openAt('http://127.0.0.1:1', { inputs: { prompt: '60.text' } });
  await assert.rejects(model.make(moon), { code: 'engine/broken-model', message: /'prompt' is 60\.text/ });
});
