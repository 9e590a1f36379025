/** A client of AUTOMATIC1111's web UI, with the JSON that such clients send, over a real port. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { type OpenDoors, openDoors } from '../fixture.ts';
import { createA1111Door } from './index.ts';

let doors: OpenDoors;
before(async () => {
  doors = await openDoors((os) => ({ '/sdapi/v1': createA1111Door(os) }));
});
after(() => doors[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as clients without types do
type Loose = any;
async function call(path: string, body?: object, expected = 200): Promise<Loose> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(`${doors.origin}/sdapi/v1/${path}`, init);
  assert.equal(response.status, expected, await response.clone().text());
  return response.json();
}

/** All that the web UI's own page of examples sends. */
const PAYLOAD = {
  prompt: '(a full moon:1.2) over a river',
  negative_prompt: 'boat',
  styles: [],
  seed: 41,
  subseed: -1,
  subseed_strength: 0,
  sampler_name: 'Euler a',
  scheduler: 'Automatic',
  batch_size: 1,
  n_iter: 2,
  steps: 20,
  cfg_scale: 7,
  width: 96,
  height: 64,
  restore_faces: false,
  tiling: false,
  denoising_strength: 0,
  s_noise: 1,
  override_settings: { sd_model_checkpoint: 'pixel' },
  override_settings_restore_afterwards: true,
  enable_hr: false,
  script_args: [],
  send_images: true,
  save_images: false,
  alwayson_scripts: {},
};

test('[DA1] txt2img: pictures with their seeds, and what each says of itself', async () => {
  const { images, parameters, info } = await call('txt2img', PAYLOAD);
  assert.equal(images.length, 2);
  const facts = JSON.parse(info);
  assert.deepEqual(facts.all_seeds, [41, 42]);
  assert.deepEqual([facts.sd_model_name, facts.width, facts.height, facts.infotexts.length], ['pixel', 96, 64, 2]);
  assert.equal(parameters.cfg_scale, 7);
  const { width, height, format } = await sharp(Buffer.from(images[0], 'base64')).metadata();
  assert.deepEqual([width, height, format], [96, 64, 'png']);
  assert.match(
    facts.infotexts[1],
    /^\(a full moon:1\.2\) over a river\nNegative prompt: boat\nSampler: pixel, Seed: 42, Size: 96x64/,
  );
  const told = await call('png-info', { image: `data:image/png;base64,${images[1]}` });
  assert.equal(told.info, facts.infotexts[1]);
  assert.equal(told.items.parameters, facts.infotexts[1]);
  const alone = await call('txt2img', { ...PAYLOAD, seed: 42, n_iter: 1 });
  assert.deepEqual(alone.images[0], images[1], 'any of a batch can be made again alone');
});

test('[DA2] options, checkpoints and samplers: a painter is chosen as any of them', async () => {
  const models: Loose[] = await call('sd-models');
  const oil = models.find(({ model_name }) => model_name === 'oil');
  assert.match(oil.title, /^oil \[[0-9a-f]{10}\]$/);
  assert.equal(await call('options', { sd_model_checkpoint: oil.title, CLIP_stop_at_last_layers: 2 }), null);
  const options = await call('options');
  assert.deepEqual([options.sd_model_checkpoint, options.CLIP_stop_at_last_layers], [oil.title, 2]);
  const samplers: Loose[] = await call('samplers');
  assert.ok(samplers.some(({ name }) => name === 'ink'));
  const bare = { prompt: 'a pine', width: 64, height: 64 };
  assert.equal(JSON.parse((await call('txt2img', bare)).info).sd_model_name, 'oil');
  const named = await call('txt2img', { ...bare, sampler_name: 'pixel' });
  assert.equal(JSON.parse(named.info).sd_model_name, 'pixel');
  await call('options', { sd_model_checkpoint: 'sdxl' }, 422);
  assert.deepEqual(await call('loras'), []);
});

/** Blue with a red square in the middle; or the square alone in white on black. */
async function square(ground: string, colour: string): Promise<string> {
  const patch = { create: { width: 16, height: 16, channels: 3 as const, background: colour } };
  const image = sharp({ create: { width: 64, height: 64, channels: 3, background: ground } });
  return (
    await image
      .composite([{ input: patch, left: 24, top: 24 }])
      .png()
      .toBuffer()
  ).toString('base64');
}

async function pixel(base64: string, at: number): Promise<number[]> {
  const one = sharp(Buffer.from(base64, 'base64')).removeAlpha();
  return [...(await one.extract({ left: at, top: at, width: 1, height: 1 }).raw().toBuffer())];
}

test('[DA3] img2img: a mask is filled; without one the picture takes a painter’s manner by the strength', async () => {
  const init_images = [`data:image/png;base64,${await square('#2040c0', '#e02010')}`];
  const mask = await square('#000000', '#ffffff');
  const size = { width: 64, height: 64, seed: 1 };
  const filled = await call('img2img', { ...size, prompt: '', init_images, mask, inpainting_fill: 0 });
  assert.ok((await pixel(filled.images[0], 32))[2]! > 0xa0, 'the square has gone');
  const inverse = { mask: await square('#ffffff', '#000000'), inpainting_mask_invert: 1 };
  const same = await call('img2img', { ...size, prompt: '', init_images, ...inverse, inpainting_fill: 0 });
  assert.deepEqual(await pixel(same.images[0], 32), await pixel(filled.images[0], 32));
  const wish = { ...size, prompt: 'sunset', init_images, sampler_name: 'pixel' };
  const far = await call('img2img', { ...wish, denoising_strength: 0.9 });
  assert.equal(JSON.parse(far.info).denoising_strength, 0.9);
  assert.match(JSON.parse(far.info).infotexts[0], /^sunset\nSeed: 1, .*, Denoising strength: 0\.9$/);
  const within = await call('img2img', { ...wish, denoising_strength: 0.9, mask, inpainting_fill: 1 });
  assert.deepEqual(await pixel(within.images[0], 4), [0x20, 0x40, 0xc0], 'outside the mask it stays');
  assert.equal(far.parameters.init_images, undefined, 'pictures are not sent back');
});

test('[DA4] progress is told while it paints, and an interrupt ends it', { timeout: 60_000 }, async () => {
  const idle = await call('progress');
  assert.deepEqual([idle.progress, idle.state.job_count, idle.current_image], [0, 0, null]);
  const wish = { prompt: 'a mountain, a boat', sampler_name: 'ink', width: 320, height: 320 };
  const painting = call('txt2img', { ...wish, n_iter: 8 }, 499);
  let last = idle;
  while (!last.current_image) {
    last = await call('progress');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.ok(last.progress > 0 && last.progress < 1);
  assert.equal(last.state.job_count, 8);
  assert.equal((await sharp(Buffer.from(last.current_image, 'base64')).metadata()).format, 'png');
  assert.equal((await call('progress?skip_current_image=true')).current_image, null);
  await call('interrupt', {});
  assert.equal((await painting).error, 'core/cancelled');
  assert.equal((await call('progress')).state.job_count, 0);
});

test('[DA5] what does not fit is refused in their shape', async () => {
  const refused = await call('txt2img', { ...PAYLOAD, width: 'wide' }, 422);
  assert.match(refused.detail, /'width' does not fit/);
  assert.equal((await call('img2img', { prompt: 'x', init_images: ['%%%'] }, 422)).error, 'server/bad-parameter');
  await call('txt2img', { ...PAYLOAD, override_settings: { sd_model_checkpoint: 'v1-5' } }, 422);
  assert.equal((await call('controlnet/version', undefined, 404)).error, 'server/no-such-route');
});
