/** Painting from the command line, over a real house: prompts, grids, batches, files painted again, and files that are refused. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { type Ran, runTyped } from './fixture.ts';
import { cellOf, parseGrid } from './image/grid.ts';

const home = mkdtempSync(join(tmpdir(), 'paint-'));
after(() => rmSync(home, { recursive: true, force: true }));
const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
const SMALL = ['--size', '96x96', '--painter', 'pixel'];

interface Made {
  readonly works: readonly { readonly id: string; readonly seed: number }[];
  readonly notes?: readonly string[];
  readonly exports?: readonly { readonly id: string; readonly file: string }[];
  readonly grid?: readonly { readonly values: Readonly<Record<string, string>> }[];
}
const madeBy = async (...argv: string[]): Promise<Made> => {
  const ran = await typed(...argv, '--json');
  assert.equal(ran.exitCode, 0, ran.out + ran.err);
  return JSON.parse(ran.out) as Made;
};
const at = (name: string): string => join(home, name);
const pixelsOf = (file: string): Promise<Buffer> => sharp(file).raw().toBuffer();

test('[CL70] paint takes weights, negative words, alternatives and wildcards; seed -1 is drawn and told', async () => {
  mkdirSync(at('lists/water'), { recursive: true });
  writeFileSync(at('lists/water/still.txt'), '# quiet waters\nlake\n\n');
  const words = ['a {boat|boat} on a (__water/still__:1.2), a moon', '--no', 'moon', '--wildcards', at('lists')];
  const { works, notes } = await madeBy('paint', ...words, '--seed', '-1', '--out', at('made.png'), ...SMALL);
  assert.ok(works[0]!.seed > 0);
  assert.deepEqual(notes, []);
  const read = JSON.parse((await typed('read-picture', at('made.png'), '--json')).out) as {
    picture: { generation: { prompt: string; negative: string; seed: number }; again: boolean };
  };
  const { prompt, negative, seed } = read.picture.generation;
  assert.deepEqual([prompt, negative, seed], ['a boat on a (lake:1.2), a moon', 'moon', works[0]!.seed]);
  assert.ok(read.picture.again);
  const shown = await typed('read-picture', at('made.png'), '--lang', 'zh');
  assert.match(shown.out, /反向提示词 +moon/);
  const refused = await typed('paint', 'a __tree__', '--wildcards', at('lists'));
  assert.deepEqual([refused.exitCode, /water\/still/.test(refused.err)], [64, true]);
});

test('[CL71] a file is painted again to the same pixels', async () => {
  await madeBy('paint', '--again', at('made.png'), '--out', at('again.png'));
  assert.deepEqual(await pixelsOf(at('again.png')), await pixelsOf(at('made.png')));
  const strange = await sharp(at('made.png')).png().toBuffer();
  writeFileSync(at('strange.png'), strange);
  const refused = await typed('paint', '--again', at('strange.png'));
  assert.match(refused.err, /image\/no-recipe/);
  assert.match((await typed('paint', '--again', at('none.png'))).err, /cli\/picture-missing/);
});

test('[CL70] all of several pictures are written, each under its number; none where one of the names is taken', async () => {
  const words = ['a boat', '--count', '3', '--seed', '4', '--out', at('three.png'), ...SMALL];
  const { works, exports } = await madeBy('paint', ...words);
  assert.deepEqual(
    [works.length, exports!.map(({ id }) => id), exports!.map(({ file }) => file)],
    [3, works.map(({ id }) => id), ['three.png', 'three-2.png', 'three-3.png'].map(at)],
  );
  assert.notDeepEqual(await pixelsOf(at('three.png')), await pixelsOf(at('three-3.png')));
  rmSync(at('three.png'));
  const refused = await typed('paint', ...words);
  assert.match(refused.err, /three-2\.png.*cli\/file-exists|cli\/file-exists/s);
  assert.ok(!existsSync(at('three.png')), 'refused before anything is painted');
});

test('[CL73] in a terminal a painting is seen while it is painted; never with --json, through a pipe or without colour', async () => {
  const shown = async (env: object, ...more: string[]): Promise<string> => {
    const written: string[] = [];
    const stderr = { write: (text: string) => written.push(text), isTTY: true, columns: 80 };
    const given = { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home, TERM: 'xterm-256color', ...env }, stderr };
    const { exitCode } = await runTyped(['paint', 'a boat', '--seed', '5', ...SMALL, ...more], given);
    assert.equal(exitCode, 0);
    return written.join('');
  };
  const preview = /\[38;2;\d+;\d+;\d+m.\[48;2;\d+;\d+;\d+m▀/;
  assert.match(await shown({}), preview);
  assert.doesNotMatch(await shown({}, '--json'), preview);
  assert.doesNotMatch(await shown({ NO_COLOR: '1' }), preview);
  const piped = await typed('paint', 'a boat', '--seed', '5', ...SMALL);
  assert.doesNotMatch(piped.out + piped.err, /▀|\[38;2/);
});

test('[CL72] a grid varies what it names, lays a sheet, and keeps the pictures; a batch paints line by line', async () => {
  const { works, grid } = await madeBy(
    'paint',
    'a boat',
    '--grid',
    'prompt=boat,moon; seed=1-2',
    ...SMALL,
    '--out',
    at('sheet.png'),
  );
  assert.equal(works.length, 1);
  assert.deepEqual(
    grid!.map(({ values }) => Object.values(values).join()),
    ['boat,1', 'moon,1', 'boat,2', 'moon,2'],
  );
  const { width, height } = await sharp(at('sheet.png')).metadata();
  assert.ok(width! > 2 * 96 && height! > 2 * 96);
  writeFileSync(at('briefs.txt'), '# two\na boat\n\na moon\n');
  assert.equal((await madeBy('paint', '--batch', at('briefs.txt'), '--seed', '1', ...SMALL)).works.length, 2);
});

test('[CL72] the axes of a grid are read in both languages, and refused where they make no sense', () => {
  assert.deepEqual(parseGrid('画法＝ink，oil；种子=3-5'), [
    { name: 'painter', values: ['ink', 'oil'] },
    { name: 'seed', values: ['3', '4', '5'] },
  ]);
  assert.deepEqual(parseGrid('prompt="a, b",c')[0]!.values, ['a, b', 'c']);
  for (const bad of ['', 'painter', 'painter=', 'seed=x', 'seed=5-1', 'seed=1-200', 'a=1;b=1;c=1;d=1', 'a=1;a=2'])
    assert.throws(() => parseGrid(bad), { code: 'cli/bad-grid' }, bad);
  const base = { typed: 'a boat', seed: 1, wishes: { count: 1 } };
  const axes = parseGrid('relief=0.2,0.8; hour=night');
  assert.deepEqual(cellOf(base, axes, [1, 0]).wishes, { count: 1, settings: { relief: 0.8 }, hour: 'night' });
  assert.throws(() => cellOf(base, parseGrid('prompt=ship,moon'), [0]), { code: 'cli/bad-grid' });
  assert.throws(() => cellOf(base, parseGrid('hour=soon'), [0]), { code: 'cli/bad-grid' });
});

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

/** A PNG that says any size, with rows of zeros as far as given. */
function png(width: number, height: number, rows: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc((width * 3 + 1) * rows), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

const SVG = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">${inner}</svg>`;

test('[IM57] every bad picture is refused by every command that takes one, in both languages, within bounded memory', {
  timeout: 240_000,
}, async () => {
  const noise = await sharp(Buffer.from(Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 251)), {
    raw: { width: 100, height: 100, channels: 3 },
  })
    .png()
    .toBuffer();
  const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['truncated.png', noise.subarray(0, noise.length >> 1), /pictures\/broken/],
    ['bomb.png', png(20_000, 20_000, 3000), /pictures\/too-large/],
    ['narrow.png', png(1, 500_000, 500_000), /pictures\/too-large/],
    ['huge.png', png(400_000, 400_000, 1), /pictures\/(?:too-large|not-a-picture)/],
    ['script.svg', SVG('<script>fetch("http://example.org")</script>'), /pictures\/unsafe-svg/],
    ['linked.svg', SVG('<image xlink:href="http://example.org/a.png"/>'), /pictures\/unsafe-svg/],
    ['canvas.svg', SVG('').replace(/"40"/g, '"900000"'), /pictures\/(?:too-large|not-a-picture|broken)/],
    ['words.png', 'these are words', /pictures\/not-a-picture/],
    ['program.jpg', Buffer.from('7f454c4602010100', 'hex'), /pictures\/not-a-picture/],
    ['empty.png', '', /kernel\/empty-file/],
  ];
  for (const [name, bytes, code] of cases) {
    writeFileSync(at(name), bytes);
    const before = process.memoryUsage();
    const ran = await typed('read-picture', at(name));
    const { rss } = process.memoryUsage();
    assert.equal(ran.exitCode, 64, `${name}: ${ran.out}${ran.err}`);
    assert.match(ran.err, code, name);
    assert.ok(!/\n\s+at /.test(ran.err), `${name} brings no stack`);
    assert.ok(rss - before.rss < 200 * 2 ** 20, `${name}: ${Math.round((rss - before.rss) / 2 ** 20)} MiB`);
    const chinese = await typed('read-picture', at(name), '--lang', 'zh');
    assert.match(chinese.err, /\p{Script=Han}{4}/u, name);
  }
  for (const command of [
    ['restyle', at('truncated.png'), '--like', at('made.png')],
    ['paint', '--from-sketch', at('script.svg')],
    ['palette', at('words.png')],
  ]) {
    const ran = await typed(...command);
    assert.deepEqual([ran.exitCode, /pictures\//.test(ran.err)], [64, true], `${command[0]}: ${ran.err}`);
  }
  const { works } = JSON.parse((await typed('works', '--json', '--medium', 'picture')).out) as { works: object[] };
  assert.ok(works.length > 0 && existsSync(at('made.png')) && readFileSync(at('made.png')).length > 0);
  assert.equal((await typed('ledger', 'verify')).exitCode, 0);
});
