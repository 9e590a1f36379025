/** Posters, likeness, blending and variations from the command line, over a real house. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'compare-'));
after(() => rmSync(home, { recursive: true, force: true }));
const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
const at = (name: string): string => join(home, name);

interface Made {
  readonly works: readonly { readonly id: string; readonly title: string; readonly content: string }[];
  readonly critique: readonly { readonly nearCopyOf?: string; readonly measures: Readonly<Record<string, number>> }[];
  readonly exports?: readonly { readonly file: string }[];
  readonly similar?: { readonly alike: readonly { readonly work: string; readonly likeness: number }[] };
}
const madeBy = async (...argv: string[]): Promise<Made> => {
  const ran = await typed(...argv, '--json');
  assert.equal(ran.exitCode, 0, ran.out + ran.err);
  return JSON.parse(ran.out) as Made;
};

let boat: string;
let house: string;

before(async () => {
  const size = ['--size', '160x160', '--painter', 'watercolour', '--seed', '3'];
  boat = (await madeBy('paint', 'a boat on a lake, a moon', ...size, '--out', at('boat.png'))).works[0]!.id;
  house = (await madeBy('paint', 'a house, a pine, three hills', ...size)).works[0]!.id;
});

test('[CL74] poster sets several layouts in a style with readings, writes all, and says how each was set', async () => {
  const words = ['poster', boat, '--title', '靜夜思', '--author', '李白', '--style', 'serif', '--ruby', 'zhuyin'];
  const small = ['--longest', '300', '--seed', '2'];
  const { works, exports } = await madeBy(...words, ...small, '--count', '2', '--out', at('cover.svg'));
  assert.deepEqual([works.length, works[0]!.title], [2, '靜夜思']);
  assert.deepEqual(
    exports!.map(({ file }) => file),
    [at('cover.svg'), at('cover-2.svg')],
  );
  const letters = readFileSync(at('cover.svg'), 'utf8').match(/<path id="title"[^>]* d="([^"]*)"/)![1]!;
  assert.ok(letters.split('M').length > 20, 'the title is outlines, its readings among them');
  const shown = await typed(...words, ...small, '--layout', 'grid');
  assert.match(shown.out, /grid · book-cover · 最低对比度 \d/);
  assert.match(shown.out, /靜夜思/);
});

test('[CL74] what a poster cannot be is refused in words: letters that nobody has, unknown layouts, styles and readings', async () => {
  const refused = async (...argv: string[]): Promise<string> => {
    const { exitCode, err } = await typed('poster', boat, '--longest', '300', ...argv);
    assert.notEqual(exitCode, 0);
    return err;
  };
  assert.match(await refused('--title', '夜ก'), /ก[\s\S]*image\/no-letters/);
  assert.match(await refused('--title', '夜', '--layout', 'nowhere'), /image\/unknown-layout/);
  assert.match(await refused('--title', '夜', '--style', 'gothic'), /brush, serif, sans/);
  assert.match(await refused('--title', '夜', '--ruby', 'kana'), /pinyin, zhuyin/);
});

test('[CL75] similar names the nearest of the kept pictures first, and lays them side by side', async () => {
  const { similar, works } = await madeBy('similar', at('boat.png'), '--count', '2', '--out', at('beside.png'));
  assert.equal(similar!.alike.length, 2);
  assert.ok(similar!.alike[0]!.likeness > 0.95 && similar!.alike[0]!.likeness >= similar!.alike[1]!.likeness);
  assert.equal(works.length, 1);
  const { width, height } = await sharp(at('beside.png')).metadata();
  assert.ok(width! > height!);
  assert.match((await typed('similar', 'nothing.png')).err, /cli\/picture-missing/);
});

test('[CL76] blend lays the second picture over the first: whole, by a ramp, and without a seam', async () => {
  const blended = async (...argv: string[]): Promise<string> =>
    (await madeBy('blend', boat, house, ...argv, '--longest', '120')).works[0]!.content;
  const [whole, ramp, grown] = [
    await blended('--way', 'multiply'),
    await blended('--shape', 'right'),
    await blended('--way', 'seamless', '--scale', '0.4'),
  ];
  assert.equal(new Set([whole, ramp, grown]).size, 3);
  assert.equal(await blended('--way', 'multiply'), whole);
  assert.equal((await typed('blend', boat, house, '--way', 'stir')).exitCode, 64);
});

test('[CL77] vary paints as many variations as are asked for, and refuses a picture that does not know what it shows', async () => {
  const { works, exports } = await madeBy(
    'paint',
    '--vary',
    boat,
    '--strength',
    '0.3',
    '--count',
    '2',
    '--seed',
    '1',
    '--out',
    at('other.png'),
  );
  assert.equal(works.length, 2);
  assert.notEqual(works[0]!.content, works[1]!.content);
  assert.ok(exports!.every(({ file }) => existsSync(file)));
  await sharp(at('boat.png')).jpeg().toFile(at('photo.jpg'));
  assert.match((await typed('paint', '--vary', at('photo.jpg'))).err, /image\/no-composition/);
});

test('[IM27] a picture that is nearly a copy of a kept one says of which; its own variations and posters are no copies', async () => {
  const size = ['--size', '160x160', '--painter', 'watercolour', '--seed', '4'];
  const own = (await madeBy('paint', 'a bridge, two cranes', ...size, '--out', at('cranes.png'))).works[0]!.id;
  const varied = await madeBy('paint', '--vary', own, '--strength', '0.1', '--seed', '2');
  assert.equal(varied.critique[0]!.nearCopyOf, undefined, 'kin');
  await sharp(at('cranes.png'))
    .modulate({ hue: 40 })
    .extract({ left: 3, top: 2, width: 154, height: 156 })
    .jpeg()
    .toFile(at('found.jpg'));
  const { works, critique } = await madeBy('read-picture', at('found.jpg')).then(async ({ works: read }) =>
    madeBy('show', read[0]!.id),
  );
  assert.equal(critique[0]!.nearCopyOf, own, JSON.stringify(critique));
  assert.ok(critique[0]!.measures.nearCopy! >= 0.9);
  assert.match((await typed('show', works[0]!.id)).out, /Near copy: of “.+” \([0-9a-f]{8}\)/);
  assert.match((await typed('show', works[0]!.id, '--lang', 'zh')).out, /近似复制/);
});
