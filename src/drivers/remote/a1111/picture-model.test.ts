import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { PictureModel, PictureRequest, PixelPlanes } from '../../../kernel/index.ts';
import { trialFolder } from '../trial/open-trial.ts';
import { type Behaviour, hang, reset, send, startTrialServer, stream } from '../trial/trial-server.ts';
import { trialSurroundings } from '../trial/trial-surroundings.ts';
import { createA1111Driver } from './index.ts';

const picture = async (width: number, height: number, background: string): Promise<string> =>
  (
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer()
  ).toString('base64');

const WHITE = await picture(16, 8, '#fff');
const MADE = { images: [WHITE], parameters: {}, info: '{}' };

function plain(width: number, height: number, value: number): PixelPlanes {
  return { width, height, channels: 1, data: new Float32Array(width * height).fill(value) };
}

async function paint(
  script: Behaviour | readonly Behaviour[],
  request: Partial<PictureRequest> = {},
  card: object = {},
): Promise<{ readonly made: PixelPlanes; readonly heard: Awaited<ReturnType<typeof startTrialServer>>['heard'] }> {
  await using server = await startTrialServer(script);
  const model = await openAt(server.url, card);
  const made = await model.make({ seed: 7, labels: [{ label: 'moon', weight: 1 }], ...request });
  return { made, heard: server.heard };
}

function openAt(baseUrl: string, card: object = {}): Promise<PictureModel> {
  const around = trialSurroundings({ GATE: 'me:pass' });
  return createA1111Driver(around).createPictureModel!(trialFolder({ driver: 'a1111', baseUrl, ...card }));
}

test('words become a picture: weights, what there shall be less of, size, sampler, steps, checkpoint', async () => {
  const { made, heard } = await paint(
    send(200, MADE),
    {
      labels: [
        { label: 'moon (full)', weight: 1.3 },
        { label: 'river', weight: 1 },
      ],
      without: [{ label: 'people', weight: 1 }],
      size: [250, 512],
      sampler: 'Euler a',
      steps: 12,
      guidance: 6,
    },
    { model: 'dream.safetensors', key: 'GATE' },
  );
  const { body, path, headers } = heard[0]!;
  assert.equal(path, '/sdapi/v1/txt2img');
  assert.equal(headers.authorization, `Basic ${btoa('me:pass')}`);
  assert.deepEqual(
    [
      body.prompt,
      body.negative_prompt,
      body.seed,
      body.width,
      body.height,
      body.sampler_name,
      body.steps,
      body.cfg_scale,
    ],
    ['(moon \\(full\\):1.3), river', 'people', 7, 248, 512, 'Euler a', 12, 6],
  );
  assert.equal(body.override_settings.sd_model_checkpoint, 'dream.safetensors');
  assert.deepEqual([made.width, made.height, made.channels, made.data[0], made.data.at(-1)], [16, 8, 3, 1, 1]);
});

test('the same words as a seed give the same number', async () => {
  const seeds = await Promise.all(
    ['a', 'a', 'b'].map(async (seed) => (await paint(send(200, MADE), { seed })).heard[0]!.body.seed),
  );
  assert.equal(seeds[0], seeds[1]);
  assert.notEqual(seeds[0], seeds[2]);
});

test('what is kept stays exactly; the rest is made anew', async () => {
  const from = plain(16, 8, -1);
  const keep = plain(16, 8, -1);
  keep.data.fill(1, 0, 64);
  const { made, heard } = await paint(send(200, MADE), { from, keep, strength: 0.9 });
  const { body, path } = heard[0]!;
  assert.deepEqual([path, body.denoising_strength, body.width, body.height], ['/sdapi/v1/img2img', 0.9, 16, 8]);
  const mask = await sharp(Buffer.from(body.mask, 'base64')).raw().toBuffer();
  assert.deepEqual([mask[0], mask.at(-1)], [0, 255], 'white where it is made anew');
  assert.deepEqual([made.data[0], made.data[63], made.data[64], made.data[127]], [-1, -1, 1, 1]);
});

test('how far it is, and how it looks so far, is told meanwhile', async () => {
  const told: [number, number | undefined][] = [];
  await using server = await startTrialServer(async (reply, heard) => {
    if (heard.path.startsWith('/sdapi/v1/progress'))
      return send(200, { progress: 0.4, current_image: WHITE })(reply, heard);
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return send(200, MADE)(reply, heard);
  });
  const model = await openAt(server.url);
  await model.make({ seed: 1, onProgress: (done, preview) => told.push([done, preview?.width]) });
  assert.deepEqual(told[0], [0.4, 16]);
});

