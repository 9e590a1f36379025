/**
 * The op `music/texture`: words, or another sound and words, become a texture that goes round without a seam.
 *
 *   words ─▶ layers ─▶ sound model ─▶ mix at −16 LUFS ─▶ WAV
 */
import { z } from 'zod';
import { defineOp, type InputWork } from '../../../kernel/index.ts';
import { encodeWav } from '../sound/index.ts';
import { makeTexture, readWav, SOUND, seamOf, understand, understandTexture } from '../textures/index.ts';

/** Seconds of a sound to begin from that are taken when no length is given. */
const MOST_OF_A_SOUND = 30;
const SECONDS = 10;

export const makeTextureOfWords = defineOp({
  name: 'music/texture',
  version: 1,
  summary: {
    en: 'Makes a sound texture that loops, from words or from another sound.',
    zh: '生成可无缝循环的声音纹理，由文字或另一段声音而来。',
  },
  options: z.object({
    words: z.string().max(500).default('').describe('what is to be heard, in Chinese or English'),
    seconds: z.number().min(1).max(600).optional().describe('about how long; default 10, or as long as the sound'),
    strength: z.number().min(0).max(1).default(0.6).describe('how far to go from the sound that is given: 0 leaves it'),
    guidance: z.number().min(0).max(10).default(2.5).describe('how plainly it shall be what the words say'),
    steps: z.int().min(4).max(200).default(30).describe('steps from noise to sound'),
    model: z.string().default('textures').describe('a sound model'),
  }),
  inputs: [{ name: 'sound', medium: 'file', optional: true }],
  model: ({ model }) => model,
  async run(context, inputs, { words, seconds, strength, guidance, steps }) {
    const given = inputs[0] && readWav(inputs[0].bytes, inputs[0].work.title);
    const understood = given ? understand(words) : understandTexture(words);
    const own = given && Math.min(MOST_OF_A_SOUND, given.left.length / given.sampleRate);
    const model = await context.soundModel();
    const { sound, loop } = await makeTexture(model, understood, {
      seconds: seconds ?? Math.max(1, own ?? SECONDS),
      seed: context.seed,
      guidance,
      steps,
      from: given && { sound: given, strength },
      signal: context.signal,
      onProgress: (done) =>
        context.progress({ done: Math.round(100 * done), total: 100, note: { en: 'percent', zh: '百分比' } }),
    });
    await context.breathe();
    const facts = {
      layers: understood.layers,
      attributes: understood.attributes,
      unknown: understood.unknown,
      seconds: sound.left.length / sound.sampleRate,
      loop,
      seam: Math.max(seamOf(sound.left), seamOf(sound.right)),
    };
    const work = { medium: SOUND, title: titleOf(words, inputs[0]), bytes: encodeWav(sound), mime: 'audio/wav' };
    return { works: [{ ...work, measures: facts }], report: facts };
  },
});

function titleOf(words: string, input: InputWork | undefined): string {
  return [...words.trim()].slice(0, 60).join('') || input?.work.title.replace(/\.wav$/i, '') || '—';
}
