import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import type { TokenBatch, TokenModel } from '../../../../kernel/index.ts';
import { midiOf, type Note, parseScore, type Score, scaleDegrees, tonicClass } from '../../score/index.ts';
import {
  buildTuneIndex,
  chordClasses,
  melodyOf,
  parseChord,
  readTuneIndex,
  type TuneNote,
  tuneNotesOf,
} from '../../theory/index.ts';
import { barStarts, encodeTune, sheetOfScore, VOCABULARY } from '../events/index.ts';
import { composeByRules } from '../rules/index.ts';
import type { TuneWish } from '../wish.ts';
import { beatOf, isStrong } from './automaton.ts';
import { ignorantModel } from './ignorant-model.ts';
import {
  type ComposeOptions,
  composeTunes,
  continueTune,
  type GuardedMelody,
  infillTune,
  MOST_COPIED_BARS,
} from './index.ts';

/** A model that knows one text by heart: it goes on from what it recognises. */
function parrot(text: readonly string[]): TokenModel {
  const model = ignorantModel('parrot');
  const ids = text.map((token) => VOCABULARY.indexOf(token));
  const open = async (prompt: readonly number[], width: number): Promise<TokenBatch> => {
    const batch = await model.open(prompt, width);
    const rows = Array.from({ length: width }, () => [...prompt]);
    return {
      ...batch,
      width,
      get length() {
        return batch.length;
      },
      logits: (row) => {
        const logits = batch.logits(row);
        const said = rows[row]!;
        // What it wants goes on from the longest stretch that it recognises.
        const known = ids.map((_, i) => {
          let length = 0;
          while (length < i && said.at(-1 - length) === ids[i - 1 - length]) length++;
          return length;
        });
        const longest = Math.max(...known);
        if (longest >= 3) logits[ids[known.indexOf(longest)]!]! += 30;
        return logits;
      },
      extend: (tokens) => {
        tokens.forEach((token, row) => {
          rows[row]!.push(token);
        });
        return batch.extend(tokens);
      },
    };
  };
  return { ...model, open };
}

const MODELS = ['a', 'b', 'c', undefined].map((seed) => ({ name: seed ?? 'equal', create: () => ignorantModel(seed) }));
const options = (seed: string, more: Partial<ComposeOptions> = {}): ComposeOptions => ({
  random: createRandom(seed),
  candidates: 2,
  count: 2,
  temperature: 1,
  topP: 1,
  minP: 0,
  ...more,
});
const melody = (score: Score): Note[] => score.parts.find(({ id }) => id === 'melody')!.notes;

function assertInKeyAndRange(score: Score, notes: readonly Note[], [low, high]: readonly [string, string]): void {
  const { key } = score.bars[0]!;
  const classes = scaleDegrees(key.mode).map((degree) => (degree + tonicClass(key)) % 12);
  for (const { pitch, at } of notes) {
    assert.ok(classes.includes(midiOf(pitch) % 12), `${pitch} at ${at} in ${key.tonic} ${key.mode}`);
    assert.ok(midiOf(pitch) >= midiOf(low) && midiOf(pitch) <= midiOf(high), `${pitch} at ${at}`);
  }
}

