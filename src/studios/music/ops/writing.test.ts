/** Ops that write, by rule and by a model that knows nothing: what is given stays, what is written keeps the rules. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, OsError } from '../../../core/index.ts';
import type { OpContext, OpResult, TokenModel } from '../../../kernel/index.ts';
import { readAbc } from '../formats/index.ts';
import { musicStudio } from '../index.ts';
import { findFault, midiOf, type Note, parseScore, rescale, type Score } from '../score/index.ts';
import { ignorantModel } from '../tunes/compose/ignorant-model.ts';

const context = (seed: number, model?: TokenModel): OpContext =>
  ({
    seed,
    random: createRandom(seed),
    signal: new AbortController().signal,
    progress: () => undefined,
    preview: () => undefined,
    breathe: async () => undefined,
    tokenModel: async () => model ?? assert.fail('no model was named'),
  }) as unknown as OpContext;

interface Call {
  readonly inputs?: readonly object[];
  readonly seed?: number;
  readonly model?: TokenModel | undefined;
}

async function run(name: string, options: object, { inputs = [], seed = 1, model }: Call = {}): Promise<OpResult> {
  const op = musicStudio.ops.find((each) => each.name === name)!;
  const works = inputs.map((document) => ({
    work: { title: 'x', medium: 'music' },
    document,
    bytes: new Uint8Array(),
  }));
  const given = name === 'music/compose' && works.length > 0 ? [undefined, ...works] : works;
  const all = { ...options, ...(model && { model: 'tunes' }) };
  return op.run(context(seed, model), given as never, op.options.parse(all) as never);
}

const scores = ({ works }: OpResult): Score[] =>
  works.map((work) => parseScore('document' in work ? work.document : undefined));
const wayOf = ({ report }: OpResult) =>
  (report as { way: { by: string; instead?: { code: string; reason: { en: string; zh: string } } } }).way;

const WAYS: readonly [string, () => TokenModel | undefined][] = [
  ['by rule', () => undefined],
  ['by model', () => ignorantModel('a')],
];

const FOLK = readAbc(
  'X:1\nT:Tune\nM:4/4\nL:1/8\nQ:1/4=100\nK:G\nD2|"G"GABc d2BG|"C"c2ec "G"d2Bd|"Am"ABcA "D"F2AF|"G"G4 B2d2|' +
    '"Em"e2ge "Bm"d2Bd|"C"c2ec "G"B2dB|"Am"A2cA "D7"F2A2|"G"G6|]',
).score;
/** Quintuplets, which the grid of the tune language cannot count. */
const FIVES: Score = (() => {
  const fine = rescale(FOLK, FOLK.ticksPerQuarter * 5);
  const bar = fine.bars[2]!;
  const [part] = fine.parts;
  const fifth = fine.ticksPerQuarter / 5;
  const run5 = Array.from({ length: 5 }, (_, i): Note => ({ at: bar.at + i * fifth, length: fifth, pitch: 'G5' }));
  const notes = [...part!.notes.filter(({ at }) => at < bar.at || at >= bar.at + fine.ticksPerQuarter), ...run5];
  return { ...fine, parts: [{ ...part!, notes: notes.sort((a, b) => a.at - b.at) }] };
})();

/** Music at times of quarters, so that scores of different resolution compare. */
function timed(score: Score, keep: (note: Note, part: number) => boolean): string[][] {
  const time = (tick: number): string => (tick / score.ticksPerQuarter).toFixed(6);
  return score.parts.map(({ notes }, part) =>
    notes
      .filter((note) => keep(note, part))
      .map(({ at, length, ...rest }) => JSON.stringify([time(at), time(length), Object.entries(rest).sort()])),
  );
}

/** Locks every third note of the first part. */
const locked = (score: Score): Score => ({
  ...score,
  parts: score.parts.map((part, p) => ({
    ...part,
    notes: p > 0 ? part.notes : part.notes.map((note, i) => (i % 3 === 1 ? { ...note, locked: true } : note)),
  })),
});

async function pieces(): Promise<[string, Score][]> {
  const [quartet] = scores(await run('music/arrange', { ensemble: 'string-quartet' }, { inputs: [FOLK] }));
  const [piano] = scores(await run('music/arrange', { ensemble: 'piano' }, { inputs: [FOLK] }));
  return [
    ['one part', FOLK],
    ['fives', FIVES],
    ['quartet', quartet!],
    ['piano', piano!],
  ];
}

