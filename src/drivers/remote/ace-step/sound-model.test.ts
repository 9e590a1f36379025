import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trialFolder } from '../trial/open-trial.ts';
import { type Behaviour, hang, send, startTrialServer, type TrialServer } from '../trial/trial-server.ts';
import { trialSurroundings } from '../trial/trial-surroundings.ts';
import { wav } from '../trial/wav.ts';
import { createAceStepDriver } from './index.ts';

const TASK = 'task-1';
const wrapped = (data: unknown): object => ({ data, code: 200, error: null, timestamp: 1, extra: null });
const state = (status: number, result: unknown = []): Behaviour =>
  send(200, wrapped([{ task_id: TASK, status, result: JSON.stringify(result) }]));
const DONE = state(1, [{ file: '/v1/audio?path=%2Ftmp%2Fa.wav', status: 1 }]);

/** Its server, with some answers in place of the usual. */
function start(instead: Readonly<Record<string, Behaviour | readonly Behaviour[]>> = {}): Promise<TrialServer> {
  const counts = new Map<string, number>();
  const usual: Readonly<Record<string, Behaviour | readonly Behaviour[]>> = {
    '/health': send(200, wrapped({ status: 'ok', service: 'ACE-Step API', version: '1.0' })),
    '/release_task': send(200, wrapped({ task_id: TASK, status: 'queued', queue_position: 1 })),
    '/query_result': [state(0), DONE],
    '/v1/audio': send(200, wav(48_000, 1, [0, 0.5, 1]), { 'content-type': 'audio/wav' }),
    ...instead,
  };
  return startTrialServer((reply, heard) => {
    const path = heard.path.split('?')[0]!;
    const found = usual[path] ?? send(404, {});
    const list = typeof found === 'function' ? [found] : found;
    const at = counts.get(path) ?? 0;
    counts.set(path, at + 1);
    return list[Math.min(at, list.length - 1)]!(reply, heard);
  });
}

const openAt = (baseUrl: string, card: object = {}) =>
  createAceStepDriver(trialSurroundings()).createSoundModel!(trialFolder({ driver: 'ace-step', baseUrl, ...card }));

const song = { labels: ['guzheng', 'slow'], text: '[Verse]\n床前明月光', seed: 5, length: 48_000 * 30 };

test('a song from words: asked for, waited for, fetched', async () => {
  await using server = await start();
  const model = await openAt(server.url);
  const told: number[] = [];
  const samples = await model.make({ ...song, onProgress: (done) => told.push(done) });
  const { body } = server.heard[0]!;
  assert.deepEqual(
    [
      body.prompt,
      body.lyrics,
      body.audio_duration,
      body.audio_format,
      body.seed,
      body.vocal_language,
      body.use_random_seed,
    ],
    ['guzheng, slow', song.text, 30, 'wav', 5, 'zh', false],
  );
  assert.deepEqual(server.heard[1]!.body, { task_id_list: [TASK] });
  assert.equal(server.heard.at(-1)!.path, '/v1/audio?path=%2Ftmp%2Fa.wav');
  assert.deepEqual([samples.length, model.rate, model.voice, told.at(-1)], [3, 48_000, 'sings', 1]);
});

test('without words to sing it plays', async () => {
  await using server = await start();
  const { text: _, ...tune } = song;
  await (await openAt(server.url)).make({ ...tune, length: 1 });
  assert.deepEqual([server.heard[0]!.body.lyrics, server.heard[0]!.body.audio_duration], ['[inst]', 10]);
});

for (const [what, instead, code, card] of [
  ['failed', { '/query_result': state(2) }, 'engine/died', {}],
  ['out of memory', { '/query_result': state(2, [{ error: 'CUDA out of memory' }]) }, 'engine/out-of-memory', {}],
  ['never done', { '/query_result': state(0) }, 'engine/hangs', { longest: 4 }],
  ['forgot the task', { '/query_result': send(200, wrapped([])) }, 'engine/wrong-answer', {}],
  ['done without a file', { '/query_result': state(1) }, 'engine/wrong-answer', {}],
  [
    'its result is no JSON',
    { '/query_result': send(200, wrapped([{ task_id: TASK, status: 1, result: '{' }])) },
    'engine/wrong-answer',
    {},
  ],
  [
    'its file lies elsewhere',
    { '/query_result': state(1, [{ file: 'http://10.0.0.1/secret' }]) },
    'engine/wrong-answer',
    {},
  ],
  ['hangs', { '/release_task': hang }, 'engine/hangs', { patience: 15 }],
  ['too many tasks', { '/release_task': send(429, { detail: 'Server busy: queue is full' }) }, 'engine/busy', {}],
  ['wants a key', { '/release_task': send(401, { detail: 'Missing API key' }) }, 'engine/key-missing', {}],
  [
    'sends a page for a sound',
    { '/v1/audio': send(200, '<html>', { 'content-type': 'text/html' }) },
    'engine/wrong-answer',
    {},
  ],
] as const)
  test(`${what}: ${code}`, { timeout: 20_000 }, async () => {
    await using server = await start(instead);
    await assert.rejects((await openAt(server.url, card)).make(song), { code });
  });

test('cancelled: it is no longer waited for', { timeout: 20_000 }, async () => {
  const stop = new AbortController();
  await using server = await start({ '/query_result': state(0) });
  const model = await openAt(server.url);
  const made = model.make({ ...song, signal: stop.signal, onProgress: () => stop.abort() });
  await assert.rejects(made, { code: 'core/cancelled' });
});

test('its address is recognised by its health', async () => {
  await using server = await start();
  const driver = createAceStepDriver(trialSurroundings());
  assert.deepEqual(await driver.recognise!({ kind: 'address', url: server.url }), { card: { baseUrl: server.url } });
  await using other = await start({ '/health': send(200, { status: 'ok' }) });
  assert.equal(await driver.recognise!({ kind: 'address', url: other.url }), undefined);
});
