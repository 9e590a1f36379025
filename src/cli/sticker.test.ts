/** Stickers over a real house, with a model that has learned nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { createParameters, diffusion, words } from '../training/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'sticker-'));
after(() => rmSync(home, { recursive: true, force: true }));
const CARD = { name: 'tiny', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '极小。' } };

before(async () => {
  const vocabulary = { words: ['fox', '狐狸'], counts: [5, 5], subwords: ['<fo'] };
  const vectors = { words: Float32Array.of(1, 0, 0, 0, 0.8, 0.6, 0, 0), subwords: new Float32Array(4).fill(0.5) };
  await words.saveWordFolder(join(home, 'vectors'), { vocabulary, vectors, card: CARD });
  const config = diffusion.diffusionConfig({
    picture: { channels: 3, height: 16, width: 16 },
    network: { kind: 'dit', patch: 4, width: 16, depth: 1, heads: 2, shared: true },
    process: { kind: 'flow' },
    prediction: 'flow',
    words: { dimensions: 4, styles: ['3d', 'flat', 'icon'] },
  });
  const declared = diffusion.diffusionParameters(config);
  const lively = declared.map((one) => ({ ...one, start: { kind: 'normal', deviation: 0.2 } as const }));
  const folder = join(home, 'models', 'stickers');
  const network = { config, parameters: createParameters(lively, 1), card: CARD, words: join(home, 'vectors') };
  await diffusion.saveDiffusionFolder(folder, network);
  const small = diffusion.smallPicture({ width: 16, height: 16, data: new Float32Array(768).fill(1) });
  await diffusion.saveSeen(folder, { suspect: 0.01, names: ['snow'], sources: ['somebody'], small });
});

const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(['sticker', ...argv], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
const made = async (...argv: string[]) => {
  const ran = await typed(...argv, '--steps', '2', '--json');
  assert.equal(ran.exitCode, 0, ran.out);
  return JSON.parse(ran.out);
};

test('[IM62] words become stickers, each a work; what is not known is said, and what comes near', async () => {
  const { works, sticker } = await made('a fox forest 鸟', '--style', 'flat', '--seed', '1', '--count', '2');
  assert.deepEqual(
    [works.length, works[0].medium, works[0].seed, works[0].title],
    [2, 'picture', 1, 'a fox forest 鸟'],
  );
  assert.notEqual(works[0].content, works[1].content);
  assert.deepEqual([sticker.guessed, sticker.unknown.includes('鸟')], [['forest'], true]);
  assert.deepEqual([sticker.stickers[0].nearest.name, sticker.stickers[0].nearest.copy], ['snow', false]);
  const again = await made('a fox forest 鸟', '--style', 'flat', '--seed', '1', '--count', '2');
  assert.deepEqual(
    again.works.map((one: { content: string }) => one.content),
    works.map((one: { content: string }) => one.content),
  );
  const { out } = await typed('狐狸', '--steps', '2', '--seed', '1');
  assert.match(out, /最相近的：snow \(somebody\)/);
});

test('[IM60] a picture and a mask are taken, a way goes between two prompts, and wrong values are refused', async () => {
  const [picture, mask] = [join(home, 'p.png'), join(home, 'm.png')];
  const plain = (background: string) => sharp({ create: { width: 20, height: 20, channels: 3, background } });
  writeFileSync(picture, await plain('#c03020').png().toBuffer());
  writeFileSync(mask, await plain('#000000').png().toBuffer());
  const kept = await made('fox', '--from', picture, '--mask', mask, '--size', '32', '--seed', '3');
  const exported = join(home, 'out.png');
  const id = kept.works[0].id;
  await runTyped(['export', id, '--out', exported], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
  const { channels } = await sharp(exported).flatten().stats();
  assert.deepEqual(
    channels.slice(0, 3).map(({ mean }) => Math.round(mean)),
    [0xc0, 0x30, 0x20],
    'a black mask keeps all',
  );
  const way = await made('fox', '--between', '狐狸', '--count', '3', '--seed', '3');
  assert.deepEqual(
    way.sticker.stickers.map(({ share }: { share: number }) => share),
    [0, 0.5, 1],
  );
  assert.equal((await typed('fox', '--style', 'oil')).exitCode, 64);
  assert.equal((await typed('fox', '--guidance', '99')).exitCode, 64);
  assert.equal((await typed('fox', '--model', 'nobody')).exitCode, 69);
  assert.match((await typed('fox', '--mask', mask)).err, /\[cli\/mask-alone\]/);
});
