/**
 * How well settings keep Mandarin tones:  node bench/tone-setting.ts <poems.jsonl.gz> [count=100]
 *
 * Regulated poems of the file are set to music three ways on the same rhythms: as the studio does, with the tones ignored, and
 * with pitches drawn at random from the same scale. Counted are contradictions (倒字) per place where one could be.
 * Writes bench/results/tone-setting.json.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '../src/core/index.ts';
import { midiOf, type Score } from '../src/studios/music/score/index.ts';
import {
  chineseLine,
  findToneConflicts,
  type SungLine,
  setPoem,
  voiceRange,
} from '../src/studios/music/words/index.ts';

const [file, count = '100'] = process.argv.slice(2);
if (!file) {
  console.error('usage: tone-setting.ts <poems.jsonl.gz> [count]');
  process.exit(64);
}
const KEYS = [
  { tonic: 'D', mode: 'gong' },
  { tonic: 'G', mode: 'zhi' },
  { tonic: 'A', mode: 'yu' },
  { tonic: 'D', mode: 'shang' },
] as const;
const poems = gunzipSync(await readFile(file))
  .toString('utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { title: string; form?: string; paragraphs: string[] })
  .filter(({ form }) => form === '五言句' || form === '七言句' || /[五七]/u.test(form ?? ''))
  .map(({ title, paragraphs }) => ({
    title,
    lines: paragraphs
      .join('')
      .split(/[，。！？；、]/u)
      .filter(Boolean),
  }))
  .filter(
    ({ lines }) => lines.length >= 4 && lines.length <= 8 && new Set(lines.map((line) => [...line].length)).size === 1,
  )
  .slice(0, Number(count));

const totals = { studio: 0, ignored: 0, random: 0, places: 0 };
for (const [i, { title, lines }] of poems.entries()) {
  const sung = lines.map((line) => chineseLine(line));
  const key = KEYS[i % KEYS.length]!;
  const options = { title, key, metre: [4, 4] as const, tempo: 76, range: voiceRange(key), pace: 1 as const, seed: i };
  const studio = setPoem(sung, options);
  totals.studio += conflicts(studio, sung);
  totals.ignored += conflicts(setPoem(sung, { ...options, toneWeight: 0 }), sung);
  totals.random += conflicts(shuffled(studio, i), sung);
  totals.places += sung.reduce((sum, { syllables }) => sum + syllables.length - 1, 0);
}
const share = (n: number): number => Math.round((1e4 * n) / totals.places) / 1e4;
const result = {
  poems: poems.length,
  places: totals.places,
  conflictsPerPlace: {
    studio: share(totals.studio),
    tonesIgnored: share(totals.ignored),
    randomPitches: share(totals.random),
  },
  studioToRandom: Math.round((1e4 * totals.studio) / totals.random) / 1e4,
};
console.log(result);
await writeFile(new URL('results/tone-setting.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

/** The same rhythm with pitches drawn evenly from those used. */
function shuffled(score: Score, seed: number): Score {
  const random = createRandom(`random-setting/${seed}`);
  const [part] = score.parts;
  const pitches = [...new Set(part!.notes.map(({ pitch }) => pitch))];
  return {
    ...score,
    parts: [{ ...part!, notes: part!.notes.map((note) => ({ ...note, pitch: random.pick(pitches) })) }],
  };
}

function conflicts(score: Score, lines: readonly SungLine[]): number {
  const groups: number[][] = [];
  for (const { lyrics, pitch } of score.parts[0]!.notes) {
    if (lyrics) groups.push([]);
    groups.at(-1)!.push(midiOf(pitch));
  }
  let next = 0;
  return lines.reduce((sum, { syllables }) => {
    const line = syllables.map(({ tone }) => ({ tone: tone!, keys: groups[next++]! }));
    return sum + findToneConflicts(line).length;
  }, 0);
}
