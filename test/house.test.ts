/** The map of the house, held by machine. Each rule is shown to bite on a house that breaks it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { badExports, badNames, cycles, longFiles, strangeRooms, wrongDoors, wrongPackages } from './house/faults.ts';
import { findLongFunctions } from './house/long-functions.ts';
import { LONG_FILES, LONG_FUNCTIONS, LONGEST_FILE, RINGS, ROOMS } from './house/map.ts';
import { importsOf, ROOT, readSources, type SourceFile } from './house/source-file.ts';

const sources = readSources();

/** A house of files given as path → text. */
const house = (files: Readonly<Record<string, string>>): SourceFile[] =>
  Object.entries(files).map(([path, text]) => ({ path, text }));

const use = (path: string): string => `import { x } from '${path}';\n`;

test('[HU1] all source files are read, with all their imports', () => {
  assert.ok(sources.length > 100, `${sources.length}`);
  const text = `import a, { type B,\n  c } from './a.ts';\nexport * from '../b.ts';\nimport 'node:fs';\nconst d = await import('./d.ts');\n`;
  const path = 'src/kernel/ports/x.ts';
  assert.deepEqual(importsOf({ path, text }), [
    'src/kernel/ports/a.ts',
    'src/kernel/b.ts',
    'node:fs',
    'src/kernel/ports/d.ts',
  ]);
});

test('[HU2] every room is on the map, and ARCHITECTURE.md draws the same map', () => {
  assert.deepEqual(strangeRooms(sources), []);
  assert.deepEqual(strangeRooms(house({ 'src/attic/x.ts': '', 'src/studios/film/index.ts': '' })), [
    'src/attic is not on the map',
  ]);
  const drawn = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| `([\w/*]+)` \|[^|]*\| ([^|]*) \|$/gm);
  const rooms = [...drawn].map(([, room, looks]) => [room, looks!.match(/(?<=`)[\w/*]+(?=`)/g) ?? []]);
  assert.deepEqual(Object.fromEntries(rooms), ROOMS);
});

test('[HU3] imports go down only and through doors', () => {
  assert.deepEqual(wrongDoors(sources), []);
});

test('[HU4] wrong doors are seen: upwards, neighbours, past a door, out of the house', () => {
  const inner = { 'src/studios/text/verse/index.ts': '', 'src/studios/text/verse/x.ts': '' };
  const fault = (path: string, to: string): string[] => wrongDoors(house({ ...inner, [path]: use(to) }));
  assert.match(fault('src/core/x.ts', '../kernel/index.ts')[0]!, /may not look into src\/kernel/);
  assert.match(fault('src/studios/text/x.ts', '../plan/index.ts')[0]!, /may not look into src\/studios\/plan/);
  assert.match(fault('src/studios/text/x.ts', '../../storage/index.ts')[0]!, /may not look into src\/storage/);
  assert.match(fault('src/host/x.ts', '../kernel/op.ts')[0]!, /past its door/);
  assert.match(fault('src/drivers/remote/x.ts', '../../training/index.ts')[0]!, /alone may use/);
  assert.match(fault('src/host/x.ts', '../../test/x.ts')[0]!, /leaves the house/);
  assert.match(fault('sdk/src/x.ts', '../../src/core/index.ts')[0]!, /may not look into src\/core/);
  assert.match(fault('src/studios/text/x.ts', './verse/x.ts')[0]!, /enters src\/studios\/text\/verse past its door/);
  assert.deepEqual(fault('src/studios/text/x.ts', './verse/index.ts'), []);
  assert.deepEqual(fault('src/studios/text/verse/y.ts', './x.ts'), []);
  assert.deepEqual(fault('src/drivers/house/x.ts', '../../kernel/ports/token-model.ts'), []);
  assert.deepEqual(fault('src/drivers/house/x.ts', '../../training/index.ts'), []);
  assert.deepEqual(fault('bench/x.ts', '../src/kernel/op.ts'), []);
});

test('[HU5] packages stay in the rooms that may know of them', () => {
  assert.deepEqual(wrongPackages(sources), []);
  const text = use('node:sqlite') + use('node:fs');
  assert.deepEqual(wrongPackages(house({ 'src/kernel/x.ts': text })), [
    'src/kernel/x.ts may not know of node:sqlite',
    'src/kernel/x.ts may not know of node:fs',
  ]);
});

test('[HU6] no import goes in a ring', () => {
  assert.deepEqual(cycles(sources), []);
  const ring = house({ 'src/a.ts': use('./b.ts'), 'src/b.ts': use('./c.ts'), 'src/c.ts': use('./b.ts') });
  assert.deepEqual(cycles(ring), ['src/b.ts → src/c.ts → src/b.ts']);
});

test('[HU7] names say something, in kebab-case; no default exports, no imports for side effects', () => {
  assert.deepEqual(badNames(sources), []);
  assert.deepEqual(badExports(sources), []);
  assert.equal(
    badNames(house({ 'src/core/utils.ts': '', 'src/core/common/x.ts': '', 'src/core/myFile.ts': '' })).length,
    3,
  );
  assert.equal(badExports(house({ 'src/core/x.ts': `import './y.ts';\nexport default 1;\n` })).length, 2);
});

test('[HU8] no file is longer than a reader bears, but for listed reasons', () => {
  assert.deepEqual(longFiles(sources), []);
  assert.equal(longFiles(house({ 'src/core/x.ts': '\n'.repeat(LONGEST_FILE + 1) })).length, 1);
  const paths = sources.map((file) => file.path);
  assert.deepEqual(
    Object.keys({ ...LONG_FILES, ...LONG_FUNCTIONS, ...RINGS }).filter((path) => !paths.includes(path)),
    [],
    'an exception outlived its file',
  );
});

test('[HU9] no function is longer than a screen, but for listed reasons', () => {
  const { files, found } = findLongFunctions(['src', 'sdk/src', 'test', 'bench', 'recipes', 'scripts']);
  assert.ok(files > 100, `${files} files looked at`);
  assert.deepEqual(
    found.filter(({ path }) => !LONG_FUNCTIONS[path]),
    [],
  );
  const folder = mkdtempSync(join(tmpdir(), 'llmagentos-long-'));
  writeFileSync(join(folder, 'x.ts'), `export function long(): void {\n${'  console.log();\n'.repeat(61)}}\n`);
  assert.equal(findLongFunctions(['.'], folder).found.length, 1);
  rmSync(folder, { recursive: true });
});
