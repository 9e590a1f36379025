import type { Command } from 'commander';
import type { LedgerEntry } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { numberIn } from '../option-values.ts';
import { formatTable } from '../terminal/table.ts';
import { fit } from '../terminal/width.ts';

const BROKEN = 1;

/** Adds `ledger`: the latest acts, and `ledger verify`, which checks the chain (exit code 1 when it is broken). */
export function addLedger(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const ledger = program
    .command('ledger')
    .description(say('ledger.summary'))
    .option('-n, --limit <n>', say('ledger.limit'), numberIn('--limit', { min: 1, max: 100_000, whole: true }), 20)
    .action((options: { limit: number }) => answer(() => listEntries(door, options.limit)));
  ledger
    .command('verify')
    .description(say('ledger.verify'))
    .action(() => answer(() => verify(door)));
}

async function listEntries(door: Door, limit: number): Promise<Reply> {
  const entries = await (await door.os()).ledger.latest(limit);
  const rows = entries.map((entry) => [
    door.ink.quiet(`${entry.seq}`),
    door.ink.quiet(new Date(entry.at).toLocaleString('sv-SE')),
    entry.actor,
    door.ink.title(entry.act),
    door.ink.quiet(fit(tellFacts(entry), Math.max(20, door.columns - 50))),
  ]);
  return {
    json: { ledger: { entries } },
    lines: rows.length === 0 ? [door.say('ledger.empty')] : formatTable(rows, [0]),
  };
}

/** The facts that a person can follow up: op, seed and works. */
function tellFacts({ facts }: LedgerEntry): string {
  const { op, seed, works, work } = facts as { op?: string; seed?: number; works?: readonly string[]; work?: string };
  const ids = (works ?? (work === undefined ? [] : [work])).map((id) => id.slice(0, 8)).join(' ');
  return [op, seed === undefined ? undefined : `#${seed}`, ids].filter(Boolean).join(' ');
}

async function verify(door: Door): Promise<Reply> {
  const { say, ink, language } = door;
  const verdict = await (await door.os()).ledger.verify();
  const { valid, entries, head, broken } = verdict;
  const sentence =
    broken === undefined
      ? ink.good(`✓ ${say('ledger.whole', { count: entries })}`)
      : ink.bad(`✗ ${say('ledger.broken', { entry: broken.seq, reason: broken[language] })}`);
  return {
    json: { ledger: verdict },
    lines: [sentence, ...(valid ? [ink.quiet(`  ${head}`)] : [])],
    exitCode: valid ? 0 : BROKEN,
  };
}