test('[MT20] random logits still give whole bars, in key and range, one voice, home at the end', async () => {
  const wishes: TuneWish[] = [
    { style: 'reel', metre: '4/4', tonic: 'D', mode: 'dorian', form: 'AABB', bars: 8, range: ['A3', 'B5'] },
    { style: 'jig', metre: '6/8', tonic: 'Bb', mode: 'major', bars: 5, range: ['Bb3', 'F5'] },
    {
      style: 'jiangnan',
      metre: '2/4',
      tonic: 'F#',
      mode: 'zhi',
      form: 'qichengzhuanhe',
      bars: 8,
      range: ['C#4', 'G#5'],
    },
    { style: 'lullaby', metre: '3/4', tonic: 'Eb', mode: 'yu', bars: 4, range: ['Eb4', 'Eb5'] },
  ];
  for (const { name, create } of MODELS) {
    for (const wish of wishes) {
      for (const { score } of await composeTunes(create(), wish, options(name))) {
        parseScore(score);
        const notes = melody(score);
        assert.equal(score.bars.length, wish.bars);
        assertInKeyAndRange(score, notes, wish.range!);
        for (const [i, note] of notes.entries()) {
          assert.ok(note.at + note.length <= (notes[i + 1]?.at ?? Infinity), 'one after another');
        }
        const last = notes.at(-1)!;
        assert.equal(midiOf(last.pitch) % 12, tonicClass(score.bars[0]!.key), 'ends on the tonic');
        assert.ok(last.at >= score.bars.at(-1)!.at, 'in the last bar');
        const sheet = sheetOfScore(score);
        assert.ok(last.length >= Math.min(beatOf(sheet.bars[0]!), score.bars[0]!.length), 'for a beat at least');
        assert.equal(barStarts(sheet.bars).at(-1), last.at + last.length);
      }
    }
  }
});

test('[MT21] sections close on the tonic or a degree that supports it', async () => {
  const wish: TuneWish = { style: 'folk', metre: '2/4', tonic: 'G', mode: 'zhi', form: 'qichengzhuanhe', bars: 12 };
  for (const { name, create } of MODELS) {
    for (const { score } of await composeTunes(create(), wish, options(name))) {
      const ends = score.bars.flatMap(({ at, label }) => (label && at > 0 ? [at] : []));
      assert.equal(ends.length, 3);
      for (const end of ends) {
        const close = melody(score).findLast(({ at }) => at < end)!;
        assert.ok(['G', 'A', 'C', 'D'].includes(close.pitch[0]!), close.pitch);
      }
    }
  }
});

test('[MT22] kept bars and locked notes come back untouched; what is new fits between', async () => {
  for (const { name, create } of MODELS) {
    for (const seed of ['x', 'y', 'z']) {
      const made = composeByRules(
        { style: 'xiaodiao', metre: '4/4', bars: 8, tonic: 'D', mode: 'gong' },
        createRandom(seed),
      );
      const locked = new Set([2, 9, 13, 20]);
      const notes = melody(made).map((note, i) => ({
        ...note,
        ...(locked.has(i) ? { locked: true } : {}),
        lyrics: [{ text: String(i) }],
      }));
      const score: Score = { ...made, parts: [{ ...made.parts[0]!, notes }] };
      const [from, to] = [score.bars[2]!.at, score.bars[6]!.at];
      const kept = notes.filter(({ at, locked: own }) => at < from || at >= to || own);
      for (const candidate of await infillTune(create(), score, { from: 2, to: 6 }, {}, options(`${name}${seed}`))) {
        parseScore(candidate.score);
        const now = melody(candidate.score);
        for (const note of kept)
          assert.ok(
            now.some((other) => isSame(other, note)),
            `${note.pitch} at ${note.at}`,
          );
        const fresh = now.filter((note) => !kept.some((other) => isSame(other, note)));
        assert.ok(fresh.every(({ at }) => at >= from && at < to));
        for (const [i, note] of now.entries()) assert.ok(note.at + note.length <= (now[i + 1]?.at ?? Infinity));
        assertInKeyAndRange(score, fresh, ['A3', 'C6']);
      }
    }
  }
});

function isSame(a: Note, b: Note): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

