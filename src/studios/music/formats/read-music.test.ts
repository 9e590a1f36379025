import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAbc, readMusic, writeAbc, writeMidi, writeMusicXml, writeMxl } from './index.ts';

const { score } = readAbc('X:1\nT:t\nK:G\nGABc d4|\n');

test('a file is known by its content, whatever its name', () => {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const files = [writeMidi(score), text(writeAbc(score)), text(writeMusicXml(score)), writeMxl(score)];
  for (const bytes of files) assert.equal(readMusic(bytes, 'tune.bin').score.parts[0]!.notes.length, 5);
  assert.throws(() => readMusic(text('hello'), 'tune.txt'), { code: 'music/unknown-format' });
  assert.throws(() => readMusic(text('hello'), 'tune.mid'), { code: 'music/bad-midi' });
});
