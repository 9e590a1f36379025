/** Sketches painted from the command line, over a real house, by a network that has learned nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { createParameters, painterConfig, pictureParameters, savePictureModel } from '../training/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'paint-sketch-'));
after(() => rmSync(home, { recursive: true, force: true }));
const photograph = join(home, 'sketch.jpg');

before(async () => {
  const config = painterConfig({ generator: [8, 8, 8], discriminator: [8, 8] });
  for (const [i, name] of ['ink', 'as-i-paint'].entries()) {
    const card = { name, licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '极小。' } };
    await savePictureModel(join(home, 'models', name), {
      config,
      weights: createParameters(pictureParameters(config), i),
      card,
    });
  }
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#ddd6c8"/>
    <path d="M20 150L110 40L200 150M160 110L210 60L280 150" fill="none" stroke="#333" stroke-width="3"/></svg>`;
  await sharp(Buffer.from(drawn)).jpeg().toFile(photograph);
});

const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(['paint', ...argv], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
const painted = async (...argv: string[]) => {
  const { exitCode, out } = await typed(...argv, '--seed', '3', '--json');
  assert.equal(exitCode, 0, out);
  return JSON.parse(out).works as readonly { readonly id: string; readonly content: string; readonly title: string }[];
};

/** Layers of an OpenRaster file, uppermost first. */
function layersOf(file: string) {
  const entries = unzipSync(readFileSync(file));
  const stack = new TextDecoder().decode(entries['stack.xml']);
  return [...stack.matchAll(/<layer ([^>]*)>/g)].map(([, attributes]) => {
    const of = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(attributes!)?.[1];
    return { name: of('name'), visibility: of('visibility'), png: entries[of('src')!]! };
  });
}

test('[IM70] a photographed sketch is painted without a word; sketch and lines stay in their layers', async () => {
  const [work, ...more] = await painted('--from-sketch', photograph, '--longest', '256');
  assert.equal(more.length, 0);
  const file = join(home, 'out.ora');
  await runTyped(['export', work!.id, '--out', file], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
  const stack = layersOf(file);
  assert.deepEqual(
    stack.map(({ name, visibility = 'visible' }) => [name, visibility]),
    [
      ['线稿 lines', 'hidden'],
      ['画 painting', 'visible'],
      ['草图 sketch', 'hidden'],
    ],
  );
  const { width, height } = await sharp(stack[1]!.png).metadata();
  assert.deepEqual([width, height], [256, 171]);
  const lines = await sharp(stack[0]!.png).ensureAlpha().raw().toBuffer();
  const inked = lines.filter((value, i) => i % 4 === 3 && value > 128).length / (width * height);
  assert.ok(inked > 0.01 && inked < 0.2, `lines alone, without the paper: ${inked}`);
  const [again] = await painted('--from-sketch', photograph, '--longest', '256');
  assert.equal(again!.content, work!.content);
});

test('[IM71] another network of one’s own paints otherwise; what is no painter of sketches is refused', async () => {
  const [ink] = await painted('--from-sketch', photograph, '--longest', '128');
  const [mine] = await painted('--from-sketch', photograph, '--longest', '128', '--model', 'as-i-paint');
  assert.notEqual(mine!.content, ink!.content);
  assert.equal((await typed('--from-sketch', photograph, '--model', 'nobody')).exitCode, 69);
  assert.equal((await typed('--from-sketch', join(home, 'nothing.png'))).exitCode, 66);
  assert.equal((await typed('--from-sketch', photograph, '--detail', '2')).exitCode, 64);
});

test('[IM72] ink-quick draws the words in lines and has the network paint them', async () => {
  const [work] = await painted('a mountain', '--painter', 'ink-quick', '--size', '96x96');
  const { out } = await runTyped(['works', '--json'], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
  assert.ok(out.includes(work!.id));
});

test('[IM72] ink-quick paints every cell of a grid and every one of several pictures', async () => {
  const { out } = await typed('a mountain', '--grid', 'painter=ink-quick,pixel; seed=1-2', '--size', '96x96', '--json');
  const { grid } = JSON.parse(out) as { grid: readonly { id: string; values: Record<string, string> }[] };
  assert.deepEqual(
    grid.map(({ values }) => values.painter),
    ['ink-quick', 'pixel', 'ink-quick', 'pixel'],
  );
  const listed = await runTyped(['works', '--json'], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
  const { works } = JSON.parse(listed.out) as { works: readonly { id: string; op: string }[] };
  const opOf = (id: string): string => works.find((work) => work.id === id)!.op;
  assert.deepEqual(
    grid.map(({ id }) => opOf(id)),
    ['image/paint-sketch', 'image/paint', 'image/paint-sketch', 'image/paint'],
  );
  const several = await painted('a mountain', '--painter', 'ink-quick', '--size', '96x96', '--count', '2');
  assert.equal(several.length, 2);
  assert.notEqual(several[0]!.content, several[1]!.content);
});

test('[IM73] a sketch painted with a seal bears it in an empty corner, and says what the seal could not', async () => {
  const [plain] = await painted('--from-sketch', photograph, '--longest', '256');
  const [sealed] = await painted('--from-sketch', photograph, '--longest', '256', '--seal', '夜航');
  assert.notEqual(sealed!.content, plain!.content);
  const file = join(home, 'sealed.ora');
  await runTyped(['export', sealed!.id, '--out', file], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
  assert.equal(layersOf(file)[0]!.name, '印章 seal');
  const { data, info } = await sharp(layersOf(file)[0]!.png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const red = data.filter((value, i) => i % 4 === 0 && data[i + 3]! > 128 && value > 2 * data[i + 1]!).length;
  assert.ok(red > 30 && info.width < 64, `${red} ${info.width}`);
  const { out } = await typed('--from-sketch', photograph, '--longest', '128', '--seal', '夜ก', '--json');
  assert.match(JSON.parse(out).notes.join(), /ก/);
});
