import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryScore } from '../formats/musicxml/fixture.ts';
import { parseXml } from '../formats/musicxml/xml/index.ts';
import type { Score } from '../score/index.ts';
import { pianoRollSvg, pngOf, thumbnailSvg } from './index.ts';

const countNotes = ({ parts }: Score): number => parts.reduce((sum, { notes }) => sum + notes.length, 0);

/** A score of one part with `count` notes. */
function runOf(count: number): Score {
  return {
    version: 1,
    title: 'Run <1> & 月',
    ticksPerQuarter: 4,
    bars: [{ at: 0, length: Math.max(16, count), metre: [4, 4], key: { tonic: 'C', mode: 'gong' } }],
    tempos: [{ at: 0, quarterBpm: 100 }],
    chords: [],
    parts: [
      {
        id: 'a',
        name: '琵琶',
        instrument: 'pipa',
        notes: Array.from({ length: count }, (_, at) => ({ at, length: 1, pitch: ['C4', 'E4', 'G5'][at % 3]! })),
      },
    ],
  };
}

test('piano rolls and thumbnails of all scores are well-formed pictures without broken numbers', () => {
  fc.assert(
    fc.property(arbitraryScore(), (score) => {
      for (const svg of [
        pianoRollSvg(score),
        pianoRollSvg(score, { theme: 'dark', width: 600 }),
        thumbnailSvg(score),
      ]) {
        assert.equal(parseXml(svg).name, 'svg');
        assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
      }
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

test('a piano roll draws every note, its title and its parts', () => {
  const score = runOf(100);
  const svg = pianoRollSvg(score);
  assert.ok(svg.includes('Run &lt;1&gt; &amp; 月') && svg.includes('琵琶'));
  assert.equal(svg.match(/rx="2" opacity/g)?.length, countNotes(score));
});

test('empty parts and huge scores are drawn within bounds', async () => {
  for (const score of [runOf(0), runOf(200_000)]) {
    assert.ok(pianoRollSvg(score).length < 6_000_000);
    assert.ok(thumbnailSvg(score).length < 40_000);
  }
  const png = await pngOf(thumbnailSvg(runOf(30)), 320);
  assert.equal(new DataView(png.buffer, png.byteOffset).getUint32(20), 200);
});

test('different pieces have different thumbnails, the same piece the same one', () => {
  const scores = fc.sample(arbitraryScore(), { seed: 3, numRuns: 20 });
  assert.equal(new Set(scores.map((score) => thumbnailSvg(score))).size, 20);
  assert.equal(thumbnailSvg(scores[0]!), thumbnailSvg(structuredClone(scores[0]!)));
});
