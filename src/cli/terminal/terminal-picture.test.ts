import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halfBlocks } from './half-blocks.ts';
import { pictureProtocol, showPicture } from './terminal-picture.ts';

test('a terminal that shows pictures is known by what it says of itself; within tmux none is', () => {
  assert.equal(pictureProtocol({ TERM: 'xterm-kitty' }), 'kitty');
  assert.equal(pictureProtocol({ TERM: 'xterm-256color', TERM_PROGRAM: 'ghostty' }), 'kitty');
  assert.equal(pictureProtocol({ TERM_PROGRAM: 'iTerm.app' }), 'iterm');
  assert.equal(pictureProtocol({ TERM_PROGRAM: 'Apple_Terminal', TERM: 'xterm-256color' }), undefined);
  assert.equal(pictureProtocol({ TERM: 'xterm-kitty', TMUX: '/tmp/tmux' }), undefined);
  assert.equal(pictureProtocol({}), undefined);
});

test('a picture for kitty comes in pieces of at most 4096 bytes, all but the last of which announce more', () => {
  const png = new Uint8Array(7000).map((_, i) => (i * 31) % 256);
  const sent = showPicture(png, 40, 'kitty');
  const pieces = sent.split('\u001b_G').flatMap((piece) => {
    const [keys, data] = piece.split(';');
    return data === undefined ? [] : [{ keys: keys!, data: data.replace('\u001b\\', '') }];
  });
  assert.equal(pieces.map(({ keys, data }) => `\u001b_G${keys};${data}\u001b\\`).join(''), sent);
  assert.match(pieces[0]!.keys, /a=T,f=100,.*c=40,m=1/);
  assert.deepEqual(
    pieces.map(({ keys }) => keys.at(-1)),
    ['1', '1', '0'],
  );
  assert.ok(pieces.every(({ data }) => data.length <= 4096));
  assert.deepEqual(new Uint8Array(Buffer.from(pieces.map(({ data }) => data).join(''), 'base64')), png);
});

test('a picture for iTerm2 is one file with its size', () => {
  const sent = showPicture(Uint8Array.of(1, 2, 3), 20, 'iterm');
  assert.equal(sent, '\u001b]1337;File=inline=1;size=3;width=20;preserveAspectRatio=1:AQID\u0007');
});

test('half blocks show two rows of pixels in a line, the last of an odd number twice', () => {
  const data = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]);
  const lines = halfBlocks({ width: 1, height: 3, data });
  assert.deepEqual(lines, [
    '\u001b[38;2;255;0;0m\u001b[48;2;0;255;0m▀\u001b[0m',
    '\u001b[38;2;0;0;255m\u001b[48;2;0;0;255m▀\u001b[0m',
  ]);
});
