/**
 * Puts the trained enlarger into a model folder; scores on held-out pictures go into its card once bench/image/enlarge.ts has run.
 *
 *   node recipes/enlarger/package-model.ts TRAINED OUT
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { loadEnlarger, saveEnlarger } from '../../src/training/index.ts';

const [trained, out] = process.argv.slice(2);
if (!trained || !out) throw new Error('usage: package-model.ts TRAINED OUT');
const { config, parameters, card } = await loadEnlarger(trained);
mkdirSync(out, { recursive: true });
type Scores = NonNullable<typeof card.scores>[string];
const results = 'bench/results/enlarge.json';
const measured = existsSync(results)
  ? (JSON.parse(readFileSync(results, 'utf8')) as { readonly rows: Scores }).rows
  : undefined;
await saveEnlarger(out, {
  config,
  parameters,
  card: {
    ...card,
    licence: 'Apache-2.0',
    summary: {
      en: 'Makes pictures twice as large: draws the edges, strokes and grain that interpolation leaves soft.',
      zh: '把图画放大二倍：补出插值留下的模糊边缘、笔触与纹理。',
    },
    scores: { ...card.scores, heldOut: measured ?? null },
    limits: {
      en: 'It has seen paintings of our own painters, emoji, icons and pixel tiles, made small by clean kernels and light JPEG. It makes up nothing: no faces, letters or textures that are lost. Strong noise and blur it leaves.',
      zh: '学过自有画法的画作、表情、图标与像素图块，以干净的核与轻微的 JPEG 缩小。不会凭空编造：失去的人脸、文字与纹理补不回来；强噪声与模糊会保留。',
    },
  },
});
