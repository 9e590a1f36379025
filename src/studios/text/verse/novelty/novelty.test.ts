import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom, OsError } from '../../../../core/index.ts';
import { buildNoveltyIndex, type IndexedPoem, loadNoveltyIndex, readNoveltyIndex } from './index.ts';

const QUIET_NIGHT: IndexedPoem = {
  author: '李白',
  title: '静夜思',
  lines: ['床前明月光', '疑是地上霜', '举头望明月', '低头思故乡'],
};
const CRANE_TOWER: IndexedPoem = {
  author: '王之涣',
  title: '登鹳雀楼',
  lines: ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'],
};
const DREAM: IndexedPoem = { author: '李清照', title: '如梦令', lines: ['知否', '知否', '应是绿肥红瘦'] };

const random = createRandom('novelty-test');
const CHARACTERS = Array.from({ length: 3000 }, (_, i) => String.fromCodePoint(0x4e00 + i));
const line = (length: number): string => Array.from({ length }, () => random.pick(CHARACTERS)).join('');
const planted: IndexedPoem[] = Array.from({ length: 500 }, (_, i) => ({
  author: `作者${i}`,
  title: `题${i}`,
  lines: Array.from({ length: 8 }, () => line(i % 2 === 0 ? 5 : 7)),
}));
const bytes = buildNoveltyIndex([QUIET_NIGHT, CRANE_TOWER, DREAM, ...planted]);
const index = readNoveltyIndex(bytes);
const folder = mkdtempSync(join(tmpdir(), 'novelty-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('[NO1] every line of every planted poem is found and named', () => {
  for (const { lines, author, title } of planted) {
    for (const text of lines) {
      assert.ok(index.hasLine(text), text);
      assert.deepEqual(index.findLine(text), { author, title });
    }
  }
});

test('[NO2] lines recombined from training lines are not found', () => {
  const known = new Set(planted.flatMap((poem) => poem.lines));
  const recombined = Array.from({ length: 50_000 }, () => {
    const [a, b] = [random.pick(planted).lines[0]!, random.pick(planted).lines[1]!];
    return a.slice(0, 3) + b.slice(3);
  }).filter((text) => !known.has(text));
  assert.ok(recombined.length > 45_000);
  assert.deepEqual(
    recombined.filter((text) => index.hasLine(text)),
    [],
  );
  assert.ok(index.falsePositiveRate < 1e-5);
});

test('[NO3] the same characters in another order or in another number are another line', () => {
  assert.equal(index.hasLine('明床前月光'), false);
  assert.equal(index.hasLine('床前明月'), false);
  assert.equal(index.hasLine('床前明月光光'), false);
});

test('[NO4] punctuation and traditional characters do not hide a copy', () => {
  assert.deepEqual(index.findLine('「白日，依山盡。」'), { author: '王之涣', title: '登鹳雀楼' });
  assert.deepEqual(index.findLine('欲窮 千里目'), { author: '王之涣', title: '登鹳雀楼' });
});

test('[NO5] a line with any one character replaced is traced to its original', () => {
  for (const place of [0, 1, 2, 3, 4]) {
    const spoilt = [...'疑是地上霜'].with(place, '山').join('');
    const near = index.findNearLine(spoilt);
    assert.deepEqual(near, { author: '李白', title: '静夜思', original: '疑是地上霜', how: 'replaced' });
  }
  assert.equal(index.findNearLine('疑非天上霜'), undefined);
});

test('[NO6] a training line inside a longer line is traced', () => {
  assert.equal(index.findNearLine('今宵又见床前明月光')?.how, 'contained');
  assert.equal(index.findNearLine('今宵又见床前明月光')?.original, '床前明月光');
});

test('[NO7] a report says for each line what was found, and leaves short lines unchecked', () => {
  const report = index.noveltyReport(['床前明月光', '低头想故乡', '知否', '一夜星河落客舟']);
  assert.deepEqual(
    report.lines.map(({ verdict }) => verdict),
    ['copied', 'near', 'unchecked', 'new'],
  );
  assert.deepEqual(report.copiedLines, [{ line: '床前明月光', author: '李白', title: '静夜思' }]);
  assert.deepEqual(report.nearLines, [{ line: '低头想故乡', original: '低头思故乡', author: '李白', title: '静夜思' }]);
  assert.equal(report.share, 1 / 3);
  assert.deepEqual(report.nearest, { author: '李白', title: '静夜思', sharedLines: 2 });
  assert.equal(report.checked.poems, 503);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  assert.equal(index.noveltyReport(['', '？']).share, 0);
});

test('[NO8] a line of several poems is ascribed to the first', () => {
  const shared = readNoveltyIndex(buildNoveltyIndex([QUIET_NIGHT, { ...CRANE_TOWER, lines: QUIET_NIGHT.lines }]));
  assert.equal(shared.findLine('床前明月光')?.author, '李白');
  assert.equal(shared.lineCount, 4);
});

test('[NO9] the same poems give the same bytes', () => {
  const again = buildNoveltyIndex([QUIET_NIGHT, CRANE_TOWER, DREAM, ...planted]);
  assert.ok(Buffer.from(again).equals(Buffer.from(bytes)));
  assert.equal(readNoveltyIndex(buildNoveltyIndex([])).lineCount, 0);
});

test('[NO10] a missing, cut or altered file is one clear error', () => {
  const path = join(folder, 'novelty.bin');
  assert.throws(() => loadNoveltyIndex(path), { code: 'verse/novelty-index-missing', kind: 'missing' });
  writeFileSync(path, bytes);
  assert.equal(loadNoveltyIndex(path).findLine('更上一层楼')?.author, '王之涣');
  const altered = [
    bytes.with(40, bytes[40]! ^ 1),
    bytes.with(bytes.length - 9, 0xaa),
    bytes.with(8, 2),
    bytes.with(0, 0),
  ];
  const cut = [0, 7, 31, 32, 1000, bytes.length - 1].map((end) => bytes.subarray(0, end));
  for (const broken of [...altered, ...cut, new Uint8Array([...bytes, 0])]) {
    writeFileSync(path, broken);
    assert.throws(() => loadNoveltyIndex(path), { code: 'verse/novelty-index-broken', kind: 'unavailable' });
  }
});

test('[NO11] an index that fits no memory is refused, not tried', () => {
  const lie = bytes.slice();
  new DataView(lie.buffer).setUint32(16, 0xffffffff, true);
  assert.throws(
    () => readNoveltyIndex(lie),
    (error: unknown) => error instanceof OsError && error.zh !== undefined && /announces/.test(error.message),
  );
});
