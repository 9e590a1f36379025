/**
 * Same seed, same art: makes 100 poems of mixed forms, wishes and ways of decoding through the system in a fresh home folder,
 * then makes each again from its record, in this process and in a second one that only knows the home folder.
 *
 *   node bench/replay.ts [--works 100] [--models models]      writes bench/results/replay.json
 *
 * `--models` is the folder that holds `verse-zh`. Counted as identical is what has the same SHA-256, byte for byte.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createOs, type Os, SHIPPED_MODELS } from '../src/host/index.ts';

/** A form and what is wished for beside it; candidates 2 keep it quick. */
const WISHES: readonly object[] = [
  { form: '五绝' },
  { form: '七绝' },
  { form: '七绝', acrostic: '春夏秋冬' },
  { form: '五律', decode: 'greedy' },
  { form: '七律' },
  { form: '七绝', rhymeBook: '中华通韵' },
  { form: '五言古风' },
  { form: '浣溪沙' },
  { form: '如梦令' },
  { form: '七绝', decode: 'beam', candidates: 4 },
  { form: '卜算子' },
  { form: '五绝', require: ['明月'] },
];

/** What one process found. */
interface Verdict {
  readonly replayed: number;
  readonly identical: number;
  readonly different: readonly string[];
  readonly seconds: number;
}

const { values } = parseArgs({
  options: {
    works: { type: 'string', default: '100' },
    models: { type: 'string', default: SHIPPED_MODELS },
    home: { type: 'string' },
  },
});
const models = resolve(values.models);
const open = (home: string): Promise<Os> => createOs({ home, modelFolders: [models] });

if (values.home === undefined) await main(Number(values.works));
else process.stdout.write(JSON.stringify(await replayAll(values.home)));

async function main(count: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'llmagentos-replay-'));
  const made = await makeWorks(home, count);
  say(`${made.works} works made in ${made.seconds} s`);
  const sameProcess = made.verdict;
  say(`same process: ${sameProcess.identical} of ${sameProcess.replayed} identical`);
  const secondProcess = replayElsewhere(home);
  say(`second process: ${secondProcess.identical} of ${secondProcess.replayed} identical`);
  rmSync(home, { recursive: true });
  const report = {
    works: made.works,
    forms: made.forms,
    model: made.model,
    makingSeconds: made.seconds,
    sameProcess,
    secondProcess,
    ledger: made.ledger,
    machine: { platform: `${platform()} ${arch()}`, cores: cpus().length, node: process.version },
  };
  mkdirSync(join(import.meta.dirname, 'results'), { recursive: true });
  writeFileSync(join(import.meta.dirname, 'results/replay.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  const whole = [sameProcess, secondProcess].every(({ identical }) => identical === count);
  process.exitCode = whole && made.works === count ? 0 : 1;
}

/** Makes the works and replays them with the same open system. */
async function makeWorks(home: string, count: number) {
  const briefs = JSON.parse(readFileSync(join(import.meta.dirname, 'relevance-briefs.json'), 'utf8')) as {
    brief: string;
  }[];
  await using os = await open(home);
  const since = performance.now();
  const forms = new Set<string>();
  let model: unknown;
  for (let i = 0; i < count; i++) {
    const { brief } = briefs[i % briefs.length]!;
    const plan = await os.run({ op: 'plan/read', options: { brief }, seed: i + 1 }).result;
    const options = { candidates: 2, ...WISHES[i % WISHES.length] };
    const inputs = plan.works.map(({ id }) => id);
    const { works } = await os.run({ op: 'verse/compose', inputs, options, seed: i + 1 }).result;
    const { document } = await os.load(works[0]!.id);
    forms.add((document as { form: string }).form.split('/')[0]!);
    model = works[0]!.record.model;
    if (i % 20 === 19) say(`${i + 1} made`);
  }
  const made = (await os.works.list({ medium: 'verse', limit: count + 1 })).length;
  const seconds = secondsSince(since);
  const verdict = await replayEach(os, count);
  const { valid, entries } = await os.ledger.verify();
  return { works: made, forms: [...forms], model, seconds, verdict, ledger: { valid, entries } };
}

async function replayAll(home: string): Promise<Verdict> {
  await using os = await open(home);
  return await replayEach(os, 100_000);
}

async function replayEach(os: Os, limit: number): Promise<Verdict> {
  const since = performance.now();
  const works = await os.works.list({ medium: 'verse', limit });
  const different: string[] = [];
  for (const { id } of works) {
    const { equal, expected, found } = await os.replay(id);
    if (!equal) different.push(`${id}: ${expected}, then ${found}`);
  }
  return {
    replayed: works.length,
    identical: works.length - different.length,
    different,
    seconds: secondsSince(since),
  };
}

function replayElsewhere(home: string): Verdict {
  const args = [...process.execArgv, import.meta.filename, '--home', home, '--models', models];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) throw new Error(`the second process ended with ${child.status}`);
  return JSON.parse(child.stdout) as Verdict;
}

function secondsSince(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10;
}

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}
