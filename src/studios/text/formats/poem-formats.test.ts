import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputWork } from '../../../kernel/index.ts';
import { checkVerse } from '../verse/check/index.ts';
import { poemFormats } from './poem-formats.ts';

const text = '一曲新词酒一杯，去年天气旧亭台。夕阳西下几时回？无可奈何花落去，似曾相识燕归来。小园香径独徘徊。';
const document = checkVerse({ title: '浣溪沙 <&>', form: '浣溪沙', text });
const written = async (name: string): Promise<string> =>
  new TextDecoder().decode(await poemFormats.find((format) => format.name === name)!.write({ document } as InputWork));

test('[VE30] the page shows every character once, in columns from right to left, rhymes in red', async () => {
  const svg = await written('svg');
  const glyphs = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*fill="(#\w+)"[^>]*>(\p{Script=Han})<\/text>/gu)];
  const verse = glyphs.map(([, , , , character]) => character).join('');
  assert.ok(verse.includes('一曲新词酒一杯') && verse.endsWith('小园香径独徘徊诗'), verse);
  const x = (character: string): number => Number(glyphs.find((each) => each[4] === character)![1]);
  assert.ok(
    x('曲') > x('年') && x('年') > x('夕') && x('夕') - x('无') > x('年') - x('夕'),
    'a wider gap parts the stanzas',
  );
  assert.ok(
    glyphs
      .filter(([, , , fill]) => fill === '#a8372c')
      .map((each) => each[4])
      .join('')
      .includes('杯台回来徊'),
  );
  assert.ok(!/NaN|undefined|<&>/.test(svg));
});

test('[VE31] Markdown carries the proof, plain text the poem, JSON the document', async () => {
  assert.match(await written('md'), /\| 1\.7 \| 杯 \| bēi \| 平 \| 平 \| /);
  assert.match(await written('txt'), /夕阳西下几时回。\n\n无可奈何花落去，/);
  assert.deepEqual(JSON.parse(await written('json')), document);
});
