import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFault, midiOf, type Score, tonicClass } from '../score/index.ts';
import { splitLetters, stressesOf } from './english.ts';
import { feetOf } from './feet.ts';
import {
  chineseLine,
  englishLine,
  findToneConflicts,
  type SungLine,
  setPoem,
  setSong,
  toneOf,
  voiceRange,
} from './index.ts';

const QUIET_NIGHT = ['床前明月光', '疑是地上霜', '举头望明月', '低头思故乡'].map((line) => chineseLine(line));
const KEY = { tonic: 'G', mode: 'zhi' } as const;
const setting = (seed: number, more: object = {}): Score =>
  setPoem(QUIET_NIGHT, {
    title: '静夜思',
    key: KEY,
    metre: [4, 4],
    tempo: 72,
    range: voiceRange(KEY),
    pace: 1,
    seed,
    ...more,
  });

/** Keys of each syllable of a line of five. */
function sung(score: Score, lines: readonly SungLine[]) {
  const { notes } = score.parts[0]!;
  const groups: number[][] = [];
  for (const { lyrics, pitch } of notes) {
    if (lyrics) groups.push([]);
    groups.at(-1)!.push(midiOf(pitch));
  }
  return lines.map(({ syllables }, l) => {
    const first = lines.slice(0, l).reduce((sum, line) => sum + line.syllables.length, 0);
    return syllables.map(({ tone }, s) => ({ tone: tone!, keys: groups[first + s]! }));
  });
}

test('Chinese: one syllable a character, tones with sandhi', () => {
  assert.deepEqual(
    chineseLine('你好，一夜不寐').syllables.map(({ tone }) => tone),
    [2, 3, 2, 4, 2, 4],
  );
  assert.deepEqual([toneOf('mǎ'), toneOf('lü4'), toneOf('de'), toneOf('xué')], [3, 4, 5, 2]);
  assert.equal(chineseLine('行', ['háng']).syllables[0]!.tone, 2);
});

test('English: syllables and stress', () => {
  const { syllables } = englishLine('Shall I compare thee');
  assert.deepEqual(
    syllables.map(({ text }) => text),
    ['Shall', 'I', 'com', 'pare', 'thee'],
  );
  assert.deepEqual(
    syllables.map(({ stress }) => stress),
    [0, 0, 0, 2, 2],
  );
  assert.deepEqual(stressesOf('xyzzyplugh').length, splitLetters('xyzzyplugh', stressesOf('xyzzyplugh').length).length);
  const cut = (word: string): string => splitLetters(word, stressesOf(word).length).join('-');
  assert.deepEqual(
    ['without', 'somewhere', 'lantern', 'river', 'mother', 'slowly', 'moonlight', 'lonely', 'weather', 'bucket'].map(
      cut,
    ),
    [
      'with-out',
      'some-where',
      'lan-tern',
      'ri-ver',
      'mo-ther',
      'slow-ly',
      'moon-light',
      'lone-ly',
      'wea-ther',
      'buck-et',
    ],
  );
  for (const word of ['temperate', 'beautiful', 'fire', 'rhythm', 'little']) {
    assert.equal(splitLetters(word, stressesOf(word).length).join(''), word);
  }
});

test('feet of Chinese lines are cut where words end, of English ones before each stress', () => {
  const sizes = (text: string): number[] => feetOf(chineseLine(text)).map(({ size }) => size);
  assert.deepEqual(['床前明月光', '葡萄美酒夜光杯', '千里江陵一日还', '大江东去', '杨柳岸'].map(sizes), [
    // 月光 is a word.
    [2, 1, 2],
    [2, 2, 2, 1],
    [2, 2, 2, 1],
    [2, 2],
    [2, 1],
  ]);
  const free = sizes('轻轻的我走了正如我轻轻的来');
  assert.equal(
    free.reduce((sum, size) => sum + size, 0),
    13,
  );
  assert.ok(free.every((size) => size <= 3));
  assert.deepEqual(feetOf(englishLine('The curfew tolls the knell')), [
    { size: 1, pickup: true },
    { size: 2 },
    { size: 2 },
    { size: 1 },
  ]);
});

test('conflicts are found and their absence too', () => {
  // 妈(1)买(3): a step down is right, up is wrong; 去声 sung upwards is wrong.
  assert.deepEqual(
    findToneConflicts([
      { tone: 1, keys: [60] },
      { tone: 3, keys: [67] },
    ]),
    [{ syllable: 1, kind: 'step' }],
  );
  assert.deepEqual(
    findToneConflicts([
      { tone: 1, keys: [67] },
      { tone: 3, keys: [60] },
    ]),
    [],
  );
  assert.deepEqual(findToneConflicts([{ tone: 4, keys: [60, 64] }]), [{ syllable: 0, kind: 'contour' }]);
  assert.deepEqual(
    findToneConflicts([
      { tone: 5, keys: [60] },
      { tone: 3, keys: [67] },
    ]),
    [],
  );
});

