/** Changes by hand: what is named goes and comes, everything else stays. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAbc } from '../formats/index.ts';
import { parseScore, type Score } from '../score/index.ts';
import { clockOfMusic } from './clock.ts';
import { editMusic } from './edit.ts';

const TUNE = readAbc('X:1\nT:Tune\nM:4/4\nL:1/4\nQ:1/4=120\nK:C\n|:"C"CDEF|"G"G2"C"E2:|').score;

async function run(options: object, score: Score = TUNE): Promise<Score> {
  const input = { work: { title: 'x', medium: 'music' }, document: score, bytes: new Uint8Array() };
  const { works } = await editMusic.run({} as never, [input] as never, editMusic.options.parse(options) as never);
  return parseScore((works[0] as { document: unknown }).document);
}

const pitches = (score: Score): string => score.parts[0]!.notes.map(({ pitch }) => pitch).join(' ');

test('[MU3] a note is moved: the old one goes, the new one comes, in its place by time', async () => {
  const [first] = TUNE.parts;
  const second = first!.notes[1]!;
  const moved = await run({
    changes: [{ part: first!.id, remove: [{ at: second.at, pitch: second.pitch }], add: [{ ...second, pitch: 'A4' }] }],
  });
  assert.equal(pitches(moved), pitches(TUNE).replace('D4', 'A4'));
  assert.deepEqual(
    moved.chords.map(({ symbol }) => symbol),
    ['C', 'G', 'C'],
  );
});

test('chords and tempo are replaced, later tempos keep their proportion', async () => {
  const edited = await run({ chords: [{ at: 0, symbol: 'Am' }], quarterBpm: 60, title: '新' });
  assert.deepEqual(edited.chords, [{ at: 0, symbol: 'Am' }]);
  assert.equal(edited.tempos[0]!.quarterBpm, 60);
  assert.equal(edited.title, '新');
  assert.equal(pitches(edited), pitches(TUNE));
});

test('a change that names a note that is not there is refused, and so is a note beyond the end', async () => {
  const part = TUNE.parts[0]!.id;
  await assert.rejects(run({ changes: [{ part, remove: [{ at: 0, pitch: 'B7' }] }] }), { code: 'music/bad-edit' });
  await assert.rejects(run({ changes: [{ part: 'nobody', add: [] }] }), { code: 'music/bad-edit' });
  const end = TUNE.bars.at(-1)!;
  const late = { at: end.at + end.length, length: 1, pitch: 'C4' };
  await assert.rejects(run({ changes: [{ part, add: [late] }] }), { code: 'music/bad-score' });
});

test('changes may be counted in finer ticks than the score has', async () => {
  const part = TUNE.parts[0]!.id;
  const ticksPerQuarter = TUNE.ticksPerQuarter * 4;
  const add = [{ at: ticksPerQuarter / 4, length: ticksPerQuarter / 4, pitch: 'E5' }];
  const edited = await run({ ticksPerQuarter, changes: [{ part, add }] });
  const note = edited.parts[0]!.notes.find(({ pitch }) => pitch === 'E5')!;
  assert.equal(note.at / edited.ticksPerQuarter, 0.25);
  await assert.rejects(run({ ticksPerQuarter: edited.ticksPerQuarter + 1 }, edited), { code: 'music/bad-edit' });
});

test('the clock tells when each bar sounds, repeats written out', async () => {
  const input = { work: { title: 'x', medium: 'music' }, document: TUNE, bytes: new Uint8Array() };
  const { report } = await clockOfMusic.run({} as never, [input] as never, {});
  const { bars, seconds } = report as { bars: { bar: number; at: number }[]; seconds: number };
  assert.deepEqual(
    bars.map(({ bar }) => bar),
    [0, 1, 0, 1],
  );
  assert.ok(bars.every(({ at }, i) => i === 0 || at > bars[i - 1]!.at));
  assert.ok(seconds > 7.5 && seconds < 9.5, `${seconds}`);
});
