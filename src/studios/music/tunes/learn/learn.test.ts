import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import { writeAbc, writeMidi, writeMxl } from '../../formats/index.ts';
import type { Score } from '../../score/index.ts';
import { intervalOfSemitones, transpose } from '../../transform/index.ts';
import { composeByRules } from '../rules/index.ts';
import {
  countDropped,
  countEvents,
  type DroppedTune,
  datasetOfPieces,
  dropCopies,
  judgeTune,
  readTunes,
  requireEnoughTunes,
  splitPieces,
  type TunePiece,
} from './index.ts';

const encoder = new TextEncoder();
const tune = (i: number, wish: object = {}): Score => ({
  ...composeByRules({ style: 'folk', bars: 16, ...wish }, createRandom(`learn/${i}`)),
  title: `Tune ${i}`,
});
const judge = (score: Score, kind = 'midi'): TunePiece | DroppedTune => judgeTune({ id: 'x', title: 'x', score }, kind);
const piece = (score: Score, id = 'x'): TunePiece => {
  const judged = judgeTune({ id, title: score.title, score }, 'abc');
  assert.ok(!('reason' in judged), JSON.stringify(judged));
  return judged;
};
const reasonOf = (judged: TunePiece | DroppedTune): string => ('reason' in judged ? judged.reason : 'kept');
const sounding = ({ score }: TunePiece): string =>
  score.parts[0]!.notes.map(({ at, length, pitch }) => `${at}:${length}:${pitch}`).join(' ');

test('[MU40] a tune is the same piece from MIDI, ABC and packed MusicXML', async () => {
  const score = tune(1);
  const read = async (path: string, kind: string, bytes: Uint8Array): Promise<TunePiece> => {
    const [found] = await readTunes({ path, kind }, bytes);
    assert.ok(found && !('reason' in found), JSON.stringify(found));
    const judged = judgeTune(found, kind);
    assert.ok(!('reason' in judged), JSON.stringify(judged));
    return judged;
  };
  const pieces = [
    await read('a.mid', 'midi', writeMidi(score)),
    await read('a.abc', 'abc', encoder.encode(writeAbc(score))),
    await read('a.mxl', 'musicxml', writeMxl(score)),
  ];
  for (const one of pieces) assert.equal(sounding(one), sounding(pieces[0]!));
  assert.equal(pieces[0]!.score.title, 'Tune 1');
  assert.ok(pieces.every((one) => (countEvents(one, 768) as number) > 50));
});

test('[MU40] a book gives all its tunes; one that is broken does not keep the others away', async () => {
  const book = [tune(1), tune(2)].map((score, i) => writeAbc(score, { number: i + 1 })).join('\n');
  const found = await readTunes(
    { path: 'b.abc', kind: 'abc' },
    encoder.encode(`${book}\nX:3\nT:broken\nK:nonsense\n???\n`),
  );
  assert.deepEqual(found.map((one) => ('reason' in one ? one.reason : one.id)).slice(0, 2), ['b.abc#1', 'b.abc#2']);
  for (const [path, kind] of [
    ['x.mid', 'midi'],
    ['x.mxl', 'musicxml'],
    ['x.abc', 'abc'],
    ['x.abc.gz', 'abc'],
  ] as const) {
    const [one] = await readTunes({ path, kind }, encoder.encode('no music at all'));
    assert.ok(one && 'reason' in one && one.reason === 'unreadable', path);
    assert.ok(/\p{Script=Han}/u.test(one.detail.zh) && one.detail.en !== '', path);
  }
});

