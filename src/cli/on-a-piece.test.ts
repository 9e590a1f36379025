/** Commands on pieces of music, over a real house: other chords, ways between two tunes, bars anew. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Score } from '../studios/music/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'pieces-'));
after(() => rmSync(home, { recursive: true, force: true }));
const typed = (...argv: string[]): Promise<Ran> =>
  runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });

interface Made {
  readonly works: readonly { readonly id: string; readonly title: string; readonly parents: readonly string[] }[];
}
const madeBy = async (...argv: string[]): Promise<Made> => {
  const ran = await typed(...argv, '--json');
  assert.equal(ran.exitCode, 0, ran.out + ran.err);
  return JSON.parse(ran.out) as Made;
};
const scoreOf = async (id: string): Promise<Score> =>
  JSON.parse((await typed('export', id, '--format', 'json')).out) as Score;
const pitches = ({ parts }: Score): string[] => parts[0]!.notes.map(({ pitch }) => pitch);

const file = (name: string, abc: string): string => {
  const path = join(home, name);
  writeFileSync(path, `X:1\nT:${name}\nL:1/4\n${abc}\n`);
  return path;
};
const first = file('one.abc', 'M:4/4\nK:G\n"G"G A B d|"C"e d B G|"D"A B A F|"G"G3 z|');
const second = file('two.abc', 'M:4/4\nK:D\n"D"a a b a|"G"g f e d|"A"c e A c|"D"d4|');
const waltz = file('three.abc', 'M:3/4\nK:D\nd f a|a3|');

test('[CL60] reharmonise writes other chords and leaves every note of the melody; the same seed gives the same', async () => {
  const { works } = await madeBy('reharmonise', first, '--amount', '1', '--seed', '4');
  const [before, now] = [await scoreOf(works[0]!.parents[0]!), await scoreOf(works[0]!.id)];
  assert.deepEqual(pitches(now), pitches(before));
  assert.notDeepEqual(now.chords, before.chords);
  const again = await madeBy('reharmonise', first, '--amount', '1', '--seed', '4');
  assert.deepEqual((await scoreOf(again.works[0]!.id)).chords, now.chords);
});

test('[CL60] interpolate gives the tunes between two, in order, in the key of the first, with chords', async () => {
  const { works } = await madeBy('interpolate', first, second, '--steps', '2', '--seed', '1');
  assert.equal(works.length, 2);
  for (const { id, parents } of works) {
    assert.equal(parents.length, 2);
    const score = await scoreOf(id);
    assert.deepEqual([score.bars.length, score.bars[0]!.key.tonic], [4, 'G']);
    assert.ok(score.chords.length > 0);
  }
  const refused = await typed('interpolate', first, waltz);
  assert.equal(refused.exitCode, 64, refused.err);
  assert.match(refused.err, /4\/4 and 3\/4[\s\S]*\[music\/different-metres\]/);
  assert.match((await typed('interpolate', first, waltz, '--lang', 'zh')).err, /拍号/);
});

test('[CL60] fill writes the bars that are named and no others', async () => {
  const { works } = await madeBy('fill', first, '--bars', '2-3', '--by-rule', '--seed', '2');
  const [before, now] = [await scoreOf(works[0]!.parents[0]!), await scoreOf(works[0]!.id)];
  const outside = ({ parts, bars }: Score) =>
    parts[0]!.notes.filter(({ at }) => at < bars[1]!.at || at >= bars[3]!.at).map(({ at, pitch }) => [at, pitch]);
  const scale = now.ticksPerQuarter / before.ticksPerQuarter;
  assert.deepEqual(
    outside(now),
    outside(before).map(([at, pitch]) => [(at as number) * scale, pitch]),
  );
  assert.notDeepEqual(pitches(now), pitches(before));
});

test('[CL60] arrange, add-part, vary and change each make a new version of a piece and keep the old one', async () => {
  const partsOf = async (...argv: string[]) => {
    const { works } = await madeBy(...argv);
    const score = await scoreOf(works[0]!.id);
    assert.equal(works[0]!.parents.length, 1);
    return { works, score, instruments: score.parts.map(({ instrument }) => instrument) };
  };
  const quartet = await partsOf('arrange', first, '--ensemble', 'string quartet', '--seed', '1');
  assert.deepEqual(quartet.instruments, ['violin', 'violin', 'viola', 'cello']);
  const drummed = await partsOf('add-part', first, '--role', 'drums', '--by-rule', '--seed', '1');
  assert.deepEqual([drummed.score.parts.length, drummed.score.parts[1]!.percussion], [2, true]);
  const varied = await partsOf('vary', first, '--seed', '1');
  assert.equal(varied.works.length, 5, 'one of each kind');
  const moved = await partsOf('change', first, '--transpose', '2');
  assert.deepEqual(pitches(moved.score).slice(0, 4), ['A4', 'B4', 'C#5', 'E5']);
  assert.equal(moved.score.bars[0]!.key.tonic, 'A');
  const twice = await partsOf('change', first, '--augment', '2');
  const before = await scoreOf(twice.works[0]!.parents[0]!);
  const seconds = ({ bars, ticksPerQuarter }: Score) => (bars.at(-1)!.at + bars.at(-1)!.length) / ticksPerQuarter;
  assert.equal(seconds(twice.score), 2 * seconds(before));
});

test('[CL60] check-score names bar, beat and mend, and its exit code tells of faults', async () => {
  const fifths = file('fifths.abc', 'M:4/4\nK:C\nV:1\nG A B c|c4|\nV:2\nC D E F|C4|');
  const ran = await typed('check-score', fifths, '--strict', '--json');
  const { check } = JSON.parse(ran.out) as { check: { findings: { rule: string; bar: number; beat: number }[] } };
  const parallel = check.findings.filter(({ rule }) => rule === 'parallel-fifths');
  assert.deepEqual([ran.exitCode, parallel[0]!.bar, parallel[0]!.beat], [1, 1, 2]);
  const clean = await typed('check-score', first, '--only', 'parallel-fifths,range');
  assert.deepEqual([clean.exitCode, /✓/.test(clean.out)], [0, true], clean.out);
  assert.match((await typed('check-score', fifths, '--strict', '--lang', 'zh')).out, /平行五度/);
});

test('[CL60] a file that is no music, and one that is not there, are said to be so', async () => {
  const text = await typed('check-score', file('letter.txt', 'Dear all'));
  assert.deepEqual(
    [text.exitCode, /letter\.txt[\s\S]*\.mid[\s\S]*\[cli\/no-music-file\]/.test(text.err)],
    [64, true],
    text.err,
  );
  const gone = await typed('check-score', 'gone.mid');
  assert.deepEqual([gone.exitCode, /\[cli\/no-music-file\]/.test(gone.err)], [66, true], gone.err);
  assert.match((await typed('check-score', 'cafe')).err, /\[(storage\/work-missing|cli\/no-works)\]/);
});

test('[CL60] set-to-music sings the lines that are typed, in either language', async () => {
  for (const poem of ['床前明月光，疑是地上霜。', 'The moon is on the river / and all the reeds are still']) {
    const { works } = await madeBy('set-to-music', poem, '--interludes', 'none', '--seed', '1');
    const words = (await scoreOf(works[0]!.id)).parts[0]!.notes.flatMap(({ lyrics = [] }) =>
      lyrics.map(({ text }) => text),
    );
    assert.equal(words.join('').toLowerCase(), poem.replace(/[，。\s/]/gu, '').toLowerCase());
  }
});
