/**
 * The way out as the artist holds it: `grants` says where to and what for, `offline` closes it all, `egress` lists what left
 * and what was stopped.
 */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Grant, Sent } from '../../host/index.ts';
import { OUT_PURPOSES, type OutPurpose } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { collectWords, numberIn, oneOf } from '../option-values.ts';
import { formatTable } from '../terminal/table.ts';
import { fit } from '../terminal/width.ts';

interface GrantOptions {
  readonly for?: readonly OutPurpose[];
  readonly near?: boolean;
  readonly until?: string;
  readonly budget?: Grant['budget'];
}

/** Adds `egress`, `grants` and `offline`. */
export function addWayOut(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('egress')
    .description(say('egress.summary'))
    .option('-n, --limit <n>', say('egress.limit'), numberIn('--limit', { min: 1, max: 100_000, whole: true }), 50)
    .action(({ limit }: { limit: number }) => answer(() => listEgress(door, limit)));
  const grants = program
    .command('grants')
    .description(say('grants.summary'))
    .action(() => answer(() => listGrants(door)));
  grants
    .command('list')
    .description(say('grants.summary'))
    .action(() => answer(() => listGrants(door)));
  grants
    .command('add')
    .description(say('grants.add'))
    .argument('<address>', say('grants.address'))
    .option('--for <purposes>', say('grants.for', { purposes: OUT_PURPOSES.join(', ') }), purposes)
    .option('--near', say('grants.near'))
    .option('--until <time>', say('grants.until'), readUntil)
    .option('--budget <amount>', say('grants.budget'), readBudget)
    .action((address: string, options: GrantOptions) => answer(() => addGrant(door, address, options)));
  grants
    .command('remove')
    .description(say('grants.remove'))
    .argument('<address>', say('grants.address'))
    .option('--for <purposes>', say('grants.for', { purposes: OUT_PURPOSES.join(', ') }), purposes)
    .action((address: string, options: GrantOptions) => answer(() => removeGrant(door, address, options)));
  const choice = ['on', 'off'] as const;
  program
    .command('offline')
    .description(say('offline.summary'))
    .argument('[on|off]', say('offline.choice'), (text: string) => oneOf('offline', choice)(text))
    .action((wish: (typeof choice)[number] | undefined) => answer(() => offline(door, wish)));
}

async function listEgress(door: Door, limit: number): Promise<Reply> {
  const { say, ink } = door;
  const all = await (await door.os()).egress();
  const requests = all.slice(0, limit);
  const rows = requests.map((sent) => egressRow(door, sent));
  const left = all.filter(({ stopped }) => stopped === undefined);
  const bytes = left.reduce((sum, one) => sum + one.bytes, 0);
  const facts = { left: left.length, bytes, stopped: all.length - left.length };
  return {
    json: { egress: { requests, total: all.length } },
    lines:
      rows.length === 0
        ? [say('egress.none')]
        : [...formatTable(rows, [3, 4]), '', ink.quiet(say('egress.sum', facts))],
  };
}

function egressRow({ ink, say, language, columns }: Door, sent: Sent): string[] {
  const { at, host, bytes, bytesIn, stopped, failed, via, cost, job, op, model, purpose } = sent;
  const about = [
    stopped && say('egress.stopped', { via: via ?? '' }),
    stopped?.startsWith('way-out/around') ? '' : purpose[language],
    model,
    op,
    job?.slice(0, 8),
    cost && `${cost.amount} ${cost.currency}`,
    failed,
    stopped,
  ];
  return [
    stopped ? ink.bad('✗') : ink.good('→'),
    ink.quiet(new Date(at).toLocaleString('sv-SE')),
    ink.title(fit(host, 40)),
    stopped ? '' : String(bytes),
    bytesIn === undefined ? '' : String(bytesIn),
    ink.quiet(fit(about.filter(Boolean).join(' · '), Math.max(30, columns - 60))),
  ];
}