test('[MT23] notes that sound into and out of the hole stay', async () => {
  const made = composeByRules({ style: 'folk', metre: '2/4', bars: 6, tonic: 'C', mode: 'gong' }, createRandom(1));
  const notes: Note[] = [
    { at: 0, length: 24, pitch: 'C5' },
    { at: 24, length: 60, pitch: 'D5' },
    { at: 84, length: 12, pitch: 'E5' },
    { at: 96, length: 40, pitch: 'G5' },
    { at: 136, length: 72, pitch: 'A5' },
    { at: 208, length: 80, pitch: 'C5' },
  ];
  const score: Score = { ...made, parts: [{ ...made.parts[0]!, notes }] };
  for (const { name, create } of MODELS) {
    for (const candidate of await infillTune(create(), score, { from: 1, to: 4 }, {}, options(name))) {
      const now = melody(candidate.score);
      for (const note of [notes[0]!, notes[1]!, notes[5]!]) assert.ok(now.some((other) => isSame(other, note)));
      assert.ok(
        now.every(({ at }) => at <= 24 || at >= 84),
        'nothing begins under a kept note',
      );
    }
    const reaching = await infillTune(create(), score, { from: 1, to: 3 }, {}, options(name));
    for (const candidate of reaching) assert.ok(melody(candidate.score).some((other) => isSame(other, notes[4]!)));
  }
});

test('[MT24] a rhythm that is given is kept exactly', async () => {
  const rhythm = [0, 24, 36, 48, 72, 80, 88, 108, 150, 168].map((at, i, all) => ({
    at,
    length: at === 108 ? 20 : (all[i + 1] ?? 192) - at,
  }));
  for (const { name, create } of MODELS) {
    const wish: TuneWish = { style: 'folk', metre: '4/4', bars: 2, mode: 'minor', tonic: 'A' };
    for (const { score } of await composeTunes(create(), wish, options(name, { rhythm }))) {
      assert.deepEqual(
        melody(score).map(({ at, length }) => ({ at, length })),
        rhythm,
      );
    }
  }
});

test('[MT25] on given chords the strong beats take chord tones, and the chords stay', async () => {
  const symbols = ['Dm7', 'G7', 'Cmaj7', 'A7', 'Dm', 'E7', 'Am', 'C'];
  const chords = symbols.map((symbol, i) => ({ at: 96 * i, symbol }));
  const wish: TuneWish = { style: 'art-song', metre: '4/4', bars: 8, mode: 'major', tonic: 'C', range: ['C4', 'G5'] };
  for (const { name, create } of MODELS) {
    for (const { score } of await composeTunes(create(), wish, options(name, { chords }))) {
      assert.deepEqual(score.chords, chords);
      const bar = { metre: '4/4', length: 96 };
      for (const { at, pitch } of melody(score).filter((note) => isStrong(note.at % 96, bar))) {
        const classes = chordClasses(parseChord(symbols[Math.floor(at / 96)]!));
        const closes = at >= 7 * 96 && midiOf(pitch) % 12 === 0;
        assert.ok(closes || classes.includes(midiOf(pitch) % 12), `${pitch} over ${symbols[Math.floor(at / 96)]}`);
      }
    }
  }
});

test('[MT26] tracks can be added under a melody, which stays', async () => {
  const made = composeByRules({ style: 'waltz', bars: 4, tonic: 'G' }, createRandom(2));
  for (const { name, create } of MODELS) {
    const hole = { from: 0, to: 4, tracks: ['accompaniment', 'bass'] as const };
    for (const { score } of await infillTune(create(), made, hole, {}, options(name))) {
      parseScore(score);
      assert.deepEqual(
        score.parts.map(({ id }) => id),
        ['melody', 'accompaniment', 'bass'],
      );
      assert.deepEqual(score.parts[0], made.parts[0]);
      assert.ok(score.parts[1]!.notes.length > 0 && score.parts[2]!.notes.length > 0);
    }
    const chords = await infillTune(create(), made, { from: 0, to: 4, tracks: ['chords'] }, {}, options(name));
    for (const { score } of chords) assert.ok(score.chords.every(({ symbol }) => parseChord(symbol)));
  }
});

test('[MT27] a continuation keeps all that was and goes on', async () => {
  const made = composeByRules({ style: 'northern', metre: '2/4', bars: 8 }, createRandom(3));
  const [candidate] = await continueTune(ignorantModel('c'), made, 4, {}, options('c'));
  assert.equal(candidate!.score.bars.length, 12);
  parseScore(candidate!.score);
  const before = melody(made);
  assert.deepEqual(melody(candidate!.score).slice(0, before.length), before);
  assert.ok(melody(candidate!.score).length > before.length);
});

