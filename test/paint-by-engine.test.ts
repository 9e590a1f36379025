/**
 * Engines of an artist's paint through the real house: a card and a small server that speaks the engine's own protocol, the op, the way out with
 * its grants, works with their lineage, files that say how they were made.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { runTyped } from '../src/cli/fixture.ts';
import { startComfy } from '../src/drivers/remote/trial/comfy-server.ts';
import { hang, send, startTrialServer, type TrialServer } from '../src/drivers/remote/trial/trial-server.ts';
import { createOs, createTogether, type Os } from '../src/host/index.ts';
import type { JobEvent, JobResult } from '../src/kernel/index.ts';

const homes: string[] = [];
after(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

const SHIPPED = join(import.meta.dirname, '../models');

async function house(): Promise<Os> {
  const home = mkdtempSync(join(tmpdir(), 'engines-'));
  homes.push(home);
  return createOs({ home, modelFolders: [join(home, 'models'), SHIPPED] });
}

const pngOf = async (width: number, height: number, background: string): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

const GREEN = await pngOf(64, 32, '#0a0');

const WORKFLOW = {
  3: {
    class_type: 'KSampler',
    inputs: { seed: 1, steps: 20, cfg: 7, positive: ['6', 0], negative: ['7', 0], latent_image: ['5', 0] },
  },
  5: { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 32, batch_size: 1 } },
  6: { class_type: 'CLIPTextEncode', inputs: { text: 'old', clip: ['4', 1] } },
  7: { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['4', 1] } },
  9: { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
};

/** A ComfyUI with a workflow that was added as an artist adds it. */
async function withComfy(os: Os): Promise<TrialServer> {
  const server = await startComfy({ picture: new Uint8Array(GREEN) });
  const file = join(os.home, 'my-flow.json');
  writeFileSync(file, JSON.stringify(WORKFLOW));
  await os.addModel({ source: file, name: 'my-flow', fields: { baseUrl: server.url } });
  return server;
}

/** Puts a card among the models of the home. */
function card(os: Os, name: string, fields: object): void {
  const folder = join(os.home, 'models', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ name, ...fields }));
}

async function paint(
  os: Os,
  brief: string,
  options: object,
  { inputs = [], signal, seed = 7 }: { inputs?: readonly string[]; signal?: AbortSignal; seed?: number } = {},
): Promise<JobResult & { readonly events: readonly JobEvent[] }> {
  const read = os.run({ op: 'plan/read', options: { brief, picture: true }, seed });
  const plan = (await read.result).works[0]!;
  const run = os.run({
    op: 'image/paint-by-model',
    inputs: [plan.id, ...inputs],
    options,
    seed,
    ...(signal && { signal }),
  });
  const events: JobEvent[] = [];
  for await (const event of run) events.push(event);
  return { ...(await run.result), events };
}

const notesOf = ({ report }: JobResult): string =>
  (report as { notes: readonly { en: string }[] }).notes.map(({ en }) => en).join('\n');

async function bring(os: Os, png: Buffer): Promise<string> {
  const file = await os.bring({ name: 'a.png', mime: 'image/png', bytes: new Uint8Array(png) });
  return (await os.run({ op: 'image/read', inputs: [file.id], seed: 0 }).result).works[0]!.id;
}