test('cancelled: the server is interrupted', { timeout: 20_000 }, async () => {
  const stop = new AbortController();
  await using server = await startTrialServer((reply, heard) => {
    if (heard.path.endsWith('/interrupt')) return send(200, {})(reply, heard);
    setImmediate(() => stop.abort());
  });
  const model = await openAt(server.url);
  await assert.rejects(model.make({ seed: 1, signal: stop.signal }), { code: 'core/cancelled' });
  assert.equal(server.heard.at(-1)!.path, '/sdapi/v1/interrupt');
});

const ROWS: readonly {
  what: string;
  script: Behaviour | readonly Behaviour[];
  code: string;
  sent?: number;
  card?: object;
}[] = [
  { what: 'hangs', script: hang, code: 'engine/hangs', card: { patience: 15 } },
  { what: 'breaks off: what may have been begun is not begun twice', script: reset, code: 'engine/half-answer' },
  {
    what: 'busy for long',
    script: send(503, 'loading', { 'content-type': 'text/plain' }),
    code: 'engine/busy',
    sent: 4,
  },
  {
    what: 'out of memory',
    script: send(500, { error: 'OutOfMemoryError', detail: '', errors: 'CUDA out of memory.' }),
    code: 'engine/out-of-memory',
  },
  {
    what: 'its engine died',
    script: send(500, { error: 'RuntimeError', errors: 'mat1 and mat2' }),
    code: 'engine/died',
  },
  { what: 'started without its API', script: send(404, { detail: 'Not Found' }), code: 'engine/wrong-answer' },
  { what: 'wants a password', script: send(401, { detail: 'Not authenticated' }), code: 'engine/key-missing' },
  { what: 'no JSON', script: send(200, 'oops', {}), code: 'engine/wrong-answer' },
  { what: 'no picture', script: send(200, { images: [] }), code: 'engine/wrong-answer' },
  { what: 'an empty picture', script: send(200, { images: [''] }), code: 'engine/wrong-answer' },
  { what: 'a broken picture', script: send(200, { images: [WHITE.slice(0, 40)] }), code: 'engine/wrong-answer' },
  {
    what: 'a picture of another kind',
    script: send(200, { images: [btoa('<svg xmlns="http://www.w3.org/2000/svg"><rect/></sv')] }),
    code: 'engine/wrong-answer',
  },
  {
    what: 'half an answer',
    script: stream(['{"images": ["'], { after: 'break', kind: 'application/json' }),
    code: 'engine/half-answer',
  },
  { what: 'a page', script: send(200, '<html></html>', { 'content-type': 'text/html' }), code: 'engine/wrong-answer' },
];

for (const { what, script, code, sent = 1, card } of ROWS)
  test(`${what}: ${code}`, { timeout: 20_000 }, async () => {
    await using server = await startTrialServer(script);
    const model = await openAt(server.url, card);
    await assert.rejects(model.make({ seed: 1 }), { code });
    assert.equal(server.heard.length, sent);
  });

test('its address is recognised by its options', async () => {
  const at = async (script: Behaviour): Promise<unknown> => {
    await using server = await startTrialServer(script);
    const found = await createA1111Driver(trialSurroundings()).recognise!({ kind: 'address', url: `${server.url}/` });
    return found && { ...found.card, baseUrl: found.card.baseUrl === server.url };
  };
  assert.deepEqual(await at(send(200, { sd_model_checkpoint: 'a.ckpt [1]' })), { baseUrl: true, model: 'a.ckpt [1]' });
  assert.equal(await at(send(404, { detail: 'Not Found' })), undefined);
  assert.equal(await at(send(200, { data: [] })), undefined);
});

test('a wish between two wishes is refused before anything is sent', async () => {
  await using server = await startTrialServer(send(200, MADE));
  const model = await openAt(server.url);
  const between = { labels: [{ label: 'sun', weight: 1 }], share: 0.5 };
  await assert.rejects(model.make({ seed: 1, between }), { code: 'engine/cannot' });
  assert.equal(server.heard.length, 0);
});
