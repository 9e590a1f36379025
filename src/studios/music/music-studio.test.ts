/** Every op of the studio through the system as a door meets it: brief, file, poem in; scores, reports and files out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import type { OpContext } from '../../kernel/index.ts';
import { criticise } from './critic/index.ts';
import { musicStudio } from './index.ts';
import { findFault, parseScore, type Score } from './score/index.ts';

const context = (seed: number): OpContext =>
  ({
    seed,
    random: createRandom(seed),
    signal: new AbortController().signal,
    progress: () => undefined,
    preview: () => undefined,
    breathe: async () => undefined,
  }) as unknown as OpContext;

async function run(name: string, options: object, inputs: readonly object[] = [], seed = 1) {
  const op = musicStudio.ops.find((each) => each.name === name)!;
  const given = inputs.map((document) => ({ work: { title: 'x.abc' }, document, bytes: new Uint8Array() }));
  return op.run(context(seed), given as never, op.options.parse(options) as never);
}

const scores = (result: Awaited<ReturnType<typeof run>>): Score[] =>
  result.works.map((work) => parseScore('document' in work ? work.document : undefined));

test('[MU10] [MU12] every style composes sound pieces that repeat with their seed', async () => {
  for (const style of [
    'jiangnan',
    'northern',
    'guqin',
    'reel',
    'jig',
    'waltz',
    'lullaby',
    'march',
    'art-song',
    'popular',
  ]) {
    const [piece] = scores(await run('music/compose', { style, candidates: 2 }, [], 3));
    assert.equal(findFault(piece!), undefined, style);
    assert.ok(piece!.chords.length > 1, `${style} has chords`);
    assert.deepEqual(scores(await run('music/compose', { style, candidates: 2 }, [], 3))[0], piece, style);
  }
});

test('[MU22] words are sung: every syllable once, no conflict left, the poem under the notes', async () => {
  const result = await run('music/set-words', { text: '床前明月光，疑是地上霜。\n举头望明月，低头思故乡。' });
  const [song] = scores(result);
  const words = song!.parts[0]!.notes.flatMap(({ lyrics = [] }) => lyrics.map(({ text }) => text)).join('');
  assert.equal(words, '床前明月光疑是地上霜举头望明月低头思故乡');
  assert.deepEqual(
    criticise(song!, { only: ['range'] }).filter(({ severity }) => severity === 'fault'),
    [],
  );
  const [english] = scores(
    await run('music/set-words', {
      text: 'Shall I compare thee to a summer’s day\nThou art more lovely and more temperate',
    }),
  );
  assert.equal(english!.language, 'en');
});

test('ops on a piece: each gives sound scores', async () => {
  const [piece] = scores(await run('music/compose', { style: 'folk', candidates: 1, instruments: ['flute'] }));
  const calls: [string, object][] = [
    ['music/harmonise', {}],
    ['music/harmonise', { progression: 'I vi IV V' }],
    ['music/reharmonise', {}],
    ['music/arrange', { ensemble: 'string-quartet' }],
    ['music/write-part', { role: 'bass' }],
    ['music/vary', {}],
    ['music/continue', { bars: 4 }],
    ['music/transpose', { semitones: 3 }],
    ['music/invert', {}],
    ['music/reverse', {}],
    ['music/stretch', {}],
    ['music/change-mode', { mode: 'minor' }],
  ];
  for (const [name, options] of calls) {
    const made = scores(await run(name, options, [piece!]));
    assert.ok(made.length > 0, name);
    for (const score of made) assert.equal(findFault(score), undefined, name);
  }
  const { report } = await run('music/check', {}, [piece!]);
  assert.ok(Array.isArray((report as { findings: unknown[] }).findings));
  const between = scores(await run('music/interpolate', { steps: 2 }, [piece!, piece!]));
  assert.equal(between.length, 2);
});

test('every format writes a piece', async () => {
  const [piece] = scores(await run('music/compose', { style: 'lullaby', bars: 8, candidates: 1 }));
  const work = { id: '0123456789abcdef', title: 'Lullaby', record: { seed: 1 } };
  const own = musicStudio.formats.filter(({ medium = 'music' }) => medium === 'music');
  for (const format of own.filter(({ name }) => !['flac', 'mp3', 'pdf', 'svg'].includes(name))) {
    const bytes = await format.write({ work, document: piece, bytes: new Uint8Array() } as never);
    assert.ok(bytes.length > 100, format.name);
  }
});