test('[MU11] filling bars leaves every other note, and what is locked, as it was', async () => {
  for (const [way, model] of WAYS) {
    for (const [name, plain] of await pieces()) {
      const piece = locked(plain);
      for (const [bars, part] of [
        ['3-4', 1],
        ['7', 1],
        ['1-2', piece.parts.length],
        ['0-8', 1],
      ] as const) {
        const place = `${way}, ${name}, bars ${bars} of part ${part}`;
        const [first, last] = bars.split('-').map(Number) as [number, number?];
        const [from, to] = [piece.bars[first]!.at, piece.bars[(last ?? first) + 1]?.at ?? Number.POSITIVE_INFINITY];
        const result = await run(
          'music/fill',
          { bars, part: String(part), count: 2, candidates: 2 },
          { inputs: [piece], model: model() },
        );
        // Locked chords over the whole of a piano leave the model no way; then rules write.
        if (name !== 'piano') assert.equal(wayOf(result).by, model() ? 'model' : 'rules', place);
        const stays = (note: Note, p: number): boolean =>
          p !== part - 1 || note.locked === true || note.at < from || note.at >= to;
        for (const made of scores(result)) {
          assert.equal(findFault(made), undefined, place);
          const scale = made.ticksPerQuarter / piece.ticksPerQuarter;
          const [start, end] = [from * scale, to * scale];
          const still = (note: Note, p: number): boolean =>
            p !== part - 1 || note.locked === true || note.at < start - 1e-6 || note.at >= end - 1e-6;
          assert.deepEqual(timed(made, still), timed(piece, stays), place);
          assert.deepEqual(made.bars.length, piece.bars.length);
          assert.deepEqual(
            made.chords.map(({ symbol }) => symbol),
            piece.chords.map(({ symbol }) => symbol),
            place,
          );
          const fresh = made.parts[part - 1]!.notes.filter((note) => !still(note, part - 1));
          assert.ok(fresh.length > 0, `${place}: something is written`);
        }
      }
    }
  }
});

test('filling by rule repeats with its seed, differs between seeds, and names bars and parts that are not there', async () => {
  const [one, again, other] = await Promise.all(
    [1, 1, 2].map(async (seed) => scores(await run('music/fill', { bars: '3-6' }, { inputs: [FOLK], seed }))[0]),
  );
  assert.deepEqual(one, again);
  assert.notDeepEqual(one, other);
  for (const [options, code] of [
    [{ bars: '9-12' }, 'music/bad-bars'],
    [{ bars: '4-2' }, 'music/bad-bars'],
    [{ bars: 'x' }, 'music/bad-bars'],
    [{ bars: '2', part: 'erhu' }, 'music/no-such-part'],
  ] as const) {
    await assert.rejects(
      run('music/fill', options, { inputs: [FOLK] }),
      (error: unknown) => error instanceof OsError && error.code === code && error.zh !== undefined,
    );
  }
});

/** Onsets and lengths of the leading voice in ticks of 24 a quarter. */
const rhythmOf = ({ parts, ticksPerQuarter }: Score): string[] =>
  parts[0]!.notes
    .filter(({ voice }) => (voice ?? 1) === 1)
    .map(({ at, length }) => `${(at * 24) / ticksPerQuarter}:${(length * 24) / ticksPerQuarter}`);

test('a rhythm that is given is kept exactly, repeated to fill the bars: typed, tapped, or of a piece', async () => {
  const folk = rhythmOf({
    ...FOLK,
    parts: [
      {
        ...FOLK.parts[0]!,
        notes: FOLK.parts[0]!.notes.map((note) => ({ ...note, at: note.at + 3 * FOLK.ticksPerQuarter })),
      },
    ],
  });
  const cases: [string, object, readonly object[], string[]][] = [
    [
      'typed',
      { rhythm: 'q. e h | e e q h', bars: 4 },
      [],
      [0, 1].flatMap((i) =>
        ['0:36', '36:12', '48:48', '96:12', '108:12', '120:24', '144:48'].map((word) => moved(word, 192 * i)),
      ),
    ],
    [
      'strokes',
      { rhythm: '咚 哒哒 咚 空', metre: '4/4', bars: 2 },
      [],
      [0, 1].flatMap((i) => ['0:24', '24:12', '36:12', '48:24'].map((word) => moved(word, 96 * i))),
    ],
    [
      'tapped',
      { taps: [0, 500, 750, 1000, 1500, 2000, 2500, 3000], bars: 2, metre: '4/4' },
      [],
      ['0:24', '24:12', '36:12', '48:24', '72:24', '96:24', '120:24', '144:48'],
    ],
    ['of a piece', {}, [FOLK], folk],
  ];
  for (const [way, model] of WAYS) {
    for (const [name, options, inputs, expected] of cases) {
      for (const style of ['folk', 'jiangnan']) {
        const result = await run('music/compose', { style, candidates: 2, ...options }, { inputs, model: model() });
        assert.equal(wayOf(result).by, model() ? 'model' : 'rules');
        const [piece] = scores(result);
        assert.equal(findFault(piece!), undefined);
        assert.deepEqual(rhythmOf(piece!), expected, `${way}, ${name}, ${style}`);
        assert.ok(new Set(piece!.parts[0]!.notes.map(({ pitch }) => pitch)).size > 2, 'pitches are composed');
      }
    }
  }
  const { report } = await run('music/compose', { taps: [0, 500, 1000, 1500, 2000] });
  assert.equal((report as { rhythm: { quarterBpm: number } }).rhythm.quarterBpm, 120);
});

