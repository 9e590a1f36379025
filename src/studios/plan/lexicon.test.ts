import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadLexicon } from './lexicon.ts';

const lexicon = loadLexicon();

test('[PL14] every concept is complete, and there are at least 350', () => {
  assert.ok(lexicon.concepts.length >= 350, `${lexicon.concepts.length}`);
  assert.equal(new Set(lexicon.concepts.map(({ id }) => id)).size, lexicon.concepts.length);
  for (const { id, zh, en, imagery, mood, title, season, hour } of lexicon.concepts) {
    assert.ok(zh.length > 0 && en.length > 0 && title.length > 0, id);
    assert.ok(imagery.length >= 8 && imagery.length <= 20, `${id}: ${imagery.length} words`);
    assert.ok(
      imagery.every((word) => /^\p{Script=Han}{1,2}$/u.test(word)) && new Set(imagery).size === imagery.length,
      id,
    );
    assert.ok(
      title.every((name) => /^\p{Script=Han}{1,6}$/u.test(name)),
      id,
    );
    assert.ok(Math.abs(mood.valence) <= 1 && mood.arousal >= 0 && mood.arousal <= 1, id);
    assert.ok([undefined, 'spring', 'summer', 'autumn', 'winter'].includes(season), id);
    assert.ok([undefined, 'dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night'].includes(hour), id);
  }
});

test('[PL14] no plain word is a name or a classical word', () => {
  const clashes = [...lexicon.plainChinese].filter((word) => lexicon.chinese.has(word) || lexicon.words.has(word));
  assert.deepEqual(clashes, []);
  assert.deepEqual(
    [...lexicon.plainEnglish].filter((word) => lexicon.english.has(word)),
    [],
  );
});

test('[PL14] loading takes under 60 ms of processor time', () => {
  const href = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  // Processor time, so that a busy machine does not count. The first TypeScript file of a process starts Node's type stripper; that is not ours to count.
  const code = `await import(${href('./stem.ts')});
    const start = process.threadCpuUsage();
    const { loadLexicon } = await import(${href('./lexicon.ts')});
    loadLexicon();
    const { user, system } = process.threadCpuUsage(start);
    console.log((user + system) / 1000);`;
  const runs = Array.from({ length: 4 }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', code], {
        encoding: 'utf8',
        cwd: fileURLToPath(new URL('.', import.meta.url)),
      }),
    ),
  );
  assert.ok(Math.min(...runs) < 60, `${runs.join(', ')} ms`);
});
