import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addChords } from '../add-chords.ts';
import { findInstrument } from '../instruments/index.ts';
import { type Bar, endOf, findFault, midiOf, type Score } from '../score/index.ts';
import { chineseLine, setSong, voiceRange } from '../words/index.ts';
import { addPart, arrange, arrangeSong, chordSpans, ENSEMBLES, ensembleOf, getEnsemble, withPlayed } from './index.ts';

const KEY = { tonic: 'D', mode: 'gong' } as const;

/** Four bars of a tune in a metre, a chord a bar. */
function tune(metre: [number, 2 | 4 | 8], key: Score['bars'][number]['key'] = KEY): Score {
  const length = (metre[0] * 96) / metre[1];
  const bars: Bar[] = [0, 1, 2, 3].map((i) => ({ at: i * length, length, metre, key }));
  const pitches = ['D5', 'E5', 'F#5', 'A5'];
  const notes = bars.flatMap(({ at }, b) => [
    { at, length: length / 2, pitch: pitches[b]!, lyrics: [{ text: '啦' }] },
    { at: at + length / 2, length: length / 2, pitch: 'B4' },
  ]);
  return {
    version: 1,
    title: 'Tune',
    ticksPerQuarter: 24,
    bars,
    tempos: [{ at: 0, quarterBpm: 90 }],
    chords: ['D', 'G', 'A7', 'D'].map((symbol, i) => ({ at: i * length, symbol })),
    parts: [{ id: 'melody', name: 'Melody', instrument: 'flute', notes }],
  };
}

test('every ensemble in every metre gives a sound score: ranges kept, nothing beyond the end, every seat plays', () => {
  for (const ensemble of ENSEMBLES) {
    for (const metre of [
      [4, 4],
      [2, 4],
      [3, 4],
      [6, 8],
      [9, 8],
      [2, 2],
      [5, 4],
    ] as [number, 2 | 4 | 8][]) {
      const score = arrange(tune(metre), ensemble, { seed: 1, language: 'zh' });
      assert.equal(findFault(score), undefined, `${ensemble.id} ${metre}`);
      assert.equal(score.parts.length, ensemble.seats.length);
      for (const part of score.parts) {
        assert.ok(part.notes.length > 0, `${ensemble.id} ${part.id} ${metre} is silent`);
        const [low, high] = findInstrument(part.instrument)!.range.map(midiOf) as [number, number];
        const out = part.notes.filter(({ pitch }) => midiOf(pitch) < low || midiOf(pitch) > high);
        assert.deepEqual(out, [], `${ensemble.id} ${part.id}`);
      }
    }
  }
});

test('the tune is kept note for note where it is not decorated, lyrics with it', () => {
  const score = tune([4, 4]);
  const { parts } = arrange(score, getEnsemble('弦乐四重奏'), { seed: 1 });
  const shape = ({ notes }: Score['parts'][number]) =>
    notes.map(({ at, length, pitch, lyrics }) => [at, length, pitch, lyrics]);
  assert.deepEqual(shape(parts[0]!), shape(score.parts[0]!));
});

test('decoration keeps every beat of the tune and adds notes of the mode only; the same seed decorates the same', () => {
  const score = tune([4, 4]);
  const silk = getEnsemble('silk-and-bamboo');
  const { parts } = arrange(score, silk, { seed: 5 });
  const onsets = new Set(parts[0]!.notes.map(({ at }) => at));
  assert.ok(score.parts[0]!.notes.every(({ at }) => onsets.has(at)));
  assert.ok(parts[0]!.notes.length > score.parts[0]!.notes.length);
  assert.ok(parts[0]!.notes.every(({ pitch }) => [2, 4, 6, 9, 11].includes(midiOf(pitch) % 12)));
  assert.deepEqual(arrange(score, silk, { seed: 5 }), arrange(score, silk, { seed: 5 }));
  assert.notDeepEqual(arrange(score, silk, { seed: 5 }), arrange(score, silk, { seed: 6 }));
});

test('accompaniment sounds chord tones, thinned to the mode for Chinese groups', () => {
  const score = tune([4, 4]);
  for (const { id, pentatonic } of ENSEMBLES) {
    const { parts } = arrange(score, getEnsemble(id), { seed: 1 });
    for (const part of parts
      .slice(1)
      .filter(({ percussion, instrument }) => !percussion && !['erhu', 'tin-whistle'].includes(instrument))) {
      for (const { at, pitch } of part.notes) {
        const span = chordSpans(score).find(({ from, to }) => from <= at && at < to)!;
        const allowed = pentatonic ? [2, 4, 6, 9, 11] : span.classes;
        assert.ok(allowed.includes(midiOf(pitch) % 12), `${id} ${part.id} ${pitch} at ${at}`);
      }
    }
  }
});

