import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createInk, wantsColour } from './ink.ts';
import { createLive } from './live.ts';
import { formatTable } from './table.ts';
import { formatTree } from './tree.ts';
import { displayWidth, fit, padEnd, wrap } from './width.ts';

test('[CL1] wide characters take two columns, marks and colours none', () => {
  assert.equal(displayWidth('床前明月光，'), 12);
  assert.equal(displayWidth('○●◎△▲'), 5);
  assert.equal(displayWidth('kān 平'), 6);
  assert.equal(displayWidth('e\u0301'), 1);
  assert.equal(displayWidth(createInk(true).bad('错')), 2);
  assert.equal(padEnd('诗', 4), '诗  ');
});

test('[CL2] cut text is never wider than asked', () => {
  assert.equal(fit('床前明月光', 7), '床前明…');
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, width) => displayWidth(fit(text, width)) <= width),
  );
});

test('[CL3] wrapping keeps every character and sets no closing mark at the head of a line', () => {
  const text = '一句话，在你自己的机器上变成作品。Say what you would like.';
  const lines = wrap(text, 16);
  assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
  assert.ok(lines.every((line) => !/^[，。]/.test(line)));
  assert.ok(lines.every((line) => displayWidth(line) <= 16));
  assert.deepEqual(wrap('选字（抽样）', 6), ['选字', '（抽', '样）']);
});

test('[CL4] columns of a table line up whatever the width of their characters', () => {
  assert.deepEqual(
    formatTable(
      [
        ['诗', 'a', '1'],
        ['x', '构思', '23'],
      ],
      [2],
    ),
    ['诗  a      1', 'x   构思  23'],
  );
});

test('[CL5] a tree is drawn with its branches under it', () => {
  const tree = { label: 'a', branches: [{ label: 'b', branches: [{ label: 'c' }] }, { label: 'd' }] };
  assert.deepEqual(formatTree(tree), ['a', '├─ b', '│  └─ c', '└─ d']);
});

test('[CL6] colour is for terminals that want it', () => {
  assert.equal(wantsColour(true, {}), true);
  assert.equal(wantsColour(true, { NO_COLOR: '' }), true);
  assert.equal(wantsColour(true, { NO_COLOR: '1' }), false);
  assert.equal(wantsColour(true, { TERM: 'dumb' }), false);
  assert.equal(wantsColour(false, {}), false);
  assert.equal(createInk(false).good('x'), 'x');
  assert.equal(createInk(true).good('x'), '\x1b[32mx\x1b[39m');
});

test('[CL7] the live region draws over itself in a terminal and is silent elsewhere', () => {
  const written: string[] = [];
  const live = createLive({ write: (text) => written.push(text), isTTY: true, columns: 10 });
  live.follow(() => ['一二三四五六', 'x']);
  live.clear();
  assert.deepEqual(written, ['\x1b[?25l一二三四五六\nx', '\r\x1b[2A\x1b[J\x1b[?25h']);
  const silent = createLive({ write: (text) => written.push(text), isTTY: false });
  silent.follow(() => assert.fail('nobody looks'));
  silent.clear();
  assert.equal(written.length, 2);
});
