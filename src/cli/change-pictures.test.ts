/** The commands that make one picture into another, over a real house: a file comes in, a file goes out. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'pictures-'));
after(() => rmSync(home, { recursive: true, force: true }));
const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });

const file = join(home, 'stripes.png');
before(async () => {
  const data = new Uint8Array(96 * 96 * 3);
  for (let i = 0; i < 96 * 96; i++) data.set((i % 96) % 16 < 10 ? [190, 70, 50] : [40, 80, 120 + (i % 96)], 3 * i);
  await sharp(data, { raw: { width: 96, height: 96, channels: 3 } })
    .png()
    .toFile(file);
});

test('palette tells colours and names in both languages; a colour that is none is refused', async () => {
  const ran = await typed('palette', file, '--colours', '2', '--json');
  assert.equal(ran.exitCode, 0, ran.out);
  const { palette } = JSON.parse(ran.out) as { palette: { colours: { hex: string; share: number }[] } };
  assert.equal(palette.colours[0]!.hex, '#be4632');
  assert.ok(Math.abs(palette.colours[0]!.share - 0.625) < 1e-6);
  const told = await typed('palette', file, '--colours', '2', '--lang', 'zh');
  assert.match(told.out, /#be4632 +62.5 % +红/);
  const bad = await typed('palette', file, '--recolour', 'blue', '--lang', 'zh');
  assert.match(bad.err, /cli\/bad-colour/);
  assert.notEqual(bad.exitCode, 0);
});

test('recoloured, tiled and drawn in lines, each to a file; an existing file is not written over', async () => {
  const out = join(home, 'out.png');
  const recoloured = await typed('palette', file, '--recolour', '#264,#dcb', '--out', out, '--json');
  assert.equal(recoloured.exitCode, 0, recoloured.out);
  assert.equal((await sharp(out).metadata()).width, 96);
  assert.equal((await typed('tile', file, '--out', out)).exitCode, 75);
  const tiled = await typed('tile', file, '--out', out, '--force');
  assert.match(tiled.out, /step over the edge/);
  assert.equal((await sharp(out).metadata()).width, 72);
  const lines = join(home, 'lines.svg');
  const drawn = await typed('lines', file, '--mode', 'extract', '--out', lines, '--json');
  assert.equal((JSON.parse(drawn.out) as { lines: { mode: string } }).lines.mode, 'extract');
  assert.match(readFileSync(lines, 'utf8'), /<path /);
});

test('relight wants to know the light, and a painting', async () => {
  const silent = await typed('relight', 'last', '--json');
  assert.match(silent.out, /cli\/no-light/);
  const photo = await typed('relight', file, '--hour', 'dusk', '--out', join(home, 'dusk.png'), '--json');
  assert.match(photo.out, /image\/no-composition/);
  assert.ok(!existsSync(join(home, 'dusk.png')));
});