test('[MT28] a row that begins to copy is turned away; what comes out is no copy', async () => {
  // The guard of this test forbids two equal pitches one after another.
  const isCopy = ({ notes }: GuardedMelody): boolean => notes.length > 1 && notes.at(-1)!.midi === notes.at(-2)!.midi;
  const wish: TuneWish = { style: 'folk', metre: '4/4', bars: 4, range: ['C4', 'C5'], tonic: 'C', mode: 'gong' };
  for (const { name, create } of MODELS) {
    const found = await composeTunes(create(), wish, options(name, { isCopy }));
    for (const { score, copiesChecked } of found) {
      assert.ok(copiesChecked);
      const keys = melody(score).map(({ pitch }) => midiOf(pitch));
      assert.ok(keys.every((key, i) => key !== keys[i + 1]));
    }
  }
  const unguarded = await composeTunes(ignorantModel('a'), wish, options('a'));
  assert.ok(unguarded.some(({ score }) => melody(score).some(({ pitch }, i, all) => pitch === all[i + 1]?.pitch)));
});

test('[MT28] a section that comes again is turned away where its second time would be a copy', async () => {
  // Nothing may begin as the melody did, from its fifth bar on.
  const isCopy = ({ notes, barStarts }: GuardedMelody): boolean => {
    const newest = notes.at(-1);
    return newest !== undefined && newest.at === (barStarts[4] ?? -1) && newest.midi === notes[0]!.midi;
  };
  const wish: TuneWish = { style: 'folk', metre: '4/4', bars: 16, form: 'AABB', tonic: 'C', mode: 'gong' };
  const firsts = async (guard?: typeof isCopy): Promise<boolean[]> => {
    const found = await composeTunes(ignorantModel('a'), wish, options('a', guard ? { isCopy: guard } : {}));
    return found.map(({ score }) => {
      const again = melody(score).find(({ at }) => at === score.bars[4]!.at);
      return again?.pitch === melody(score)[0]!.pitch;
    });
  };
  assert.ok((await firsts()).some(Boolean));
  assert.ok(!(await firsts(isCopy)).some(Boolean));
});

test('candidates come best first with all their numbers, and the same seed gives the same ones', async () => {
  const wish: TuneWish = { style: 'reel', bars: 8, metre: '4/4', density: 4 };
  const find = () => composeTunes(ignorantModel('r'), wish, options('same', { candidates: 6, count: 4 }));
  const [first, second] = [await find(), await find()];
  assert.equal(first.length, 4);
  assert.deepEqual(first, second);
  for (const [i, { scores }] of first.entries()) {
    assert.ok(Object.values(scores).every(Number.isFinite));
    assert.ok(i === 0 || first[i - 1]!.scores.total >= scores.total);
  }
});

test('[MT29] a model that says a tune by heart is turned away after two bars, in whatever key', async () => {
  const wish: TuneWish = { style: 'reel', metre: '4/4', bars: 8, tonic: 'D', mode: 'dorian', form: 'AB' };
  const known = composeByRules({ ...wish, tonic: 'E' }, createRandom('known'));
  const notesOf = (score: Score): TuneNote[] => tuneNotesOf(score, melodyOf(score.parts[0]!));
  const tuneIndex = readTuneIndex(buildTuneIndex([{ title: 'Known', source: 'test', notes: notesOf(known) }]));
  const longest = async (more: Partial<ComposeOptions>): Promise<number> => {
    const found = await composeTunes(parrot(encodeTune(known)), wish, options('parrot', { ...more, temperature: 0.3 }));
    return Math.max(...found.map(({ score }) => tuneIndex.findCopies(notesOf(score)).rhythm?.bars ?? 0));
  };
  assert.ok((await longest({})) > 4);
  assert.ok((await longest({ tuneIndex })) <= MOST_COPIED_BARS);
});

