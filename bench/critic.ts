/**
 * What the critic says of music that is good already:  node bench/critic.ts DATA_FOLDER [count=60]
 *
 *   songs       art songs of the validation split as printed, voice and piano
 *   generated   pieces by rule in every style, with chords and players
 *
 * For each rule and severity: the share of pieces in which it speaks, and findings to a hundred bars. A rule that finds faults in
 * most printed songs is a false alarm; one that never speaks is tested on made faults (critic.test.ts).
 * Writes bench/results/critic.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChordSongs, splitOf } from '../recipes/chords/read-songs.ts';
import { createRandom } from '../src/core/index.ts';
import { addChords } from '../src/studios/music/add-chords.ts';
import { arrange } from '../src/studios/music/arrange/index.ts';
import { criticise, RULES } from '../src/studios/music/critic/index.ts';
import { direct, STYLE_NAMES } from '../src/studios/music/direction.ts';
import type { Score } from '../src/studios/music/score/index.ts';
import { composeByRules } from '../src/studios/music/tunes/index.ts';

const [folder, count = '60'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: critic.ts DATA_FOLDER [count]');
  process.exit(64);
}

function* songs(): Generator<Score> {
  let left = Number(count);
  for (const { score } of readChordSongs(
    join(folder!, 'music_openscore_lieder'),
    (name) => splitOf(name) === 'validation',
  )) {
    if (left-- <= 0) return;
    yield score;
  }
}

function* generated(): Generator<Score> {
  for (let seed = 0; seed < Number(count); seed++) {
    const style = STYLE_NAMES[seed % STYLE_NAMES.length]!;
    const { wish, ensemble } = direct(undefined, { style }, createRandom(`critic/${seed}`));
    yield arrange(addChords(composeByRules(wish, createRandom(`critic/${seed}`))), ensemble, { seed });
  }
}

function survey(scores: Iterable<Score>): object {
  const pieces = new Map<string, number>();
  const findings = new Map<string, number>();
  let bars = 0;
  let all = 0;
  for (const score of scores) {
    all += 1;
    bars += score.bars.length;
    const names = criticise(score)
      .filter(({ severity }) => severity !== 'note')
      .map(({ rule, severity }) => `${rule} ${severity}`);
    for (const name of names) findings.set(name, (findings.get(name) ?? 0) + 1);
    for (const name of new Set(names)) pieces.set(name, (pieces.get(name) ?? 0) + 1);
  }
  const rows = [...pieces].sort().map(([name, n]) => [
    name,
    {
      shareOfPieces: Math.round((100 * n) / all) / 100,
      per100Bars: Math.round((1e4 * findings.get(name)!) / bars) / 100,
    },
  ]);
  const silent = RULES.map(({ name }) => name).filter(
    (name) => ![...pieces.keys()].some((each) => each.startsWith(`${name} `)),
  );
  return { pieces: all, bars, rules: Object.fromEntries(rows), silent };
}

const result = { songs: survey(songs()), generated: survey(generated()) };
console.log(JSON.stringify(result, null, 1));
writeFileSync(new URL('results/critic.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
