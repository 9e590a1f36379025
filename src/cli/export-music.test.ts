/** Taking music away, over a real house: a file comes in, cuts and sounds go out. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Score } from '../studios/music/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'export-'));
after(() => rmSync(home, { recursive: true, force: true }));
const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(['export', ...argv], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });

const scoreOf = async (...argv: string[]): Promise<Score> => JSON.parse((await typed(...argv, '-F', 'json')).out);

const tune = join(home, 'tune.abc');
writeFileSync(
  tune,
  'X:1\nT:Two players\nM:4/4\nL:1/4\nQ:1/4=200\nK:C\nV:1 name="Xylophone"\n%%MIDI program 13\nC E G c|c G E C|\nV:2 name="Glockenspiel"\n%%MIDI program 9\nC4|C4|\n',
);

test('[CL39] a file of music is cut to bars and parts and slowed; the ending of the name tells the format', async () => {
  const file = join(home, 'cut.midi');
  const ran = await typed(tune, '--out', file, '--bars', '2', '--parts', '1', '--tempo', '0.5');
  assert.deepEqual([ran.exitCode, ran.err.includes('[')], [0, false], ran.err);
  const cut = await scoreOf(file);
  assert.deepEqual([cut.parts.length, cut.bars.length, Math.round(cut.tempos[0]!.quarterBpm)], [1, 1, 100]);
  assert.equal((await scoreOf(tune, '--bars', '1-2')).parts.length, 2);
});

test('[CL39] stems are a folder of sounds of one length; a broken SoundFont is refused in both languages', async () => {
  const folder = join(home, 'stems');
  const made = await typed(tune, '--stems', '--out', folder, '--json');
  const { files } = (JSON.parse(made.out) as { export: { files: string[] } }).export;
  assert.deepEqual(files.map((file) => file.slice(folder.length + 1)).sort(), readdirSync(folder).sort());
  const sizes = files.map((file) => readFileSync(file).length);
  assert.deepEqual([sizes.length, sizes[0]], [2, sizes[1]]);
  assert.equal((await typed(tune, '--stems', '--out', folder)).exitCode, 75);
  const broken = join(home, 'broken.sf2');
  writeFileSync(broken, 'RIFF nonsense');
  const sound = join(home, 'x.wav');
  assert.match(
    (await typed(tune, '--soundfont', broken, '--out', sound)).err,
    /SoundFont.*\n.*\n.*\[music\/bad-bank\]/,
  );
  assert.match((await typed(tune, '--soundfont', broken, '--out', sound, '--lang', 'zh')).err, /音色库/);
  assert.equal(existsSync(sound), false);
  for (const [code, ...asked] of [
    ['cli/soundfont-missing', '--soundfont', join(home, 'none.sf2')],
    ['cli/bad-bars', '--bars', '9-3'],
    ['music/no-such-bars', '--bars', '9'],
    ['music/no-such-part', '--parts', 'tuba'],
    ['host/bad-settings', '--soundfont', broken, '--format', 'abc'],
  ]) {
    assert.match((await typed(tune, ...asked)).err, new RegExp(`\\[${code}\\]`));
  }
});