test('[PX1] a workflow of ComfyUI paints a brief: words it was taught, leave by naming it, progress, a work with its whole record', async () => {
  await using os = await house();
  await using server = await withComfy(os);
  assert.deepEqual(
    os.grants().map(({ origin, purposes }) => [origin, purposes]),
    [[server.url, ['picture']]],
  );
  const made = await paint(os, '秋天的江上一叶小舟，远处有山', {
    model: 'comfy/my-flow',
    negative: '船帆, people',
    steps: 9,
  });
  const { prompt } = server.heard.find(({ path }) => path === '/prompt')!.body;
  const said = prompt[6].inputs.text as string;
  if (process.env.SHOW) console.log(said, made.works[0]!.title, notesOf(made));
  assert.match(said, /boat/);
  assert.match(said, /mountain/);
  assert.match(said, /autumn/);
  assert.doesNotMatch(said, /\p{Script=Han}/u, 'the model reads English');
  assert.match(prompt[7].inputs.text, /^blurry/);
  assert.deepEqual([prompt[3].inputs.seed, prompt[3].inputs.steps], [7, 9]);
  assert.match(notesOf(made), /taught English; it was told: .*boat/);
  const [work] = made.works;
  assert.deepEqual([work!.medium, work!.parents.length, work!.record.model?.engine], ['picture', 1, 'comfy']);
  assert.equal((work!.measures.asked as { prompt: string }).prompt, said);
  assert.equal(work!.measures.repeatable, false);
  assert.ok(made.events.some((event) => event.type === 'job-progress'));
  const sent = (await os.egress()).filter(({ job }) => job === made.job);
  assert.ok(sent.length > 0 && sent.every(({ model }) => model === 'my-flow'));
});

test('[PX2] the file says what was asked, and is read back whole', async () => {
  await using os = await house();
  await using server = await withComfy(os);
  const made = await paint(os, 'a (red:1.3) boat', { model: 'my-flow', prompt: 'a (red:1.3) boat', guidance: 4 });
  assert.match(server.heard.find(({ path }) => path === '/prompt')!.body.prompt[6].inputs.text, /^a \(red:1.3\) boat$/);
  const { bytes } = await os.export(made.works[0]!.id, 'png');
  const file = await os.bring({ name: 'back.png', mime: 'image/png', bytes });
  const { report } = await os.run({ op: 'image/read', inputs: [file.id], seed: 0 }).result;
  const { generation, again } = report as { generation: Record<string, unknown>; again: boolean };
  assert.equal(again, true);
  assert.deepEqual(
    [generation.prompt, generation.seed, generation.cfg, generation.model, generation.size],
    ['a (red:1.3) boat', 7, 4, 'my-flow', [64, 32]],
  );
});

test('[PX3] a size that the model does not make is brought about, and said; alternatives have neighbouring seeds', async () => {
  await using os = await house();
  await using server = await withComfy(os);
  const made = await paint(os, 'a boat', { model: 'my-flow', size: [1024, 512], count: 2 });
  const asked = server.heard.filter(({ path }) => path === '/prompt').map(({ body }) => body.prompt);
  assert.deepEqual(
    asked.map((one) => [one[3].inputs.seed, one[5].inputs.width, one[5].inputs.height]),
    [
      [7, 96, 48],
      [8, 96, 48],
    ],
  );
  assert.match(notesOf(made), /painted 96 × 48; that was brought to 1024 × 512/);
  const { bytes } = await os.export(made.works[0]!.id, 'png');
  const { width, height } = await sharp(bytes).metadata();
  assert.deepEqual([width, height, made.works.length], [1024, 512, 2]);
});

test('[PX4] A1111 paints on from a picture, and only in the mask; what stays stays to the pixel', async () => {
  await using os = await house();
  const reply = { images: [GREEN.toString('base64')], parameters: {}, info: '{}' };
  await using server = await startTrialServer((answer, heard) =>
    heard.path.startsWith('/sdapi/v1/progress') ? send(404, {})(answer, heard) : send(200, reply)(answer, heard),
  );
  card(os, 'webui', { driver: 'a1111', baseUrl: server.url });
  await os.grant({ address: server.url, purposes: ['picture'] });
  const picture = await bring(os, await pngOf(64, 32, '#a00'));
  const half = await sharp(await pngOf(64, 32, '#000'))
    .composite([{ input: await pngOf(32, 32, '#fff'), left: 32, top: 0 }])
    .png()
    .toBuffer();
  const mask = await bring(os, half);
  const made = await paint(os, 'green leaves', { model: 'webui', strength: 0.8 }, { inputs: [picture, mask] });
  const { path, body } = server.heard.find(({ method }) => method === 'POST')!;
  assert.deepEqual([path, body.denoising_strength, body.prompt], ['/sdapi/v1/img2img', 0.8, 'green leaves']);
  assert.ok(body.mask && body.init_images[0]);
  const work = made.works[0]!;
  assert.deepEqual(work.parents.slice(1), [picture, mask]);
  const { bytes } = await os.export(work.id, 'png');
  const pixels = await sharp(bytes).removeAlpha().raw().toBuffer();
  assert.deepEqual([...pixels.subarray(0, 3)], [170, 0, 0], 'kept');
  assert.deepEqual([...pixels.subarray(3 * 63, 3 * 64)], [0, 170, 0], 'made anew');
});