function moved(word: string, by: number): string {
  const [at, length] = word.split(':').map(Number) as [number, number];
  return `${at + by}:${length}`;
}

/** Chords written out by hand, for a check that shares nothing with the composer. */
const TONES: Readonly<Record<string, string>> = {
  Am: 'A C E',
  F: 'F A C',
  C: 'C E G',
  G: 'G B D',
  E7: 'E G# B D',
  Dm: 'D F A',
  Bb: 'Bb D F',
  Cm: 'C Eb G',
  Ab: 'Ab C Eb',
  Eb: 'Eb G Bb',
  Bb7: 'Bb D F Ab',
};
const classOf = (name: string): number => midiOf(`${name}4`) % 12;

test('over given chords strong beats have chord tones; the chords stay in the score and are played', async () => {
  const cases: [string, object, string[]][] = [
    ['letters', { chords: 'Am F C G', bars: 8 }, ['Am', 'F', 'C', 'G', 'Am', 'F', 'C', 'G']],
    ['bars', { chords: 'Am | Dm E7 | % | Am', bars: 4 }, ['Am', 'Dm E7', 'Dm E7', 'Am']],
    ['numerals', { chords: 'i VI III VII', key: 'C minor', bars: 4 }, ['Cm', 'Ab', 'Eb', 'Bb']],
  ];
  for (const [way, model] of WAYS) {
    for (const [name, options, expected] of cases) {
      for (const style of ['popular', 'jiangnan']) {
        const place = `${way}, ${name}, ${style}`;
        const [piece] = scores(
          await run('music/compose', { style, metre: '4/4', candidates: 2, ...options }, { model: model() }),
        );
        const { ticksPerQuarter: quarter, chords, parts } = piece!;
        const chordIn = (bar: number, beat: number): string => {
          const words = expected[bar]!.split(' ');
          return words[words.length > 1 && beat >= 2 ? 1 : 0]!;
        };
        for (let half = 0; half < 2 * expected.length; half++) {
          const symbol = chordIn(Math.floor(half / 2), (half % 2) * 2);
          const held = chords.findLast(({ at }) => at <= half * 2 * quarter)!;
          assert.equal(held.symbol, symbol, `${place}: half bar ${half}`);
          for (const { pitch } of parts[0]!.notes.filter(
            ({ at, voice }) => at === half * 2 * quarter && (voice ?? 1) === 1,
          )) {
            const tones = TONES[symbol]!.split(' ').map(classOf);
            assert.ok(tones.includes(midiOf(pitch) % 12), `${place}: ${pitch} over ${symbol} in half bar ${half}`);
          }
        }
        assert.ok(parts.length === 1 || parts.slice(1).some(({ notes }) => notes.length > 0));
      }
    }
  }
});

test('a key is heard in chords, and numerals say minor or major', async () => {
  const keyOf = async (options: object): Promise<string> => {
    const { tonic, mode } = scores(await run('music/compose', { candidates: 1, bars: 4, ...options }))[0]!.bars[0]!.key;
    return `${tonic} ${mode}`;
  };
  assert.equal(await keyOf({ style: 'popular', chords: 'G C D G' }), 'G major');
  assert.equal(await keyOf({ style: 'popular', chords: 'Dm Gm A7 Dm' }), 'D minor');
  assert.match(await keyOf({ style: 'popular', chords: 'i VI III VII' }), / minor$/);
  assert.match(await keyOf({ style: 'jiangnan', chords: 'C F G C' }), /^C gong$/);
  await assert.rejects(run('music/compose', { chords: 'Am Hx' }), { code: 'music/bad-chord' });
  await assert.rejects(run('music/compose', { rhythm: 'q q z' }), { code: 'music/bad-rhythm' });
});

