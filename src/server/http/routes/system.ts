/** The system itself: what it can do, what it does now, what it did. */
import { readdir, stat } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Answer, ModelView, OpView } from '../../../../sdk/src/api/index.ts';
import { SHIPPED_MODELS } from '../../../host/index.ts';
import type { LedgerEntry, ModelEntry, Op } from '../../../kernel/index.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';

/** Routes of this group. */
type SystemRoutes = 'system' | 'ops' | 'models' | 'setModel' | 'ledger' | 'egress';

export function systemRoutes({ os, desk, startedAt, version }: Ground): Pick<Handlers, SystemRoutes> {
  const ops = os.listOps().map(opView);
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
      works: (await os.library.find({ limit: 1 })).total,
      egress: (await os.egress()).length,
    }),
    ops: () => ({ ops }),
    models: async () => ({ models: await Promise.all((await os.models.list()).map(modelView)) }),
    setModel: async ({ names: { name }, body: { enabled } }) => {
      await os.models.setEnabled(name, enabled);
      return modelView((await os.models.list()).find((entry) => entry.name === name)!);
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

async function modelView({ name, folder, card, enabled, fault }: ModelEntry): Promise<ModelView> {
  return {
    name,
    card,
    size: await sizeOf(folder),
    shipped: dirname(folder) === SHIPPED_MODELS,
    enabled,
    resident: false,
    ...(fault === undefined ? {} : { fault }),
  };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
