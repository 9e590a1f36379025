/** The system itself: what it can do, what it does now, what it did. */
import { readdir, stat } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Answer, ModelView, OpView, SystemView } from '../../../../sdk/src/api/index.ts';
import { type Os, type ProcessView, SHIPPED_MODELS } from '../../../host/index.ts';
import type { LedgerEntry, ModelEntry, Op } from '../../../kernel/index.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';

/** Routes of this group. */
type SystemRoutes = 'system' | 'ops' | 'models' | 'setModel' | 'ledger' | 'egress';

export function systemRoutes({ os, desk, startedAt, version }: Ground): Pick<Handlers, SystemRoutes> {
  const ops = os.listOps().map(opView);
  const processes = (): readonly ProcessView[] => [serving(os, startedAt), ...os.processes()];
  return {
    system: async () => ({
      name: 'LLMAgentOS',
      version,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cores: availableParallelism(),
      memory: { total: totalmem(), free: freemem(), process: process.memoryUsage.rss() },
      home: os.home,
      uptime: (Date.now() - startedAt) / 1000,
      jobs: desk.load(),
      processes: processes().map(processView),
      works: (await os.library.find({ limit: 1 })).total,
      egress: (await os.egress()).length,
    }),
    ops: () => ({ ops }),
    models: async () => {
      const all = await os.models.list();
      return { models: await Promise.all(all.map((entry) => modelView(entry, processes()))) };
    },
    setModel: async ({ names: { name }, body: { enabled } }) => {
      await os.models.setEnabled(name, enabled);
      return modelView((await os.models.list()).find((entry) => entry.name === name)!, processes());
    },
    egress: async () => ({ requests: [...(await os.egress())] }),
    ledger: async ({ query: { limit = 100, before, work } }) => {
      const id = work === undefined ? undefined : ((await os.works.find(work))?.id ?? work);
      const which = { ...(before !== undefined && { before }), ...(id !== undefined && { work: id }) };
      // One more than asked for tells whether there is another page.
      const found = await os.ledger.latest(limit + 1, which);
      const entries = found.slice(0, limit).map(actView);
      return { entries, before: found.length > limit ? entries.at(-1)!.seq : null };
    },
  };
}

function actView({ seq, at, actor, act, facts, hash }: LedgerEntry): Answer<'ledger'>['entries'][number] {
  return { seq, at, actor, act, facts, hash };
}

function opView({ name, version, summary, inputs = [], options }: Op): OpView {
  const { $schema, ...schema } = z.toJSONSchema(options, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return {
    name,
    version,
    summary,
    inputs: inputs.map(({ name: input, medium, optional = false }) => ({ name: input, medium, optional })),
    options: schema,
  };
}

/** This process, as the others are shown. */
function serving(os: Os, since: number): ProcessView {
  return { pid: process.pid, memory: process.memoryUsage.rss(), doing: 'serve', since, open: os.residents() };
}

function processView({ pid, memory, doing, since, open }: ProcessView): SystemView['processes'][number] {
  return { pid, memory, doing, since: timeOf(since), models: open.map(({ model }) => model) };
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}

function residenceOf(name: string, processes: readonly ProcessView[]): ModelView['residence'] {
  return processes.flatMap(({ pid, open }) =>
    open.flatMap(({ model, bytes, since, busy }) =>
      model === name ? [{ pid, bytes, since: timeOf(since), busy }] : [],
    ),
  );
}

async function modelView(
  { name, folder, card, enabled, fault }: ModelEntry,
  processes: readonly ProcessView[],
): Promise<ModelView> {
  const residence = residenceOf(name, processes);
  return {
    name,
    card,
    size: await sizeOf(folder),
    shipped: dirname(folder) === SHIPPED_MODELS,
    enabled,
    resident: residence.length > 0,
    residence,
    ...(fault === undefined ? {} : { fault }),
  };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
