/**
 * Ten briefs end to end, by rules and by a scripted model, real studios; every process is killed (SIGKILL) after two steps, and another goes on.
 *
 *   node bench/agents.ts [--briefs 10] ─▶ bench/results/agents.json
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgents } from '../src/host/agents/index.ts';
import { type Line, scriptedModel } from '../src/host/agents/trial-models.ts';
import { createOs, type Os } from '../src/host/index.ts';
import type { ChatRequest } from '../src/kernel/index.ts';
import { openSqliteStorage } from '../src/storage/index.ts';

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
const BUDGET = { steps: 40, seconds: 300, tokens: 200_000, money: 0 };

const POEM = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';

/** What the scripted model does at each step of a role; it remembers nothing, as it must after a kill. */
const SCRIPT: Readonly<Record<string, readonly Line[]>> = {
  director: [
    { tool: 'plan_read', input: { options: { brief: '一首诗' } } },
    { tool: 'set_plan', input: { tasks: [{ role: 'poet', goal: '写一首五绝' }] } },
    { tool: 'delegate', input: { role: 'poet', goal: '写一首五绝', works: ['w1'] } },
    { tool: 'finish', input: { words: '写成一首', good: true } },
  ],
  poet: [
    { tool: 'verse_accept', input: { options: { text: '好的，这是一首诗' } } },
    { tool: 'verse_accept', input: { options: { text: POEM.replace('欲穷', '欲看'), form: '五绝' } } },
    { tool: 'look', input: { work: 'w2' } },
    { tool: 'finish', input: { words: '写成', good: true } },
  ],
};

function nextLine(request: ChatRequest): Line | undefined {
  const told = request.messages.map((one) => (one.role === 'user' ? JSON.stringify(one.parts) : '')).join('');
  const prompt = request.messages[0]?.role === 'system' ? request.messages[0].text : '';
  const done = /## (?:做过的事|Done so far)(.*?)(?:\\n\\n## |$)/s.exec(told)?.[1] ?? '';
  const steps = [...done.matchAll(/\\n\d+\. /g)].length;
  return SCRIPT[/诗人|a poet/.test(prompt.slice(0, 20)) ? 'poet' : 'director']![steps];
}

/** The same house, in which a model named `script` says what the script tells. */
async function work(home: string, brief: string, killAt: number, model: string | null): Promise<void> {
  const clock = { now: () => Date.now() };
  await using os = await createOs({ home });
  await using storage = await openSqliteStorage(home, clock);
  const talker = scriptedModel((_, request) => nextLine(request));
  const entry = { name: 'script', folder: '', card: {}, driver: 'llama', roles: ['chat'], enabled: true } as const;
  const models: Os['models'] = {
    ...os.models,
    find: async (name) => (name === 'script' ? entry : os.models.find(name)),
    get: async (name) => (name === 'script' ? entry : os.models.get(name)),
    openChatModel: async () => talker,
  };
  const ids = { next: () => 'bench', seed: () => 7 };
  const agents = createAgents({ clock, ids, storage }, () => ({ ...os, models }));
  const { id } = await agents.create({ role: 'director', brief, budget: BUDGET, seed: 7, model });
  let states = 0;
  await agents.run(id, {
    onState: () => {
      if (++states === killAt) process.kill(process.pid, 'SIGKILL');
    },
  });
}

/** One brief; every process but the last is killed after its second kept step. */
async function measure(brief: string, by: 'rules' | 'script'): Promise<object> {
  const home = mkdtempSync(join(tmpdir(), 'bench-agents-'));
  const began = performance.now();
  let kills = 0;
  const go = (killAt: number) =>
    spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', import.meta.filename, '--work', home, brief, `${killAt}`, by],
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
    by,
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
  await work(
    process.argv[3]!,
    process.argv[4]!,
    Number(process.argv[5]),
    process.argv[6] === 'script' ? 'script' : null,
  );
} else {
  const count = Number(process.argv[process.argv.indexOf('--briefs') + 1]) || BRIEFS.length;
  const results: object[] = [];
  for (const brief of BRIEFS.slice(0, count)) {
    for (const by of ['rules', 'script'] as const) {
      results.push(await measure(brief, by));
      process.stdout.write(`${JSON.stringify(results.at(-1))}\n`);
    }
  }
  writeFileSync(join(import.meta.dirname, 'results/agents.json'), `${JSON.stringify({ results }, null, 2)}\n`);
}
