import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { direct } from '../direction.ts';
import { midiOf } from '../score/index.ts';
import { exampleScore } from '../theory/example-score.ts';
import { buildTuneIndex, melodyOf, readTuneIndex, tuneNotesOf } from '../theory/index.ts';
import { createCopyGuard, holdsCopy, styledMelodyOf } from '../tunes/index.ts';
import { finish, finishUncopied, withFlowers } from './finish.ts';

const usual = direct(undefined, { style: 'jiangnan', key: 'G zhi' }, createRandom('finish'));
const direction = {
  ...usual,
  ensemble: { ...usual.ensemble, seats: [{ instrument: 'dizi', role: 'melody' as const, decorate: 1 }] },
};
const melody = exampleScore(['G4 A4 C5 D5 E5 D5 C5 A4 G4 E5 D5 G5 E5 D5 C5 D5 A4 C5 D5 E5 G5 A5 G5 E5 D5 C5 A4 G4:5'], {
  key: { tonic: 'G', mode: 'zhi' },
  metre: [2, 4],
});

test('[MU14] flowers that would make a known tune of a new one are played in another way', () => {
  const known = finish(melody, direction, 'seed');
  assert.ok(known.parts[0]!.notes.length > melody.parts[0]!.notes.length, 'there are flowers');
  const notes = tuneNotesOf(known, melodyOf(known.parts[0]!));
  const index = readTuneIndex(buildTuneIndex([{ title: 'Known', source: 'test', notes }]));
  assert.ok(holdsCopy(createCopyGuard(index), styledMelodyOf(known)!));
  const { score, copied, copies } = finishUncopied(melody, direction, 'seed', index);
  assert.equal(copied, false);
  assert.ok(!holdsCopy(createCopyGuard(index), styledMelodyOf(score)!));
  assert.ok((copies.rhythm?.bars ?? 0) < melody.bars.length / 2);
  const onBeats = (of: typeof score): number[] =>
    of.parts[0]!.notes.filter(({ at }) => at % of.ticksPerQuarter === 0).map(({ pitch }) => midiOf(pitch) % 12);
  assert.deepEqual(onBeats(score).slice(0, 27), onBeats(melody).slice(0, 27), 'the tune is still heard');
});

test('a melody that is itself a known tune is said to be copied, whatever its flowers', () => {
  const plain = finish(melody, { ...direction, ensemble: withFlowers(direction.ensemble, 0) }, 'seed');
  const notes = tuneNotesOf(plain, melodyOf(plain.parts[0]!));
  const index = readTuneIndex(buildTuneIndex([{ title: 'Known', source: 'test', notes }]));
  const bare = { ...direction, ensemble: withFlowers(direction.ensemble, 0) };
  assert.equal(finishUncopied(melody, bare, 'seed', index).copied, true);
});
