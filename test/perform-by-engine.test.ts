/** Sound models of an artist's through the real house: servers that speak their own protocols, the op, works that can be heard. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runTyped } from '../src/cli/fixture.ts';
import { type Behaviour, send, startTrialServer, type TrialServer } from '../src/drivers/remote/trial/trial-server.ts';
import { wav } from '../src/drivers/remote/trial/wav.ts';
import { createOs, type Os } from '../src/host/index.ts';
import type { JobResult } from '../src/kernel/index.ts';

const homes: string[] = [];
after(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

async function house(): Promise<Os> {
  const home = mkdtempSync(join(tmpdir(), 'sounding-'));
  homes.push(home);
  return createOs({ home, modelFolders: [join(home, 'models')] });
}

async function add(os: Os, name: string, fields: { readonly baseUrl: string; readonly [field: string]: unknown }) {
  const folder = join(os.home, 'models', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ name, ...fields }));
  await os.grant({ address: fields.baseUrl, purposes: ['sound'] });
}

const tone = (rate: number, seconds: number): number[] =>
  Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((i * 440 * 2 * Math.PI) / rate));

/** ACE-Step's server: takes a task, is done at the second question, hands out the sound. */
function startAce(): Promise<TrialServer> {
  const wrapped = (data: unknown): object => ({ data, code: 200, error: null, timestamp: 1, extra: null });
  const result = JSON.stringify([{ file: '/v1/audio?path=%2Ftmp%2Fa.wav', status: 1 }]);
  const usual: Readonly<Record<string, Behaviour>> = {
    '/release_task': send(200, wrapped({ task_id: 't', status: 'queued', queue_position: 1 })),
    '/query_result': send(200, wrapped([{ task_id: 't', status: 1, result }])),
    '/v1/audio': send(200, wav(48_000, 1, tone(48_000, 1)), { 'content-type': 'audio/wav' }),
  };
  return startTrialServer((reply, heard) => (usual[heard.path.split('?')[0]!] ?? send(404, {}))(reply, heard));
}

const perform = (os: Os, options: object, inputs: readonly string[] = []): Promise<JobResult> =>
  os.run({ op: 'music/perform', inputs, options, seed: 5 }).result;

test('[SX1] a plan and a poem are sung: manner and mood out of the plan, the lines as the words, a sound that can be heard', async () => {
  await using os = await house();
  await using server = await startAce();
  await add(os, 'ace', { driver: 'ace-step', baseUrl: server.url });
  const brief = '为月夜写一首忧伤的江南小曲，用古筝';
  const plan = (await os.run({ op: 'plan/read', options: { brief }, seed: 1 }).result).works[0]!;
  const keep = { op: 'verse/keep', options: { lines: ['床前明月光', '疑是地上霜'], title: '静夜思', form: 'free' } };
  const poem = (await os.run({ ...keep, seed: 1 }).result).works[0]!;
  const made = await perform(os, { model: 'ace', seconds: 20, count: 2 }, [plan.id, poem.id]);
  const asked = server.heard.filter(({ path }) => path === '/release_task').map(({ body }) => body);
  assert.deepEqual([asked.length, asked[0].seed, asked[1].seed, asked[0].audio_duration], [2, 5, 6, 20]);
  assert.equal(asked[0].lyrics, '床前明月光\n疑是地上霜');
  assert.match(asked[0].prompt, /忧伤.*古筝/);
  const [work] = made.works;
  assert.deepEqual([work!.medium, work!.mime, work!.parents], ['sound', 'audio/wav', [plan.id, poem.id]]);
  assert.deepEqual([work!.measures.seconds, work!.measures.repeatable], [1, false]);
  const { bytes } = await os.export(work!.id, 'mp3');
  assert.ok(bytes.length > 1000);
  const loudness = (await os.critique(work!.id)).find(({ name }) => name === 'loudness')!.value;
  assert.ok(Number(loudness) > -30, 'it sounds');
  assert.ok((await os.egress()).every(({ job }) => job === made.job));
});

test('[SX2] a piece that was written here is played by the model: its players, its tempo, its length', async () => {
  await using os = await house();
  await using server = await startAce();
  await add(os, 'ace', { driver: 'ace-step', baseUrl: server.url });
  const plan = (await os.run({ op: 'plan/read', options: { brief: 'a reel for the flute' }, seed: 1 }).result)
    .works[0]!;
  const piece = (await os.run({ op: 'music/compose', inputs: [plan.id], options: { bars: 8 }, seed: 1 }).result)
    .works[0]!;
  await perform(os, { model: 'ace' }, [piece.id]);
  const { body } = server.heard[0]!;
  assert.match(body.prompt, /\d+ BPM/);
  assert.equal(body.lyrics, '[inst]');
  assert.ok(body.audio_duration >= 10);
});

test('[SX3] a speaker that is paid asks leave first, says the text, and is paid once', async () => {
  await using os = await house();
  const sound = wav(24_000, 1, tone(24_000, 1));
  await using server = await startTrialServer(send(200, sound, { 'content-type': 'audio/wav' }));
  const prices = { currency: 'USD', each: 0.02 };
  await add(os, 'voice', { driver: 'openai', baseUrl: server.url, model: 'm', voice: 'v', roles: ['sound'], prices });
  await assert.rejects(perform(os, { model: 'voice', text: '你好' }), { code: 'way-out/ask-to-spend' });
  assert.equal(server.heard.length, 0);
  await os.grant({ address: server.url, purposes: ['sound'], budget: { amount: 1, currency: 'USD' } });
  await os.setDefault('sound', 'voice');
  const file = join(os.home, 'said.wav');
  const argv = ['perform', '--text', '你好，世界', '--out', file, '--json'];
  const ran = await runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: os.home } });
  assert.equal(ran.exitCode, 0, ran.out + ran.err);
  assert.deepEqual([server.heard[0]!.body.input, server.heard[0]!.body.voice], ['你好，世界', 'v']);
  assert.equal(readFileSync(file).subarray(0, 4).toString('latin1'), 'RIFF');
  const { works } = JSON.parse(ran.out) as { works: readonly { id: string }[] };
  assert.deepEqual((await os.load(works[0]!.id)).work.measures.cost, { amount: 0.02, currency: 'USD' });
  await assert.rejects(os.replay(works[0]!.id), { code: 'kernel/replay-costs' });
  await assert.rejects(perform(os, { model: 'voice', words: 'soft' }), { code: 'engine/cannot' });
  await assert.rejects(perform(os, { model: 'voice' }), { code: 'music/nothing-to-perform' });
});
