/**
 * The op `music/perform`: a sound model plays, sings or speaks: what words ask for, a plan, a poem, or a piece that was written here.
 *
 *   works, words, text ─▶ labels and what is sung ─▶ sound model, once for each alternative ─▶ WAV, with what was asked and what it cost
 */
import { z } from 'zod';
import { defineOp, type OpOutput, type SoundModel } from '../../../kernel/index.ts';
import { refusal } from '../refusal.ts';
import { encodeWav, type StereoSound } from '../sound/index.ts';
import { SOUND } from '../textures/index.ts';

export const performMusic = defineOp({
  name: 'music/perform',
  version: 1,
  summary: {
    en: 'Has a sound model play, sing or speak: words, a plan, a poem, or a piece that was written here.',
    zh: '请声音模型演奏、歌唱或朗读：依文字、方案、诗，或在此写成的曲子。',
  },
  options: z.object({
    model: z.string().min(1).describe('a sound model; also engine/name'),
    words: z.string().max(2000).default('').describe('how it shall sound, between commas: guzheng, slow, rain'),
    text: z
      .string()
      .max(10_000)
      .optional()
      .describe('what is sung or said; else the poem’s lines or the piece’s words'),
    seconds: z.number().min(1).max(600).optional().describe('about how long; the piece’s length, or 30'),
    count: z.int().min(1).max(8).default(1).describe('how many alternatives'),
    guidance: z.number().min(0).max(50).optional().describe('how hard the words pull; the model’s own'),
    steps: z.int().min(1).max(500).optional().describe('steps from noise to sound; the model’s own'),
  }),
  inputs: [
    { name: 'about', medium: '*', optional: true },
    { name: 'words', medium: '*', optional: true },
  ],
  model: ({ model }) => model,
  async run(context, inputs, { model: name, words, text, seconds, count, guidance, steps }) {
    const { askedSound } = await import('../by-model/asked-sound.ts');
    const model = await context.soundModel();
    const asked = askedSound(inputs, { words, text, seconds }, model);
    if (asked.labels.length === 0 && asked.text === '') throw nothingAsked(name);
    const length = Math.max(1, Math.ceil((asked.seconds * model.rate) / model.step)) * model.step;
    const works: OpOutput[] = [];
    for (let place = 0; place < count; place++) {
      const seed = (context.seed + place) % 2 ** 32;
      const progress = (done: number): void =>
        context.progress({
          done: Math.round((100 * (place + done)) / count),
          total: 100,
          note: { en: 'playing', zh: '正在演奏' },
        });
      const samples = await model.make({
        labels: asked.labels,
        seed,
        length,
        ...(asked.text !== '' && { text: asked.text }),
        ...(guidance !== undefined && { guidance }),
        ...(steps !== undefined && { steps }),
        signal: context.signal,
        onProgress: progress,
      });
      await context.breathe();
      const sound = stereo(samples, model.rate);
      const request = { words: asked.labels.join(', '), text: asked.text, seed, seconds: asked.seconds };
      const measures = { ...factsOf(model), asked: request, notes: asked.notes, seconds: samples.length / model.rate };
      works.push({ medium: SOUND, title: asked.title, bytes: encodeWav(sound), mime: 'audio/wav', measures });
    }
    return { works, report: { notes: asked.notes, labels: asked.labels, sings: asked.text !== '' } };
  },
});

/** Who made it, whether it would do so again, and what it cost. */
function factsOf({ identity, price }: SoundModel): object {
  const { name, engine, reproducible } = identity;
  return { model: name, engine, repeatable: reproducible, ...(price && { cost: price }) };
}

/** Both ears the same; what is louder than a file can hold is made softer as a whole. */
function stereo(samples: Float32Array, sampleRate: number): StereoSound {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const channel = peak > 0.98 ? samples.map((sample) => (sample * 0.98) / peak) : samples;
  return { left: channel, right: channel, sampleRate };
}

function nothingAsked(name: string): Error {
  return refusal(
    'input',
    'music/nothing-to-perform',
    { en: `Nothing was said that '${name}' could play, sing or say.`, zh: `没有说明“${name}”要演奏、演唱或朗读什么。` },
    {
      en: 'Say how it shall sound, give words to sing, or name a plan, a poem or a piece.',
      zh: '请说明声音的样子，给出歌词，或指定方案、诗或曲子。',
    },
  );
}
