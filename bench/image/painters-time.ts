/**
 * Processor time of every painter at 1024 × 1024, beside the ink painter in the same run:  node bench/image/painters-time.ts [--painters a,b]
 *
 * Seconds of user time by one thread, laying out and signing aside: on a busy machine they are as good as on an idle one, wall clocks are not.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeScene, paintScene } from '../../src/studios/image/paint-scene.ts';
import { PAINTERS } from '../../src/studios/image/painters/index.ts';
import { readBrief } from '../../src/studios/plan/index.ts';

const BRIEFS = ['江上一叶小舟，月夜，左边两株垂柳，远山', 'a lighthouse by the sea at sunset'];
const { values } = parseArgs({
  options: { painters: { type: 'string' }, longest: { type: 'string', default: '1024' } },
});
const wanted = values.painters?.split(',') ?? PAINTERS.map(({ id }) => id);
const longest = Number(values.longest);
const quiet = { breathe: async () => {}, progress: () => {} };

async function secondsOf(id: string, brief: string, side: number): Promise<number> {
  const plan = readBrief(brief, { picture: true, seed: 4 });
  const [layout] = composeScene(plan, { seed: '4', inscription: undefined, size: [side, side] }, 1);
  const painter = PAINTERS.find((each) => each.id === id)!;
  const started = process.cpuUsage();
  await paintScene(layout!, plan, { painter, longest: side, seed: '4', settings: {}, seal: '' }, quiet);
  return process.cpuUsage(started).user / 1e6;
}

const rows = [];
for (const id of wanted) await secondsOf(id, BRIEFS[0]!, 128);
for (const brief of BRIEFS) {
  const ink = await secondsOf('ink', brief, longest);
  for (const painter of wanted) {
    const seconds = painter === 'ink' ? ink : await secondsOf(painter, brief, longest);
    rows.push({ brief, painter, seconds, timesInk: seconds / ink });
    console.log(`${painter}: ${seconds.toFixed(1)} s, ${(seconds / ink).toFixed(2)} × ink · ${brief}`);
  }
}
const result = { machine: cpus()[0]?.model, longest, rows };
if (!values.painters)
  writeFileSync(join(import.meta.dirname, '../results/painters-time.json'), `${JSON.stringify(result, null, 2)}\n`);
