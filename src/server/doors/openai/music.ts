/** `POST /v1/audio/music`, our own, in the shape of `audio/speech`: words become a tune with its harmony, or a sound that loops. */
import { randomInt } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import { hangUpSignal } from '../hang-up.ts';
import { makeOfBrief } from '../make-of-brief.ts';
import { runJob } from '../run-job.ts';
import { optional, refuseEmpty, sharedParams } from './asked.ts';
import { badParam } from './failure.ts';
import { findModel } from './models.ts';
import { readBody } from './read-body.ts';

/** Formats by the names that programs use. */
const FORMATS = {
  mp3: 'mp3',
  wav: 'wav',
  flac: 'flac',
  midi: 'mid',
  mid: 'mid',
  musicxml: 'musicxml',
  abc: 'abc',
  pdf: 'pdf',
} as const;

const musicSchema = z.looseObject({
  model: sharedParams.model,
  /** `input` is the word of `audio/speech`. */
  prompt: optional(z.string().max(4000)),
  input: optional(z.string().max(4000)),
  response_format: optional(z.enum(Object.keys(FORMATS) as (keyof typeof FORMATS)[])),
  seed: optional(z.int().min(0)),
  /** Length of a sound that loops. */
  seconds: optional(z.number()),
  llmagentos: sharedParams.llmagentos,
});

export async function makeMusic(os: Os, c: Context): Promise<Response> {
  const given = await readBody(c, musicSchema);
  const model = await findModel(os, given.model, ['director', 'tunes', 'sounds']);
  const words = given.prompt ?? given.input ?? '';
  refuseEmpty(words, 'prompt');
  const { seed = randomInt(2 ** 32), seconds, response_format: wanted = 'mp3', llmagentos } = given;
  const options = llmagentos?.options ?? {};
  const listener = { signal: hangUpSignal(c) };
  const sound = { words, ...(seconds !== undefined && { seconds }), model: model.entry?.name, ...options };
  const tune = model.entry ? { model: model.entry.name, ...options } : options;
  const { works } =
    model.kind === 'sounds'
      ? await runJob(os, { op: 'music/texture', options: sound, seed }, listener)
      : await makeOfBrief(os, { brief: words, art: 'tune', seed, options: tune }, listener);
  const { id, medium } = works[0]!;
  if (!os.listFormats(medium).includes(FORMATS[wanted])) throw noScore(wanted);
  const { bytes, mime } = await os.export(id, FORMATS[wanted]);
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': mime,
    'x-llmagentos-work': id,
    'x-llmagentos-seed': `${seed}`,
  });
}

function noScore(format: string): Error {
  return badParam(
    'response_format',
    { en: `A sound that loops has no notes to be written as ${format}.`, zh: `循环声音没有音符，不能写成 ${format}。` },
    { en: 'Ask for mp3, wav or flac.', zh: '请改用 mp3、wav 或 flac。' },
  );
}