test('[MU11] what is locked stays in every op that writes', async () => {
  const [arranged] = scores(await run('music/arrange', { ensemble: 'string-quartet' }, { inputs: [FOLK] }));
  const piece = locked(arranged!);
  const calls: [string, object][] = [
    ['music/continue', { bars: 4 }],
    ['music/fill', { bars: '2-5' }],
    ['music/fill', { bars: '1-8' }],
    ['music/write-part', { role: 'bass' }],
    ['music/write-part', { role: 'inner' }],
    ['music/write-part', { role: 'figure' }],
    ['music/write-part', { role: 'drums' }],
    ...['ornament', 'simplify', 'rhythm', 'echo', 'develop'].map((kind): [string, object] => [
      'music/vary',
      { kind, amount: 1 },
    ]),
    ['music/reharmonise', { amount: 1 }],
  ];
  const expected = timed(piece, (note) => note.locked === true)[0]!;
  assert.ok(expected.length > 8);
  for (const [way, model] of WAYS) {
    for (const [name, options] of calls) {
      const takesModel = ['music/continue', 'music/fill', 'music/write-part'].includes(name);
      if (model() && !takesModel) continue;
      const made = scores(await run(name, options, { inputs: [piece], model: model() }));
      assert.ok(made.length > 0);
      for (const score of made) {
        assert.equal(findFault(score), undefined, name);
        assert.deepEqual(
          timed(score, (note) => note.locked === true)[0],
          expected,
          `${name} ${JSON.stringify(options)} ${way}`,
        );
      }
    }
  }
});

test('a part written by the model sounds in its player’s range, beside parts that stay', async () => {
  for (const role of ['bass', 'inner', 'figure'] as const) {
    const result = await run(
      'music/write-part',
      { role, candidates: 2 },
      { inputs: [FOLK], model: ignorantModel('b') },
    );
    assert.equal(wayOf(result).by, 'model');
    const [piece] = scores(result);
    assert.equal(piece!.parts.length, 2);
    assert.deepEqual(timed(piece!, (_, part) => part === 0)[0], timed(FOLK, () => true)[0]);
    const { notes } = piece!.parts[1]!;
    const [low, high] = { bass: [36, 64], inner: [48, 81], figure: [40, 79] }[role] as [number, number];
    assert.ok(
      notes.length > 8 && notes.every(({ pitch }) => midiOf(pitch) >= low - 4 && midiOf(pitch) <= high + 4),
      role,
    );
  }
});

test('where a model cannot finish, rules do, and the report says so in both languages', async () => {
  const small = ignorantModel('a', 40);
  for (const [name, options, inputs] of [
    ['music/compose', { style: 'reel', bars: 16 }, []],
    ['music/continue', {}, [FOLK]],
    ['music/fill', { bars: '3-4' }, [FOLK]],
    ['music/write-part', { role: 'bass' }, [FOLK]],
  ] as [string, object, object[]][]) {
    const result = await run(name, { candidates: 2, ...options }, { inputs, model: small });
    const { by, instead } = wayOf(result);
    assert.equal(by, 'rules', name);
    assert.equal(instead?.code, 'music/too-long-for-model', name);
    assert.ok(instead!.reason.en.length > 10 && /\p{Script=Han}/u.test(instead!.reason.zh));
    assert.equal(result.works[0]!.measures && (result.works[0]!.measures as { by: string }).by, 'rules');
  }
});

test('[MU13] every candidate’s numbers are reported, best first, and which were kept', async () => {
  for (const [, model] of WAYS) {
    const result = await run('music/compose', { style: 'reel', bars: 8, count: 2, candidates: 5 }, { model: model() });
    const { candidates } = result.report as {
      candidates: { worth: { total: number }; scores?: { surprise: number }; kept: boolean }[];
    };
    assert.equal(result.works.length, 2);
    assert.ok(candidates.length >= 2 && candidates.length <= 5);
    assert.equal(candidates.filter(({ kept }) => kept).length, 2);
    const totals = candidates.map(({ worth }) => worth.total);
    assert.deepEqual(
      totals,
      totals.toSorted((a, b) => b - a),
    );
    assert.equal(
      candidates.every(({ scores: own }) => (own !== undefined) === (model() !== undefined)),
      true,
    );
  }
});
