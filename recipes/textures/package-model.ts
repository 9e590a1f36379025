/**
 * Puts the trained texture model into a model folder: the diffusion network, what its pictures are of, and its vocoder.
 *
 *   node recipes/textures/package-model.ts TRAINED VOCODER OUT
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffusion, sound } from '../../src/training/index.ts';

const [trained, vocoder, out] = process.argv.slice(2);
if (!trained || !vocoder || !out) throw new Error('usage: package-model.ts TRAINED VOCODER OUT');
const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8')) as {
  readonly pictures: { readonly folder: string };
};
const { folder: _, ...source } = recipe.pictures;
const { config, parameters, card } = await diffusion.loadDiffusionFolder(trained);
mkdirSync(out, { recursive: true });
await sound.saveMelInverse(join(out, 'vocoder'), await sound.loadMelInverse(vocoder));
writeFileSync(join(out, 'sound.json'), `${JSON.stringify(source, null, 2)}\n`);
await diffusion.saveDiffusionFolder(out, {
  config,
  parameters,
  card: {
    ...card,
    name: 'textures',
    licence: 'Apache-2.0',
    summary: {
      en: 'A small model of sound textures that go round: rain, wind, insects, bells, strings, drums and such, from words or from another sound.',
      zh: '可无缝循环的声音纹理小模型：雨、风、虫鸣、钟、弦、鼓等，由文字或另一段声音生成。',
    },
    limits: {
      en: 'It has heard nothing but loops of 3.3 seconds that our own programs synthesised; it knows 29 kinds of sound and five attributes, one channel, 22,050 samples a second. Recordings of the world it has never heard, and speech or song it cannot make.',
      zh: '只听过本项目程序合成的 3.3 秒循环；认识 29 类声音与五种属性，单声道、22,050 Hz。从未听过真实世界的录音，不能生成语音与歌声。',
    },
  },
});