test('[PX5] before the first spend leave is asked for; then what it cost is kept with the work, and replay spends nothing', async () => {
  await using os = await house();
  await using server = await startTrialServer(send(200, { data: [{ b64_json: GREEN.toString('base64') }] }));
  const prices = { currency: 'USD', each: 0.04 };
  card(os, 'cloud', { driver: 'openai', baseUrl: server.url, model: 'm', roles: ['picture'], prices });
  await os.grant({ address: server.url, purposes: ['picture'] });
  await assert.rejects(paint(os, '月亮', { model: 'cloud' }), (error: { code: string; hint: string }) => {
    assert.equal(error.code, 'way-out/ask-to-spend');
    assert.match(error.hint, /--budget 1USD/);
    return true;
  });
  assert.equal(server.heard.length, 0, 'nothing was sent');
  await os.grant({ address: server.url, purposes: ['picture'], budget: { amount: 0.05, currency: 'USD' } });
  const made = await paint(os, '月亮', { model: 'cloud', steps: 20 });
  assert.equal(server.heard[0]!.body.prompt, '月亮', 'this one reads Chinese');
  assert.match(notesOf(made), /takes no seed, steps: left out/);
  assert.deepEqual(made.works[0]!.measures.cost, { amount: 0.04, currency: 'USD' });
  assert.equal((await os.egress()).find(({ cost }) => cost)?.cost?.amount, 0.04);
  await assert.rejects(paint(os, '太阳', { model: 'cloud' }), { code: 'way-out/budget-spent' });
  await assert.rejects(os.replay(made.works[0]!.id), { code: 'kernel/replay-costs' });
  assert.equal(server.heard.length, 1);
});

test('[PX6] replay says what can be expected of an engine out of sight, and when it is gone', async () => {
  await using os = await house();
  await using server = await withComfy(os);
  const made = await paint(os, 'a boat', { model: 'my-flow' });
  const { equal, repeatable } = await os.replay(made.works[0]!.id);
  assert.deepEqual([equal, repeatable], [true, false]);
  card(os, 'other', {});
  writeFileSync(join(os.home, 'my-flow.json'), JSON.stringify({ ...WORKFLOW, 20: WORKFLOW[5] }));
  await using later = await createOs({ home: os.home, modelFolders: [join(os.home, 'models')] });
  await assert.rejects(later.replay(made.works[0]!.id), { code: 'kernel/model-changed' });
  await later.removeModel('my-flow');
  await assert.rejects(later.replay(made.works[0]!.id), { code: 'host/model-missing' });
  assert.ok(server.heard.length > 0);
});

test('[PX7] a job that is stopped stops the engine; one that hangs, refuses or lies ends in a clear fault', async () => {
  await using os = await house();
  const stop = new AbortController();
  await using server = await startTrialServer((reply, heard) => {
    if (heard.path.endsWith('/interrupt')) return send(200, {})(reply, heard);
    if (heard.path.endsWith('txt2img')) setImmediate(() => stop.abort());
    return hang(reply, heard);
  });
  card(os, 'webui', { driver: 'a1111', baseUrl: server.url });
  await os.grant({ address: server.url, purposes: ['picture'] });
  await assert.rejects(paint(os, 'a boat', { model: 'webui' }, { signal: stop.signal }), { code: 'core/cancelled' });
  assert.equal(server.heard.at(-1)!.path, '/sdapi/v1/interrupt');
  await using broken = await startTrialServer(send(200, { images: ['AAAA'] }));
  card(os, 'liar', { driver: 'a1111', baseUrl: broken.url });
  await os.grant({ address: broken.url, purposes: ['picture'] });
  await assert.rejects(paint(os, 'a boat', { model: 'liar' }), { code: 'engine/wrong-answer' });
  await assert.rejects(paint(os, 'a boat', { model: 'ink' }), { code: 'image/no-words-model' });
  await using deaf = await withComfy(os);
  const sketch = await bring(os, await pngOf(64, 32, '#fff'));
  await assert.rejects(paint(os, 'a boat', { model: 'my-flow' }, { inputs: [sketch] }), {
    code: 'image/model-takes-no-picture',
  });
  assert.equal(deaf.heard.length, 0);
});

