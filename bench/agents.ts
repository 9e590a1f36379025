/**
 * Ten briefs end to end by rules, real studios; every process is killed (SIGKILL) after two steps, and another goes on.
 *
 *   node bench/agents.ts [--briefs 10] ─▶ bench/results/agents.json
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOs } from '../src/host/index.ts';

const BRIEFS = [
  '写一首关于星空的七绝',
  '江南春雨，写一首五绝',
  '画一幅雪山下的小屋',
  '写一首欢快的曲子，五声音阶',
  '思乡的秋夜',
  'a quiet lake under the moon',
  '黄昏时渔翁归来',
  '为远行的朋友写一首诗',
  '一首悲伤的慢曲',
  '梅花与雪',
];
const BUDGET = { steps: 40, seconds: 300, tokens: 0, money: 0 };

async function work(home: string, brief: string, killAt: number): Promise<void> {
  await using os = await createOs({ home });
  const [known] = await os.agents.list(1);
  const { id } = known ?? (await os.agents.create({ role: 'director', brief, budget: BUDGET, seed: 7 }));
  let states = 0;
  await os.agents.run(id, {
    onState: () => {
      if (++states === killAt) process.kill(process.pid, 'SIGKILL');
    },
  });
}

/** One brief; every process but the last is killed after its second kept step. */
async function measure(brief: string): Promise<object> {
  const home = mkdtempSync(join(tmpdir(), 'bench-agents-'));
  const began = performance.now();
  let kills = 0;
  const go = (killAt: number) =>
    spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', import.meta.filename, '--work', home, brief, `${killAt}`],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  // Two steps a process: what ends within them ends alone.
  while (go(2).signal === 'SIGKILL' && kills < 60) kills++;
  await using os = await createOs({ home });
  const [state] = await os.agents.list(1);
  const made = await Promise.all(state!.works.map((id) => os.works.get(id)));
  const entries = await os.ledger.list({ limit: 10_000 });
  const twice = (act: string): number => {
    const keys = entries
      .filter((entry) => entry.act === act)
      .map(({ facts }) => JSON.stringify([(facts as { agent?: string }).agent, (facts as { step?: number }).step]));
    return keys.length - new Set(keys).size;
  };
  const result = {
    brief,
    phase: state!.phase,
    works: made.map(({ medium }) => medium),
    kills,
    used: state!.used,
    withinBudget:
      state!.used.steps <= BUDGET.steps && state!.used.tokens <= BUDGET.tokens && state!.used.seconds <= BUDGET.seconds,
    actsTwice: twice('acted') + twice('thought'),
    ledgerHolds: (await os.ledger.verify()).valid,
    secondsWithRestarts: Math.round((performance.now() - began) / 100) / 10,
  };
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  return result;
}

if (process.argv[2] === '--work') {
  await work(process.argv[3]!, process.argv[4]!, Number(process.argv[5]));
} else {
  const count = Number(process.argv[process.argv.indexOf('--briefs') + 1]) || BRIEFS.length;
  const results: object[] = [];
  for (const brief of BRIEFS.slice(0, count)) {
    results.push(await measure(brief));
    process.stdout.write(`${JSON.stringify(results.at(-1))}\n`);
  }
  writeFileSync(
    join(import.meta.dirname, 'results/agents.json'),
    `${JSON.stringify({ by: 'rules', results }, null, 2)}\n`,
  );
}
