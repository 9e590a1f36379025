/**
 * Puts the trained sticker model into a model folder: network, autoencoder, word vectors, and in small what it has learned
 * from, so that a picture that comes near one of them can be named.
 *
 *   node recipes/stickers/package-model.ts TRAINED SHEETS OUT [--scores bench/results/stickers.json]
 *
 * TRAINED is the finished model of a run, SHEETS the folder that prepare.ts made. A copy is suspected below the distance
 * that only one in fifty of the pictures held out falls under. Scores of bench/image/stickers.ts go into the card once they are there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diffusion, loadPictureAtlas, type PictureSet, splitPictures } from '../../src/training/index.ts';

const SIZE = 48;
const SUSPECT = 0.02;
const STYLE_NAMES: Readonly<Record<string, string>> = { flat: '扁平', '3d': '立体', icon: '黑白图标' };
/** Where the pictures of each style are from. */
const SOURCES = [
  { name: 'Fluent Emoji (Microsoft)', licence: 'MIT', of: ['flat', '3d'] },
  { name: 'Emoji names (Unicode CLDR)', licence: 'Unicode-3.0', of: ['flat', '3d'] },
  { name: 'game-icons.net, by its authors', licence: 'CC BY 3.0 / CC0', of: ['icon'] },
];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { scores: { type: 'string' } } });
const [trained, sheets, out] = positionals;
if (!trained || !sheets || !out) throw new Error('usage: package-model.ts TRAINED SHEETS OUT');
const { config, parameters, card, vae } = await loadWhole(trained);
const learning = card.learning as { readonly validationShare: number };
const set = await loadPictureAtlas(sheets, { width: SIZE, take: ({ path }) => /svg$|\/0$/.test(path ?? '') });
const { train, validation } = splitPictures(set, { share: learning.validationShare });
const all = smallOf(train);
const unseen = validation ? distances(smallOf(validation), all).sort((a, b) => a - b) : [0.05];
mkdirSync(out, { recursive: true });
await diffusion.saveSeen(out, {
  suspect: unseen[Math.floor(SUSPECT * unseen.length)]!,
  names: train.labels.map(({ name }) => name),
  sources: train.labels.map(({ source, category }) => originOf(source, category)),
  small: all,
});
const authors = [
  ...new Set(train.labels.flatMap(({ category, source }) => (isIcon(category) ? [authorOf(source)] : []))),
];
const styles = config.words?.styles ?? [];
const trainedOn = SOURCES.filter(({ of }) => styles.some((style) => of.includes(style))).map(
  ({ of: _, ...source }) => source,
);
const things = new Set(train.labels.map(({ key }) => key)).size;
await diffusion.saveDiffusionFolder(out, {
  config,
  parameters,
  vae: vae && { ...vae, card: { ...vae.card, trainedOn } },
  words: join(trained, 'words'),
  card: {
    ...card,
    name: 'stickers',
    licence: 'Apache-2.0',
    trainedOn,
    summary: {
      en: `Makes small pictures of things (128×128) out of words in Chinese and English; styles: ${styles.join(', ')}.`,
      zh: `由中英文词语生成 128×128 的小图；样式：${styles.map((style) => STYLE_NAMES[style] ?? style).join('、')}。`,
    },
    limits: {
      en: `It has seen ${things} things and nothing else: no scenes, no lettering, no photographs, no likeness of persons. What is none of these it can only guess at from the words near it. Its shapes are soft: a few hours on a processor are little for a network that makes pictures of noise.`,
      zh: `只见过 ${things} 种物件：不会画场景、文字、照片，也不画具体人物；没见过的东西只能凭相近的词去猜。形状偏软：对从噪声生成图片的网络而言，处理器上几小时的训练很短。`,
    },
    ...(authors.length > 0 && { authors }),
    scores: { ...card.scores, ...curve(), ...measured() },
  },
});
writeFileSync(join(out, 'README.md'), readme(authors));

/** The loss on names held out, as it fell. */
function curve() {
  const log = join(trained!, 'train.jsonl');
  if (!existsSync(log)) return {};
  const lines = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);
  const told = lines.filter(({ validation }) => validation !== undefined);
  return { curve: told.map(({ step, validation }) => [step!, Math.round(1e4 * validation!) / 1e4]) };
}

function measured() {
  if (values.scores === undefined) return {};
  const { names, guidance, category, copying, distance, secondsFor20Steps } = JSON.parse(
    readFileSync(values.scores, 'utf8'),
  );
  return { heldOutNames: { names, guidance, category, copying, distance, secondsFor20Steps } };
}

async function loadWhole(folder: string) {
  const network = await diffusion.loadDiffusionFolder(folder);
  return { ...network, vae: await diffusion.loadDecoderFolder(folder) };
}

function smallOf(pictures: PictureSet): Uint8Array {
  const parts = Array.from({ length: pictures.count }, (_, i) => {
    const data = pictures.batch([i]);
    return diffusion.smallPicture({ width: SIZE, height: SIZE, data });
  });
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function distances(small: Uint8Array, known: Uint8Array): number[] {
  const length = small.length / validation!.count;
  return Array.from(
    { length: validation!.count },
    (_, i) => diffusion.nearestSmall(small.subarray(i * length, (i + 1) * length), known).distance,
  );
}

function isIcon(category: string): boolean {
  return category === 'icon';
}

function authorOf(source: string): string {
  return source.split('/')[0]!;
}

function originOf(source: string, category: string): string {
  return isIcon(category) ? `${authorOf(source)}, game-icons.net` : 'Fluent Emoji';
}

function readme(names: readonly string[]): string {
  return `# stickers

Words in Chinese and English to pictures of 128×128: an autoencoder (\`vae/\`), a Transformer that denoises its latents
(\`model.safetensors\`), the word vectors it listens with (\`words/\`), and in small what it has learned from (\`seen.*\`).
Made by recipes/stickers. · 由中英文词语生成 128×128 小图：自编码器、在其隐空间去噪的 Transformer、所用词向量，以及所学图片的缩略数据。

\`llmagentos sticker "a red fox" --style flat\`

## What it learned from · 所学数据
- Fluent Emoji, Microsoft, MIT; names from Unicode CLDR, Unicode-3.0
${names.length > 0 ? `- game-icons.net, CC BY 3.0 (some CC0), by ${names.join(', ')}\n` : ''}`;
}