test('[PX8] a diffusers pipeline in ONNX on this machine paints, from words and from a picture, the same each time', async () => {
  await using os = await house();
  const folder = join(import.meta.dirname, '../src/drivers/onnx/fixtures/diffusers');
  const { entry } = await os.addModel({ source: folder, name: 'tiny', fields: { steps: 3 } });
  assert.deepEqual(entry.roles, ['picture']);
  const first = await paint(os, 'a red boat', { model: 'onnx/tiny', count: 1, steps: 3 });
  const { equal, repeatable } = await os.replay(first.works[0]!.id);
  assert.deepEqual([equal, repeatable, first.works[0]!.measures.repeatable], [true, true, true]);
  const sketch = await bring(os, await pngOf(64, 64, '#fff'));
  const from = await paint(os, 'a red boat', { model: 'tiny', steps: 3, strength: 0.5 }, { inputs: [sketch] });
  assert.equal(from.works[0]!.parents[1], sketch);
  assert.ok(
    first.events.some((event) => event.type === 'job-preview'),
    'seen while it is painted',
  );
});

test('[PX9] the command line paints with an engine, on from a picture, and again from the file alone', async () => {
  await using os = await house();
  await using server = await withComfy(os);
  const typed = async (...argv: string[]) => {
    const ran = await runTyped([...argv, '--json'], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: os.home } });
    return { ...ran, json: JSON.parse(ran.out || '{}') };
  };
  const file = join(os.home, 'moon.png');
  const words = ['a (full:1.2) moon over the river', '--no', 'people', '--model', 'comfy/my-flow', '--seed', '5'];
  const made = await typed('paint', ...words, '--steps', '8', '--out', file);
  assert.equal(made.exitCode, 0, made.err);
  const first = server.heard.find(({ path }) => path === '/prompt')!.body.prompt;
  assert.deepEqual(
    [first[6].inputs.text, first[7].inputs.text, first[3].inputs.seed, first[3].inputs.steps],
    ['a (full:1.2) moon over the river', 'blurry, people, person', 5, 8],
  );
  const again = await typed('paint', '--again', file);
  assert.equal(again.exitCode, 0, again.err);
  const second = server.heard.filter(({ path }) => path === '/prompt').at(-1)!.body.prompt;
  assert.deepEqual(second, first, 'the same request');
  const seen = await runTyped(['paint', '江上明月', '--model', 'my-flow'], {
    env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: os.home },
  });
  assert.match(seen.out, /my-flow · comfy/);
  assert.match(seen.out, /moon/, 'what it was asked for in its own language');
  const refused = await typed('paint', 'a moon', '--model', 'comfy/my-flow', '--from-sketch', file);
  assert.match(refused.out, /image\/model-takes-no-picture/);
  assert.match((await typed('paint', 'a moon', '--model', 'none')).out, /host\/model-missing/);
});

test('[PX10] where an engine is preferred for pictures, what belongs together is painted by it', async () => {
  await using os = await house();
  await using server = await withComfy(os);
  await os.setDefault('picture', 'my-flow');
  const painted = async (wish: object): Promise<string[]> => {
    const steps: string[] = [];
    for await (const { role, run } of createTogether(
      os,
      { brief: 'a boat on a lake', arts: ['picture'], ...wish },
      { seed: 3 },
    )) {
      const [work] = (await run.result).works;
      if (role === 'picture') steps.push(`${work!.record.op} ${work!.record.model?.name ?? '—'}`);
    }
    return steps;
  };
  assert.deepEqual(await painted({}), ['image/paint-by-model my-flow']);
  assert.match(server.heard.find(({ path }) => path === '/prompt')!.body.prompt[6].inputs.text, /boat/);
  const own = { picture: { settings: {}, size: [96, 96], painter: 'pixel' } };
  assert.deepEqual(await painted(own), ['image/paint —'], 'settings are those of our own painters');
});