test('a setting is a sound score: every syllable sung once, bars full, range and scale kept, closing on the tonic', () => {
  for (let seed = 0; seed < 12; seed++) {
    const score = setting(seed);
    assert.equal(findFault(score), undefined);
    const { notes } = score.parts[0]!;
    assert.equal(
      notes.flatMap(({ lyrics = [] }) => lyrics.map(({ text }) => text)).join(''),
      '床前明月光疑是地上霜举头望明月低头思故乡',
    );
    const [low, high] = voiceRange(KEY);
    assert.ok(notes.every(({ pitch }) => midiOf(pitch) >= low && midiOf(pitch) <= high));
    assert.ok(notes.every(({ pitch }) => [7, 9, 0, 2, 4].includes(midiOf(pitch) % 12)));
    assert.equal(midiOf(notes.at(-1)!.pitch) % 12, tonicClass(KEY));
    assert.ok(score.bars.every(({ length }) => length === 96));
    for (let i = 1; i < notes.length; i++)
      assert.ok(notes[i]!.at >= notes[i - 1]!.at + notes[i - 1]!.length, 'no overlap');
  }
});

test('the tones are heard: far fewer conflicts than where they are ignored; the same seed sings the same', () => {
  const count = (score: Score): number => sung(score, QUIET_NIGHT).flatMap(findToneConflicts).length;
  const seeds = [0, 1, 2, 3, 4, 5, 6, 7];
  const minded = seeds.reduce((sum, seed) => sum + count(setting(seed)), 0);
  const ignored = seeds.reduce((sum, seed) => sum + count(setting(seed, { toneWeight: 0 })), 0);
  assert.ok(minded * 3 < ignored, `${minded} of ${ignored}`);
  assert.deepEqual(setting(3), setting(3));
  assert.notDeepEqual(setting(3).parts, setting(4).parts);
});

test('English stresses fall on beats', () => {
  const lines = ['The curfew tolls the knell of parting day', 'The lowing herd winds slowly o’er the lea'].map(
    englishLine,
  );
  const score = setPoem(lines, {
    title: 'Elegy',
    key: { tonic: 'F', mode: 'major' },
    metre: [4, 4],
    tempo: 72,
    range: [55, 72],
    pace: 1,
    seed: 1,
  });
  assert.equal(findFault(score), undefined);
  const stressed = lines.flatMap(({ syllables }) => syllables.map(({ stress }) => stress === 2));
  const onsets = score.parts[0]!.notes.filter(({ lyrics }) => lyrics).map(({ at }) => at);
  const onBeat = onsets.filter((at, i) => stressed[i] && at % 24 === 0).length;
  assert.ok(onBeat >= 0.9 * stressed.filter(Boolean).length, `${onBeat}`);
});

test('a poem has many rhythms and line ends; 转 climbs, 承 rests on the support, 合 on the tonic', () => {
  let bars = 0;
  let different = 0;
  let climbs = 0;
  let rests = 0;
  for (let seed = 0; seed < 12; seed++) {
    const score = setting(seed, { melisma: 0 });
    const lines = sung(score, QUIET_NIGHT).map((line) => line.map(({ keys }) => keys[0]!));
    const mean = (keys: readonly number[]): number => keys.reduce((sum, key) => sum + key, 0) / keys.length;
    if (lines.every((keys, l) => l === 2 || mean(keys) < mean(lines[2]!))) climbs += 1;
    // The support of a 徵 mode on G is D.
    if (lines[1]!.at(-1)! % 12 === 2) rests += 1;
    const rhythms = score.bars.map(({ at, length }) =>
      score.parts[0]!.notes.filter((note) => note.at >= at && note.at < at + length)
        .map((note) => note.at - at)
        .join(),
    );
    bars += rhythms.length;
    different += new Set(rhythms).size;
  }
  assert.ok(different > 0.5 * bars, `${different} of ${bars}`);
  assert.ok(climbs >= 10, `${climbs}`);
  assert.ok(rests >= 5, `${rests}`);
});

test('players have an opening and interludes where the voice is silent; the voice sings the same', () => {
  const lines = [...QUIET_NIGHT, ...QUIET_NIGHT];
  const options = { title: '', key: KEY, metre: [4, 4], tempo: 72, range: voiceRange(KEY), pace: 1, seed: 5 } as const;
  const plain = setSong(lines, options);
  const song = setSong(lines, { ...options, interludes: 'all' });
  assert.deepEqual(plain.played, []);
  assert.equal(findFault(song.score), undefined);
  assert.equal(song.score.bars.length, plain.score.bars.length + 4);
  const { notes } = song.score.parts[0]!;
  assert.deepEqual(
    notes.map(({ pitch, length }) => [pitch, length]),
    plain.score.parts[0]!.notes.map(({ pitch, length }) => [pitch, length]),
  );
  assert.ok(song.played.length >= 6);
  for (const played of song.played) {
    assert.ok(notes.every(({ at, length }) => played.at >= at + length || played.at + played.length <= at));
    assert.ok([7, 9, 0, 2, 4].includes(midiOf(played.pitch) % 12));
  }
});

test('nothing to sing is said so', () => {
  assert.throws(
    () =>
      setPoem([chineseLine('……')], {
        title: '',
        key: KEY,
        metre: [4, 4],
        tempo: 72,
        range: [55, 72],
        pace: 1,
        seed: 1,
      }),
    {
      code: 'music/nothing-to-sing',
    },
  );
});
