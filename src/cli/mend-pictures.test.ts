/** The commands that enlarge, mend and cut out, over a real house with a tiny network. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { createParameters, enlargerConfig, enlargerParameters, saveEnlarger } from '../training/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'mending-'));
after(() => rmSync(home, { recursive: true, force: true }));
const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });

const file = join(home, 'disc.png');
const mask = join(home, 'mask.png');
before(async () => {
  const disc =
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="#dfe8f0"/><circle cx="30" cy="24" r="12" fill="#c04020"/></svg>';
  await sharp(Buffer.from(disc)).png().toFile(file);
  const hole =
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48"/><rect x="14" y="8" width="32" height="32" fill="#fff"/></svg>';
  await sharp(Buffer.from(hole)).png().toFile(mask);
  const config = enlargerConfig({ width: 4, blocks: 1 });
  const parameters = createParameters(enlargerParameters(config), 1);
  const card = { name: 'tiny-enlarger', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '极小。' }, trainedOn: [] };
  await saveEnlarger(join(home, 'models/tiny-enlarger'), { config, parameters, card });
});

const sizeOf = async (path: string): Promise<string> => {
  const { width, height, channels } = await sharp(path).metadata();
  return `${width}×${height}×${channels}`;
};

test('upscale by the network and by resampling, to a file', async () => {
  const out = join(home, 'large.png');
  const made = await typed('upscale', file, '--model', 'tiny-enlarger', '--times', '4', '--out', out, '--json');
  assert.equal(made.exitCode, 0, made.out);
  assert.equal(await sizeOf(out), '256×192×3');
  const { works } = JSON.parse(made.out) as { works: { model: { name: string } | null }[] };
  assert.equal(works[0]!.model?.name, 'tiny-enlarger');
  const plain = await typed('upscale', file, '--method', 'lanczos', '--out', out, '--force', '--json');
  assert.equal((JSON.parse(plain.out) as { works: typeof works }).works[0]!.model, null);
  assert.equal(await sizeOf(out), '128×96×3');
  assert.match((await typed('upscale', file, '--times', '3')).err, /cli\/bad-choice/);
});

test('inpaint with a mask takes the disc away; without any hole it says so in both languages', async () => {
  const out = join(home, 'empty.png');
  const made = await typed('inpaint', file, '--mask', mask, '--seed', '1', '--out', out, '--json');
  assert.equal(made.exitCode, 0, made.out);
  const { data } = await sharp(out)
    .extract({ left: 20, top: 14, width: 20, height: 20 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  assert.ok(
    data.every((value) => value > 200),
    'paper where the disc was',
  );
  assert.match((await typed('inpaint', file)).err, /image\/nothing-to-fill/);
  assert.match((await typed('inpaint', file, '--box', '0,0,64,48', '--lang', 'zh')).err, /已无可取材之处/);
  assert.match((await typed('inpaint', file, '--box', '1,2,3')).err, /cli\/bad-box/);
});

test('outpaint by pixels and by share; nowhere, and too far, are refused', async () => {
  const out = join(home, 'wide.png');
  const made = await typed('outpaint', file, '--left', '16', '--top', '50%', '--seed', '1', '--out', out, '--json');
  assert.equal(made.exitCode, 0, made.out);
  assert.equal(await sizeOf(out), '80×72×3');
  assert.match((await typed('outpaint', file)).err, /image\/nothing-to-fill/);
  assert.match((await typed('outpaint', file, '--left', '500%')).err, /image\/too-large/);
  assert.match((await typed('outpaint', file, '--left', 'far')).err, /cli\/bad-margin/);
});

test('cut-out tells how sure it is, and the file is clear where the ground was', async () => {
  const out = join(home, 'cut.png');
  const made = await typed('cut-out', file, '--out', out, '--json');
  assert.equal(made.exitCode, 0, made.out);
  const { cutOut } = JSON.parse(made.out) as { cutOut: { confidence: number; share: number } };
  assert.ok(cutOut.confidence > 0.9 && Math.abs(cutOut.share - (Math.PI * 144) / (64 * 48)) < 0.01, made.out);
  const { data } = await sharp(out).raw().toBuffer({ resolveWithObject: true });
  assert.equal(await sizeOf(out), '64×48×4');
  assert.deepEqual([data[3], data[4 * (24 * 64 + 30) + 3]], [0, 255]);
  const jpeg = join(home, 'cut.jpg');
  await typed('cut-out', file, '--out', jpeg);
  const { data: flat } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  assert.ok(flat[0]! > 245, 'on white where there is no alpha');
});
