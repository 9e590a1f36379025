/** Models that make sound keep the promises of the port: our own, in a file of Hugging Face's, and behind an address. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createHouseSoundModel } from '../src/drivers/house/index.ts';
import { createAceStepDriver, createOpenAiDriver } from '../src/drivers/remote/index.ts';
import { trialFolder } from '../src/drivers/remote/trial/open-trial.ts';
import { type Behaviour, send, startTrialServer } from '../src/drivers/remote/trial/trial-server.ts';
import { trialSurroundings } from '../src/drivers/remote/trial/trial-surroundings.ts';
import { wav } from '../src/drivers/remote/trial/wav.ts';
import { createTransformersDriver } from '../src/drivers/transformers/index.ts';
import { soundModelContract } from '../src/kernel/contracts/sound-model-contract.ts';

const around = trialSurroundings();
const root = mkdtempSync(join(tmpdir(), 'sound-contracts-'));
after(() => rmSync(root, { recursive: true, force: true }));

soundModelContract('house', {
  open: () => createHouseSoundModel(join(import.meta.dirname, '../models/textures'), { threads: 1 }),
  wish: ({ step, labels }) => ({ labels: labels.slice(0, 1), length: 3 * step, steps: 3 }),
  skip: { SM9: 'it runs within the system, where there is no engine that could fail' },
});

const ids = new Map<string, string>();
const wrapped = (data: unknown): object => ({ data, code: 200, error: null, timestamp: 1, extra: null });
/** ACE-Step as its reference documents it: a task is begun, asked after twice, fetched. The sound follows the seed. */
const ace: Behaviour = (reply, heard) => {
  const path = heard.path.split('?')[0];
  if (path === '/release_task') {
    ids.set('asked', String(heard.body.seed));
    ids.set('left', '1');
    return send(200, wrapped({ task_id: 'one', status: 'queued' }))(reply, heard);
  }
  if (path === '/query_result') {
    const left = Number(ids.get('left'));
    ids.set('left', String(left - 1));
    const result = JSON.stringify([{ file: '/v1/audio?path=a.wav', status: 1 }]);
    return send(200, wrapped([{ task_id: 'one', status: left > 0 ? 0 : 1, result }]))(reply, heard);
  }
  if (path === '/v1/audio') {
    const samples = Array.from({ length: 480_000 }, (_, i) => Math.sin((i * Number(ids.get('asked'))) / 100));
    return send(200, wav(48_000, 1, samples), { 'content-type': 'audio/wav' })(reply, heard);
  }
  return send(200, wrapped({ status: 'ok' }))(reply, heard);
};
const server = await startTrialServer(ace);
const broken = await startTrialServer(send(500, { detail: 'CUDA error' }));
const spoken: Behaviour = send(200, wav(24_000, 1, [0, 0.5, 1]), { 'content-type': 'audio/wav' });
const speaker = await startTrialServer(spoken);
after(async () => {
  for (const one of [server, broken, speaker]) await one[Symbol.asyncDispose]();
});

const openAce = (baseUrl: string) =>
  createAceStepDriver(around).createSoundModel!(trialFolder({ driver: 'ace-step', baseUrl }));
soundModelContract('ace-step', {
  open: () => openAce(server.url),
  failing: () => openAce(broken.url),
  wish: () => ({ labels: ['guzheng'], length: 480_000 }),
});

const openSpeaker = (url: string) =>
  createOpenAiDriver(around).createSoundModel!(
    trialFolder({ baseUrl: `${url}/v1`, model: 'm', roles: ['sound'], voice: 'calm' }),
  );
soundModelContract('openai, speech', {
  open: () => openSpeaker(speaker.url),
  failing: () => openSpeaker(broken.url),
  wish: () => ({ labels: [], text: '床前明月光', length: 0 }),
  skip: {
    SM3: 'a voice is as long as its words take',
    SM4: 'an engine out of sight promises no repetition; its identity says so',
    SM10: 'what it says is the text, whatever the seed',
    SM7: 'a voice comes in one piece: how far it is is told at its end only',
    SM8: 'a voice is as long as its words take, whatever length is asked for',
  },
});

const music = (): string => {
  const folder = mkdtempSync(join(root, 'music-'));
  const card = { name: 'tiny', licence: 'CC0-1.0', folder: join(folder, 'files') };
  cpSync(join(import.meta.dirname, '../src/drivers/transformers/fixtures/music'), card.folder, { recursive: true });
  writeFileSync(join(folder, 'card.json'), JSON.stringify(card));
  return folder;
};
const broke = async () => {
  const folder = music();
  const model = await createTransformersDriver(around).createSoundModel!(folder);
  rmSync(join(folder, 'files/onnx'), { recursive: true });
  return model;
};
soundModelContract('transformers, MusicGen', {
  open: () => createTransformersDriver(around).createSoundModel!(music()),
  failing: broke,
  wish: () => ({ labels: ['rain'], length: 400 }),
  skip: { SM10: 'the tiny network of the test is so sure of itself that every seed draws the same' },
});