test('[MT30] a piece longer than the model reads is written stretch by stretch, as one piece', async () => {
  const range = ['A3', 'B5'] as [string, string];
  const wish: TuneWish = { style: 'reel', bars: 24, metre: '4/4', form: 'AABB', tonic: 'D', mode: 'dorian', range };
  const rhythm = Array.from({ length: 24 * 8 }, (_, i) => ({ at: 12 * i, length: 12 }));
  const found = await composeTunes(ignorantModel('a', 560), wish, options('long', { rhythm }));
  assert.equal(found.length, 2);
  for (const { score } of found) {
    parseScore(score);
    assertInKeyAndRange(score, melody(score), range);
    assert.equal(melody(score).length, 24 * 8);
    const labels = score.bars.flatMap(({ label }) => label ?? []);
    assert.deepEqual(labels, ['A', 'A', 'B', 'B']);
  }
});

test('a context too short for a single stretch is refused in both languages', async () => {
  const wish: TuneWish = { style: 'reel', bars: 32, metre: '4/4' };
  await assert.rejects(composeTunes(ignorantModel('a', 60), wish, options('long')), {
    code: 'music/too-long-for-model',
  });
});

test('on a rhythm that goes round no bar of the melody is written twice, those of the form apart', async () => {
  const wish: TuneWish = { style: 'folk', tonic: 'C', mode: 'major', metre: '4/4', form: 'A', bars: 12 };
  const rhythm = Array.from({ length: 48 }, (_, i) => ({ at: 24 * i, length: 24 }));
  const loop = encodeTune(loopOf(12));
  const { score } = (await composeTunes(parrot(loop), wish, options('loop', { rhythm })))[0]!;
  const counts = new Map<string, number>();
  for (const { at } of score.bars) {
    const bar = score.parts[0]!.notes.filter((note) => note.at >= at && note.at < at + 96).map(({ pitch }) => pitch);
    counts.set(bar.join(), (counts.get(bar.join()) ?? 0) + 1);
  }
  assert.ok(Math.max(...counts.values()) <= 1, JSON.stringify([...counts]));
});

test('a bass strikes the root of every chord, or the bass that its symbol names, and holds its last note', async () => {
  const score = loopOf(4);
  const symbols = ['C', 'Am', 'Dm/F', 'G7', 'C'];
  const chords = [0, 96, 144, 192, 288].map((at, i) => ({ at, symbol: symbols[i]! }));
  const hole = { from: 0, to: 4, tracks: ['bass' as const] };
  for (const name of ['a', 'b', 'c']) {
    const found = await infillTune(ignorantModel(name), { ...score, chords }, hole, {}, options(name, { chords }));
    for (const { score: made } of found) {
      const { notes } = made.parts.find(({ id }) => id === 'bass')!;
      const struck = chords.map(({ at }) => midiOf(notes.findLast((note) => note.at === at)!.pitch) % 12);
      assert.deepEqual(struck, [0, 9, 5, 7, 0], name);
      assert.deepEqual([...new Set(notes.flatMap(({ at }) => (at >= 288 ? [at] : [])))], [288]);
    }
  }
});

/** One bar, over and over. */
function loopOf(bars: number): Score {
  const pitches = ['C5', 'E5', 'D5', 'G4'];
  return parseScore({
    version: 1,
    title: '',
    ticksPerQuarter: 24,
    bars: Array.from({ length: bars }, (_, i) => ({
      at: 96 * i,
      length: 96,
      metre: [4, 4],
      key: { tonic: 'C', mode: 'major' },
    })),
    tempos: [{ at: 0, quarterBpm: 100 }],
    chords: [],
    parts: [
      {
        id: 'melody',
        name: '',
        instrument: 'piano',
        notes: Array.from({ length: 4 * bars }, (_, i) => ({ at: 24 * i, length: 24, pitch: pitches[i % 4]! })),
      },
    ],
  });
}