test('the artist may name instruments in either language; unknown ones and unknown groups are said so', () => {
  const { seats } = ensembleOf(['erhu', '古筝', 'cello']);
  assert.deepEqual(
    seats.map(({ instrument, role }) => [instrument, role]),
    [
      ['erhu', 'melody'],
      ['guzheng', 'keyboard'],
      ['cello', 'bass'],
    ],
  );
  assert.equal(ensembleOf(['piano']).seats[0]!.role, 'solo');
  assert.throws(() => ensembleOf(['kazoo']), { code: 'music/unknown-instrument' });
  assert.throws(() => getEnsemble('big band'), { code: 'music/unknown-ensemble' });
});

test('a score without chords still arranges: its accompaniment rests', () => {
  const score = arrange({ ...tune([4, 4]), chords: [] }, getEnsemble('piano'), { seed: 1 });
  assert.equal(findFault(score), undefined);
  assert.ok(score.parts[0]!.notes.every(({ at, length }) => at + length <= endOf(score)));
});

test('one part alone: a counter-melody below the tune, chord tones on strong beats, no parallel fifths or octaves', () => {
  const score = tune([4, 4]);
  for (let seed = 0; seed < 10; seed++) {
    const { parts } = addPart(score, { instrument: 'viola', role: 'counter' }, { seed });
    assert.deepEqual(parts[0], score.parts[0]);
    const counter = parts[1]!.notes;
    const tuneAt = (tick: number): number => midiOf(score.parts[0]!.notes.findLast(({ at }) => at <= tick)!.pitch);
    for (const [i, { at, pitch }] of counter.entries()) {
      const key = midiOf(pitch);
      if (at % 96 === 0)
        assert.ok(
          chordSpans(score)
            .find(({ from, to }) => from <= at && at < to)!
            .classes.includes(key % 12),
        );
      assert.ok(key < tuneAt(at), 'below the tune');
      const before = counter[i - 1];
      if (!before) continue;
      const ours = key - midiOf(before.pitch);
      const theirs = tuneAt(at) - tuneAt(before.at);
      const parallel = ours !== 0 && Math.sign(ours) === Math.sign(theirs) && [0, 7].includes((tuneAt(at) - key) % 12);
      assert.ok(!parallel, `parallel at ${at}`);
    }
  }
});

test('a song: the leader plays where the voice is silent, as a part of its own or on the keyboard', () => {
  const lines = ['床前明月光', '疑是地上霜', '举头望明月', '低头思故乡'].map((line) => chineseLine(line));
  const key = { tonic: 'D', mode: 'gong' } as const;
  const options = { title: '', key, metre: [4, 4], tempo: 72, range: voiceRange(key), pace: 1, seed: 2 } as const;
  const { score, played } = setSong(lines, { ...options, interludes: 'opening' });
  const { chords } = addChords(withPlayed(score, played));
  const sung = score.parts[0]!.notes.length;
  for (const [name, parts] of [
    ['silk-and-bamboo', 6],
    ['voice-and-piano', 2],
  ] as const) {
    const piece = arrangeSong({ ...score, chords }, played, getEnsemble(name), { seed: 1 });
    assert.equal(findFault(piece), undefined);
    assert.equal(piece.parts.length, parts);
    assert.equal(piece.parts[0]!.notes.length, sung);
    const begin = piece.parts[0]!.notes[0]!.at;
    const tune = piece.parts[1]!.notes.filter(({ voice = 1 }) => voice === 1);
    assert.ok(tune.length >= played.length);
    assert.ok(tune.every(({ at, length }) => at + length <= begin));
  }
});

test('two players of one kind leave their places to the stage, others keep their own', () => {
  const { parts } = arrange(tune([3, 4]), getEnsemble('string-quartet'), { seed: 1 });
  assert.deepEqual(
    parts.map(({ pan }) => pan === undefined),
    [true, true, false, false],
  );
});

test('flowers stay within the range of who plays them', () => {
  const score = tune([4, 4]);
  const low = {
    ...score,
    parts: [{ ...score.parts[0]!, notes: score.bars.map(({ at, length }) => ({ at, length, pitch: 'D4' })) }],
  };
  const erhu = {
    id: 'one',
    names: { en: '', zh: '' },
    seats: [{ instrument: 'erhu', role: 'melody' as const, decorate: 1 }],
  };
  for (let seed = 0; seed < 20; seed++) {
    const { notes } = arrange(low, erhu, { seed }).parts[0]!;
    assert.ok(notes.length > 4 && notes.every(({ pitch }) => midiOf(pitch) >= 62), `${seed}`);
  }
});
