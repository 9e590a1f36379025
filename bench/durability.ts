/**
 * Nothing acknowledged is lost: a child saves works as fast as it can and prints each id after its commit has returned; it is
 * killed with SIGKILL at a random moment, 200 times over, always on the same home folder. After every kill each work ever
 * acknowledged must be there with the right bytes, and the ledger must verify.
 *
 *   node bench/durability.ts [KILLS]        writes bench/results/durability.json
 *
 * SIGKILL proves what a crash of the program does. A power cut is covered by the order of fsyncs alone, which this cannot test.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { openSqliteStorage } from '../src/storage/index.ts';

const ROOT = join(import.meta.dirname, '..');
const WRITER = join(ROOT, 'src/storage/sqlite/writer.ts');
const SEED = 'durability';
/** Milliseconds from the first acknowledged work to the kill: some kills meet the opening, most the saving. */
const LONGEST_LIFE = 400;

const kills = Number(process.argv[2] ?? 200);
const home = mkdtempSync(join(tmpdir(), 'llmagentos-durability-'));
const random = createRandom(SEED);
const acknowledged: string[] = [];
const faults: string[] = [];
let unacknowledged = 0;
let killedWhileOpening = 0;
const started = performance.now();

for (let round = 0; round < kills && faults.length === 0; round++) {
  const ids = await killOne(round);
  if (ids.length === 0) killedWhileOpening++;
  acknowledged.push(...ids);
  await inspect(round, ids);
  if (round % 20 === 19) console.error(`${round + 1}/${kills} kills, ${acknowledged.length} works acknowledged`);
}
await inspectAll();
const leftDrafts = readdirSync(join(home, 'blobs', 'incoming')).length;
rmSync(home, { recursive: true });
const report = {
  kills,
  acknowledged: acknowledged.length,
  lost: faults.length,
  faults,
  committedButNotYetAcknowledged: unacknowledged,
  killedWhileOpening,
  leftDrafts,
  seconds: Math.round((performance.now() - started) / 1000),
  machine: { platform: `${platform()} ${arch()}`, cores: cpus().length, node: process.version },
  seed: SEED,
};
mkdirSync(join(ROOT, 'bench/results'), { recursive: true });
writeFileSync(join(ROOT, 'bench/results/durability.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
process.exitCode = faults.length === 0 && acknowledged.length > 0 ? 0 : 1;

/** Starts a writer, kills it at a random moment and returns the ids it had printed. */
async function killOne(round: number): Promise<string[]> {
  const args = ['--disable-warning=ExperimentalWarning', WRITER, home, `round-${round}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  const closed = once(child, 'close');
  const life = random.integer(LONGEST_LIFE);
  // One round in ten is killed while it still starts and opens; the others after their first acknowledged work.
  if (round % 10 !== 0) await Promise.race([once(child.stdout, 'data'), closed]);
  setTimeout(() => child.kill('SIGKILL'), life);
  const [, signal] = await closed;
  if (signal !== 'SIGKILL') faults.push(`round ${round}: the writer ended by itself`);
  // A line cut off by the kill was not acknowledged.
  return printed.split('\n').slice(0, -1);
}

/** Checks what this round acknowledged, and the whole ledger. */
async function inspect(round: number, ids: readonly string[]): Promise<void> {
  await using storage = await openSqliteStorage(home, { now: () => Date.now() });
  for (const id of ids) faults.push(...(await faultOf(storage, round, id)));
  const verdict = await storage.ledger.verify();
  if (!verdict.valid) faults.push(`round ${round}: ledger broken at ${verdict.broken?.seq}: ${verdict.broken?.en}`);
  unacknowledged = verdict.entries - acknowledged.length;
  if (unacknowledged < 0) faults.push(`round ${round}: ${-unacknowledged} ledger entries are gone`);
}

/** At the end, every work ever acknowledged once more. */
async function inspectAll(): Promise<void> {
  await using storage = await openSqliteStorage(home, { now: () => Date.now() });
  for (const id of acknowledged) faults.push(...(await faultOf(storage, kills, id)));
}

async function faultOf(
  storage: Awaited<ReturnType<typeof openSqliteStorage>>,
  round: number,
  id: string,
): Promise<string[]> {
  try {
    const work = await storage.works.get(id);
    // `get` of the blob store compares the hash of the bytes.
    const bytes = await storage.blobs.get(work.content);
    return bytes.length === work.size ? [] : [`round ${round}: ${id} has ${bytes.length} bytes`];
  } catch (thrown) {
    return [`round ${round}: ${id}: ${(thrown as Error).message}`];
  }
}
