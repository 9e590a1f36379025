import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeMusicXml } from '../formats/index.ts';
import { arbitraryScore } from '../formats/musicxml/fixture.ts';
import { parseXml } from '../formats/musicxml/xml/index.ts';
import type { Score } from '../score/index.ts';
import { loadEngraver } from './engraver.ts';
import { engravePdf, engraveSvg, pngOf } from './index.ts';
import { withSignatures } from './signatures.ts';

/** Bars of quarter notes with a Chinese title and words. */
function longScore(bars: number): Score {
  return {
    version: 1,
    title: '江南雨夜 & 月',
    composer: '阿炳',
    ticksPerQuarter: 1,
    bars: Array.from({ length: bars }, (_, i) => ({
      at: 4 * i,
      length: 4,
      metre: [4, 4],
      key: { tonic: 'D', mode: 'yu' },
    })),
    tempos: [{ at: 0, quarterBpm: 72, text: '慢板' }],
    chords: [],
    parts: [
      {
        id: 'a',
        name: '笛子',
        instrument: 'dizi',
        notes: Array.from({ length: 4 * bars }, (_, i) => ({
          at: i,
          length: 1,
          pitch: 'A4',
          ...(i % 4 ? {} : { lyrics: [{ text: '春' }] }),
        })),
      },
    ],
  };
}

test('the engraver loads every score that we write without a warning', async () => {
  const { toolkit, log } = await loadEngraver();
  for (const score of fc.sample(arbitraryScore(), { seed: 11, numRuns: 40 })) {
    const xml = writeMusicXml(score);
    assert.ok(toolkit.loadData(xml));
    assert.equal(log(), '');
  }
});

test('pages carry title, names and words, are well-formed and the same every time', async () => {
  const score = longScore(8);
  const pages = await engraveSvg(score);
  assert.equal(pages.length, 1);
  for (const word of ['江南雨夜 &amp; 月', '阿炳', '笛子', '春', '慢板']) assert.ok(pages[0]!.includes(word), word);
  assert.equal(parseXml(pages[0]!).name, 'svg');
  assert.deepEqual(await engraveSvg(score), pages);
});

test('the frame about the name of a section is as wide as its Chinese characters', async () => {
  const score = longScore(2);
  const bars = score.bars.map((bar, i) => ({ ...bar, label: i === 0 ? '前奏' : 'Intro' }));
  const [page] = await engraveSvg({ ...score, bars });
  const frames = [
    ...page!.matchAll(/class="reh[\s\S]*?<rect[^>]*?\swidth="(\d+)"[\s\S]*?<tspan font-size="(\d+)px">([^<]*)/g),
  ];
  assert.deepEqual(
    frames.map(([, , , text]) => text),
    ['前奏', 'Intro'],
  );
  assert.ok(Number(frames[0]![1]) > 2 * Number(frames[0]![2]), `${frames[0]!.slice(1)}`);
});

test('long scores go on over pages, in stretches, with bars numbered through', async () => {
  const pages = await engraveSvg(longScore(400));
  assert.ok(pages.length > 5);
  assert.match(pages.at(-1)!, />3\d\d</);
  assert.equal((await engraveSvg(longScore(400), { firstPages: 2 })).length, 2);
  await assert.rejects(engraveSvg(longScore(400), { mostPages: 3 }), { code: 'music/too-many-pages' });
  await assert.rejects(engraveSvg(longScore(8), { signal: AbortSignal.abort(new Error('stopped')) }), /stopped/);
});

test('a PDF has its pages as vectors with a font, or as pictures without one', async () => {
  const score = longScore(8);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  const plain = text(
    await engravePdf(
      { ...score, title: 'Rain', composer: 'A. B.', tempos: [{ at: 0, quarterBpm: 60 }] },
      { font: null },
    ),
  );
  assert.match(plain, /^%PDF-/);
  assert.match(plain, /\/Type \/Page\b/);
  assert.match(text(await engravePdf(score, { font: null })), /\/Subtype \/Image/);
  assert.deepEqual(await engravePdf(score), await engravePdf(score));
});

test('pages become pictures of the asked width', async () => {
  const [page] = await engraveSvg(longScore(4));
  const png = await pngOf(page!, 300);
  assert.equal(new DataView(png.buffer, png.byteOffset).getUint32(16), 300);
});

test('a change of key gives transposing instruments their own signature and drums none', async () => {
  const { toolkit } = await loadEngraver();
  const score = longScore(2);
  const [first, second] = score.bars;
  const [part] = score.parts;
  const parts = [part!, { ...part!, id: 'b', transposition: -2 }, { ...part!, id: 'c', percussion: true }];
  const bars = [first!, { ...second!, key: { tonic: 'Eb', mode: 'major' as const } }];
  const changed = { ...score, bars, parts };
  toolkit.loadData(writeMusicXml(changed));
  const signatures = [
    ...withSignatures(toolkit.getMEI(), changed).matchAll(/<staffDef n="(\d)" lines="5">(?:<keySig sig="(\w+)"\/>)?</g),
  ];
  assert.deepEqual(
    signatures.map(([, staff, sign]) => [staff, sign]),
    [
      ['1', '3f'],
      ['2', '1f'],
      ['3', undefined],
    ],
  );
});

test('signs that words take from the music font become characters', async () => {
  const [page] = await engraveSvg({ ...longScore(2), chords: [{ at: 0, symbol: 'F#m7/Bb' }] });
  assert.doesNotMatch(page!, /[\uE000-\uF8FF]/);
  assert.match(page!, /♯/);
});
