/**
 * Are briefs read into scenes as a person reads them? Sets of briefs, each labelled before the reader had seen it.
 *
 *   node bench/scene-briefs/run.ts
 *
 * The figures of today are those of a reader that was mended by the faults of every set. `first-looks.json` keeps what each set gave
 * when it was read for the first time: that is what to expect of words nobody has tried.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { readScene } from '../../src/studios/plan/index.ts';
import { judgeScenes, type Labelled } from './judge.ts';

const SETS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
] as const;
const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'));

const sets = SETS.map((name) => {
  const { faults, ...sums } = judgeScenes(read(name) as Labelled[]);
  for (const fault of faults) console.log(`${name}: ${fault}`);
  return { set: name as string, ...sums };
});

/** Processor time of one reading on average, milliseconds, when the tables are loaded. */
function timeBriefs(): number {
  const briefs = SETS.flatMap((name) => read(name) as Labelled[]);
  const start = process.threadCpuUsage();
  for (const { brief } of briefs) readScene(brief);
  const { user, system } = process.threadCpuUsage(start);
  return Math.round((user + system) / 10 / briefs.length) / 100;
}

type Sums = Pick<(typeof sets)[number], 'set' | 'named' | 'found' | 'places' | 'placed' | 'strangers' | 'briefs'>;
const shares = ({ set, named, found, places, placed, strangers, briefs }: Sums) => ({
  set,
  found: Math.round((1000 * found) / named) / 1000,
  placed: Math.round((1000 * placed) / places) / 1000,
  falsePerBrief: Math.round((1000 * strangers) / briefs) / 1000,
});

const result = {
  machine: cpus()[0]?.model,
  today: sets.map((sums) => ({ ...sums, shares: shares(sums) })),
  firstLooks: (read('first-looks') as Sums[]).map((sums) => ({ ...sums, shares: shares(sums) })),
  milliseconds: timeBriefs(),
};
writeFileSync(join(import.meta.dirname, '../results/scene-briefs.json'), `${JSON.stringify(result, null, 2)}\n`);
console.log(
  JSON.stringify({
    today: sets.map(shares),
    firstLooks: result.firstLooks.map(({ shares: each }) => each),
    milliseconds: result.milliseconds,
  }),
);