test('[PX11] a sketch guides a workflow that takes one; what it cannot be told to keep is kept here', async () => {
  await using os = await house();
  await using server = await startComfy({ picture: new Uint8Array(GREEN) });
  const file = join(os.home, 'guided.json');
  const workflow = { ...WORKFLOW, 10: { class_type: 'LoadImage', inputs: { image: 'old.png' } } };
  writeFileSync(file, JSON.stringify(workflow));
  await os.addModel({ source: file, name: 'guided', fields: { baseUrl: server.url } });
  const sketch = await bring(os, await pngOf(64, 32, '#fff'));
  await paint(os, 'a boat', { model: 'guided' }, { inputs: [sketch] });
  assert.equal(server.heard.find(({ path }) => path === '/prompt')!.body.prompt[10].inputs.image, 'up.png');
  const left = await sharp(await pngOf(64, 32, '#fff'))
    .composite([{ input: await pngOf(32, 32, '#000'), left: 0, top: 0 }])
    .png()
    .toBuffer();
  const mask = await bring(os, left);
  const masked = await paint(os, 'a boat', { model: 'guided' }, { inputs: [sketch, mask], seed: 9 });
  assert.match(notesOf(masked), /cannot be told what stays/);
  const { bytes } = await os.export(masked.works[0]!.id, 'png');
  const pixels = await sharp(bytes).removeAlpha().raw().toBuffer();
  assert.deepEqual([...pixels.subarray(0, 3)], [255, 255, 255]);
});

test('[PX13] an engine that gives nearly what it gave before is noticed', async () => {
  await using os = await house();
  const hill = (x: number): Promise<Buffer> =>
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="128"><rect width="256" height="128" fill="#9bc"/><circle cx="${x}" cy="35" r="18" fill="#fc6"/><path d="M0 90 Q60 40 128 95 T256 80 V128 H0Z" fill="#465"/><path d="M40 100 l12 -40 l12 40z" fill="#243"/></svg>`,
      ),
    )
      .png()
      .toBuffer();
  const pictures = [await hill(180), await hill(182)];
  await using server = await startTrialServer((reply, heard) =>
    heard.path.endsWith('txt2img')
      ? send(200, { images: [pictures.shift()!.toString('base64')], info: '{}' })(reply, heard)
      : send(404, {})(reply, heard),
  );
  card(os, 'webui', { driver: 'a1111', baseUrl: server.url });
  await os.grant({ address: server.url, purposes: ['picture'] });
  const first = await paint(os, 'a hill', { model: 'webui' });
  const second = await paint(os, 'an evening by the sea', { model: 'webui' }, { seed: 8 });
  const copies = (await os.critique(second.works[0]!.id)).filter(({ name }) => name === 'nearCopy');
  assert.deepEqual(
    copies.map(({ work }) => work),
    [first.works[0]!.id],
  );
  assert.match(notesOf(first), /256 × 128/, 'another size than was asked for is told');
});

test('[PX12] beside a poem an engine paints what the poem shows, not the request for a poem', async () => {
  await using os = await house();
  await using server = await withComfy(os);
  await os.setDefault('picture', 'my-flow');
  const wish = { brief: '写一首关于星空的诗', arts: ['poem', 'picture'] as const };
  const roles: string[] = [];
  for await (const { role, run } of createTogether(os, wish, { seed: 3 })) {
    await run.result;
    roles.push(role);
  }
  assert.deepEqual(roles, ['plan', 'poem', 'scene', 'picture']);
  const said = server.heard.find(({ path }) => path === '/prompt')!.body.prompt[6].inputs.text as string;
  assert.doesNotMatch(said, /\p{Script=Han}/u);
  assert.match(said, /star|milky way|night/);
});