async function listGrants(door: Door): Promise<Reply> {
  const grants = (await door.os()).grants();
  return {
    json: { grants },
    lines: grants.length === 0 ? [door.say('grants.none')] : grants.map((grant) => grantLine(door, grant)),
  };
}

function grantLine({ ink, say }: Door, { origin, purposes: uses, near, until, budget }: Grant): string {
  const also = [
    uses.join(', '),
    near ? say('grants.isNear') : '',
    until === undefined ? '' : say('grants.ends', { until: new Date(until).toLocaleString('sv-SE') }),
    budget === undefined ? '' : say('grants.upTo', { ...budget }),
  ];
  return `${ink.good('●')} ${ink.title(origin)}${ink.quiet(` · ${also.filter(Boolean).join(' · ')}`)}`;
}

async function addGrant(door: Door, address: string, options: GrantOptions): Promise<Reply> {
  const { near, until, budget } = options;
  if (options.for === undefined) throw noPurpose();
  const grant = await (await door.os()).grant({ address, purposes: options.for, near, until, budget });
  return { json: { granted: grant }, lines: [grantLine(door, grant)] };
}

async function removeGrant(door: Door, address: string, options: GrantOptions): Promise<Reply> {
  const found = await (await door.os()).revoke(address, options.for);
  const words = door.say(found ? 'grants.removed' : 'grants.notThere', { address });
  return { json: { revoked: { address, found } }, lines: [words], exitCode: found ? 0 : 1 };
}

async function offline(door: Door, wish: 'on' | 'off' | undefined): Promise<Reply> {
  const os = await door.os();
  if (wish !== undefined) await os.setOffline(wish === 'on');
  const by = os.offline();
  const words = by === undefined ? 'offline.open' : by === 'environment' ? 'offline.byEnvironment' : 'offline.closed';
  return { json: { offline: { closed: by !== undefined, by: by ?? null } }, lines: [door.say(words)] };
}

function purposes(text: string, before: readonly OutPurpose[] | undefined): readonly OutPurpose[] {
  return [...(before ?? []), ...collectWords(text, undefined).map(oneOf('--for', OUT_PURPOSES))];
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `2h`, `7d`, or a date. Throws `cli/bad-time`. */
function readUntil(text: string): string {
  const [, count, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const time = count === undefined ? Date.parse(text) : Date.now() + Number(count) * (UNITS[unit] ?? 0);
  if (Number.isFinite(time) && time > Date.now()) return new Date(time).toISOString();
  throw new OsError({
    kind: 'input',
    code: 'cli/bad-time',
    message: `--until takes a time to come, not “${text}”.`,
    hint: 'Write 30m, 2h, 7d, or a date like 2027-01-31.',
    zh: { message: `--until 要一个将来的时间，不能是“${text}”。`, hint: '写法如 30m、2h、7d，或 2027-01-31。' },
  });
}

/** `5USD`, `20 cny`. Throws `cli/bad-budget`. */
function readBudget(text: string): { readonly amount: number; readonly currency: string } {
  const [, amount, currency] = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]{3})\s*$/i.exec(text) ?? [];
  if (amount !== undefined && currency !== undefined)
    return { amount: Number(amount), currency: currency.toUpperCase() };
  throw new OsError({
    kind: 'input',
    code: 'cli/bad-budget',
    message: `--budget takes an amount with its currency, not “${text}”.`,
    hint: 'Write it like 5USD or 20CNY.',
    zh: { message: `--budget 要带币种的金额，不能是“${text}”。`, hint: '写法如 5USD 或 20CNY。' },
  });
}

function noPurpose(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-purpose',
    message: 'A host is granted for something: --for is missing.',
    hint: `Say what for: --for ${OUT_PURPOSES.join(', ')}.`,
    zh: { message: '授权需要说明用途：缺少 --for。', hint: `请说明用途：--for ${OUT_PURPOSES.join('、')}。` },
  });
}
