import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { PixelPlanes } from '../../../kernel/index.ts';
import { trialFolder } from '../trial/open-trial.ts';
import { refusal } from '../trial/openai-words.ts';
import { type Behaviour, reset, send, startTrialServer, type TrialServer } from '../trial/trial-server.ts';
import { type TrialSurroundings, trialSurroundings } from '../trial/trial-surroundings.ts';
import { wav } from '../trial/wav.ts';
import { createOpenAiDriver } from './index.ts';

const png = await sharp({ create: { width: 16, height: 8, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 1 } } })
  .png()
  .toBuffer();
const MADE = { created: 1, data: [{ b64_json: png.toString('base64') }] };

const moon = { seed: 7, labels: [{ label: 'moon', weight: 1.4 }] };

function folderAt(server: TrialServer, card: object): [TrialSurroundings, string] {
  const prices = { currency: 'USD', each: 0.04 };
  const whole = { driver: 'openai', baseUrl: `${server.url}/v1`, model: 'm', key: 'K', prices, ...card };
  return [trialSurroundings({ K: 'secret' }), trialFolder(whole)];
}

const painter = async (server: TrialServer, card: object = {}) => {
  const [around, folder] = folderAt(server, card);
  return { around, model: await createOpenAiDriver(around).createPictureModel!(folder) };
};

test('a picture from words: size, what there shall be less of in words, the price of each', async () => {
  await using server = await startTrialServer(send(200, MADE));
  const { model, around } = await painter(server);
  const made = await model.make({ ...moon, without: [{ label: 'people', weight: 1 }], size: [1536, 1020] });
  const { body, path, headers } = server.heard[0]!;
  assert.deepEqual([path, headers.authorization], ['/v1/images/generations', 'Bearer secret']);
  assert.deepEqual(body, {
    model: 'm',
    prompt: 'moon\nWithout: people',
    size: '1536x1024',
    response_format: 'b64_json',
    n: 1,
  });
  assert.deepEqual([made.width, made.height, made.data[0], made.data[128], made.data[256]], [16, 8, 1, -1, -1]);
  assert.deepEqual([around.spent[0]!.amount, around.errands[0]!.purpose], [0.04, 'picture']);
});

test('a picture changed by words: the picture and a mask that is clear where it is made anew', async () => {
  const from: PixelPlanes = { width: 16, height: 8, channels: 3, data: new Float32Array(384).fill(-1) };
  const keep: PixelPlanes = { width: 16, height: 8, channels: 1, data: new Float32Array(128).fill(-1).fill(1, 0, 64) };
  await using server = await startTrialServer(send(200, MADE));
  const { model } = await painter(server);
  const made = await model.make({ ...moon, from, keep });
  const { path, text, headers } = server.heard[0]!;
  assert.equal(path, '/v1/images/edits');
  assert.match(String(headers['content-type']), /^multipart\/form-data/);
  for (const part of ['name="image"; filename="image.png"', 'name="mask"; filename="mask.png"', 'name="prompt"'])
    assert.ok(text.includes(part));
  assert.deepEqual([made.data[0], made.data[64]], [-1, 1]);
});

test('models that refuse to be asked for bytes, and servers that send an address', async () => {
  await using server = await startTrialServer((reply, heard) => {
    if (heard.path === '/made.png') return send(200, png, { 'content-type': 'image/png' })(reply, heard);
    if (heard.body.response_format) return send(400, refusal("Unknown parameter: 'response_format'."))(reply, heard);
    return send(200, { data: [{ url: `http://${heard.headers.host}/made.png` }] })(reply, heard);
  });
  const { model } = await painter(server);
  assert.equal((await model.make(moon)).width, 16);
  assert.equal(server.heard.at(-1)!.headers.authorization, undefined, 'the key stays at home');
  await model.make(moon);
  assert.equal(server.heard.length, 5, 'it is remembered');
});

const ROWS: readonly { what: string; script: Behaviour | readonly Behaviour[]; code: string; sent?: number }[] = [
  {
    what: 'forbidden content',
    script: send(400, refusal('Your request was rejected by the safety system', 'content_policy_violation')),
    code: 'engine/refused',
  },
  { what: 'may have been begun: nobody pays twice', script: reset, code: 'engine/half-answer' },
  { what: 'busy', script: send(429, refusal('slow')), code: 'engine/busy', sent: 4 },
  { what: 'nothing made', script: send(200, { data: [] }), code: 'engine/wrong-answer' },
  { what: 'neither bytes nor address', script: send(200, { data: [{}] }), code: 'engine/wrong-answer' },
  { what: 'an address of nothing', script: send(200, { data: [{ url: 'nowhere' }] }), code: 'engine/wrong-answer' },
];

for (const { what, script, code, sent = 1 } of ROWS)
  test(`pictures, ${what}: ${code}`, async () => {
    await using server = await startTrialServer(script);
    await assert.rejects((await painter(server)).model.make(moon), { code });
    assert.equal(server.heard.length, sent);
  });

const wavKind = { 'content-type': 'audio/wav' };

const speaker = async (server: TrialServer, card: object = {}) => {
  const [around, folder] = folderAt(server, { roles: ['sound'], ...card });
  return createOpenAiDriver(around).createSoundModel!(folder);
};

test('a text is spoken in a voice of the server, mixed to one channel, at the rate of the card', async () => {
  await using server = await startTrialServer(send(200, wav(12_000, 2, [0.5, 0, 1, 1, -1, 0]), wavKind));
  const model = await speaker(server, { voice: 'calm' });
  assert.deepEqual([model.voice, model.rate, model.labels], ['speaks', 24_000, ['calm']]);
  const samples = await model.make({ text: '床前明月光', labels: [], seed: 1, length: 0 });
  assert.deepEqual(server.heard[0]!.body, { model: 'm', input: '床前明月光', response_format: 'wav', voice: 'calm' });
  assert.deepEqual(
    [...samples].map((one) => Math.round(one * 1000)),
    [250, 625, 1000, 250, -500, -500],
  );
});

for (const [what, script, code] of [
  ['a page', send(200, '<html>', { 'content-type': 'text/html' }), 'engine/wrong-answer'],
  [
    'MP3 though WAV was asked for',
    send(200, Uint8Array.of(0xff, 0xfb, 1, 2), { 'content-type': 'audio/mpeg' }),
    'engine/wrong-answer',
  ],
  ['a WAV of nonsense', send(200, wav(1, 0, []), wavKind), 'engine/wrong-answer'],
  ['half a header', send(200, wav(24_000, 1, []).slice(0, 20), wavKind), 'engine/wrong-answer'],
  ['no such model', send(404, refusal("The model 'm' does not exist")), 'engine/cannot'],
] as const)
  test(`speech, ${what}: ${code}`, async () => {
    await using server = await startTrialServer(script);
    const model = await speaker(server);
    await assert.rejects(model.make({ text: 'x', labels: [], seed: 1, length: 0 }), { code });
  });

test('nothing to say is said before anything is sent', async () => {
  await using server = await startTrialServer(send(200, ''));
  const model = await speaker(server);
  await assert.rejects(model.make({ labels: [], seed: 1, length: 0 }), { code: 'engine/cannot' });
  assert.equal(server.heard.length, 0);
});