test('[MU41] what is no tune is left out with the reason', () => {
  const score = tune(3);
  const [melody] = score.parts;
  const bent = (change: (at: number) => number): Score => ({
    ...score,
    ticksPerQuarter: score.ticksPerQuarter * 10,
    bars: score.bars.map((bar) => ({ ...bar, at: bar.at * 10, length: bar.length * 10 })),
    tempos: [{ at: 0, quarterBpm: 100 }],
    chords: [],
    parts: [
      {
        ...melody!,
        notes: melody!.notes.map((note) => ({ ...note, at: change(note.at * 10), length: note.length * 10 })),
      },
    ],
  });
  const tick = score.ticksPerQuarter;
  assert.equal(reasonOf(judge(score)), 'kept');
  assert.equal(reasonOf(judge({ ...score, parts: [{ ...melody!, percussion: true }] })), 'silent');
  assert.equal(reasonOf(judge({ ...score, parts: [{ ...melody!, notes: melody!.notes.slice(0, 5) }] })), 'too-short');
  assert.equal(reasonOf(judge(bent((at) => at + (at % 7) + 1 + Math.round(tick * 0.9)))), 'free-rhythm');
  assert.equal(reasonOf(judge(bent((at) => at + 10 * (tick / 2)))), 'not-tune-like');
  const strange = score.bars.map((bar) => ({ ...bar, metre: [17, 16] as [number, 16] }));
  assert.equal(reasonOf(judge({ ...score, bars: strange })), 'metre');
});

test('[MU41] a tune that comes again is left out, in another key too, and so is a setting of it', () => {
  const score = tune(4);
  const higher = transpose(score, intervalOfSemitones(5, score.bars[0]!.key));
  const changed = { ...score, parts: [{ ...score.parts[0]!, notes: score.parts[0]!.notes.slice(0, -6) }] };
  const { kept, copies } = dropCopies([
    piece(score, 'first'),
    piece(tune(5), 'other'),
    piece(higher, 'higher'),
    piece(changed, 'setting'),
  ]);
  assert.deepEqual(
    kept.map(({ id }) => id),
    ['first', 'other'],
  );
  assert.deepEqual(copies.map(({ id, reason }) => [id, reason]).sort(), [
    ['higher', 'duplicate'],
    ['setting', copies.find(({ id }) => id === 'setting')!.reason],
  ]);
  assert.match(copies[0]!.detail.en, /first/);
  assert.equal(
    countDropped(copies).reduce((sum, { count }) => sum + count, 0),
    2,
  );
});

test('[MU42] other parts accompany: the lowest is the bass, chords above it the accompaniment', () => {
  const score = tune(6);
  const [melody] = score.parts;
  const whole = (id: string, pitches: readonly string[]) => ({
    ...melody!,
    id,
    notes: score.bars.flatMap(({ at, length }) => pitches.map((pitch) => ({ at, length, pitch }))),
  });
  const judged = piece({ ...score, parts: [melody!, whole('low', ['C2']), whole('chords', ['C3', 'E3', 'G3'])] });
  assert.deepEqual(judged.song?.tracks, { melody: 'melody', accompaniment: 'chords', bass: 'low' });
  assert.ok((countEvents(judged, 768) as number) > 0);
});

test('[MU42] the same pieces and seed give the same dataset; no held-out piece is in the rows that are learned', () => {
  const pieces = Array.from({ length: 12 }, (_, i) => piece(tune(10 + i), `t${i}`));
  const split = splitPieces(pieces, 'seed');
  const names = [split.train, split.validation, split.test].map((part) => part.map(({ id }) => id));
  assert.equal(new Set(names.flat()).size, 12);
  assert.deepEqual(
    names.map(({ length }) => length),
    [9, 1, 2],
  );
  const dataset = datasetOfPieces(split, 768, 'seed');
  assert.deepEqual(datasetOfPieces(splitPieces([...pieces].reverse(), 'seed'), 768, 'seed').files, dataset.files);
  assert.ok(dataset.rows > 0 && dataset.splits.test.events > 100);
});

test('[MU43] too little is refused with how much more is needed', () => {
  requireEnoughTunes(10, 4000);
  assert.throws(
    () => requireEnoughTunes(4, 1000),
    (error: { code: string; hint: string; zh: { hint: string } }) => {
      assert.equal(error.code, 'music/too-few-tunes');
      return /about 12 more/.test(error.hint) && /约 12 首/.test(error.zh.hint);
    },
  );
  assert.throws(() => requireEnoughTunes(9, 90_000), /9 tunes/);
  assert.throws(() => requireEnoughTunes(0, 0), { code: 'music/too-few-tunes' });
});
