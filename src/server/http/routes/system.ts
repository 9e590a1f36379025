/** The system itself: what it can do, what it does now, what it did. */
import { availableParallelism, freemem, totalmem } from 'node:os';
import { z } from 'zod';
import type { Answer, OpView, SystemView } from '../../../../sdk/src/api/index.ts';
import type { ProcessView } from '../../../host/index.ts';
import type { LedgerEntry, Op } from '../../../kernel/index.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';
import { processesOf, timeOf } from './processes.ts';

/** Routes of this group. */
type SystemRoutes = 'system' | 'ops' | 'ledger' | 'egress';

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
      processes: processesOf(os, startedAt).map(processView),
      works: (await os.library.find({ limit: 1 })).total,
      egress: (await os.egress()).length,
    }),
    ops: () => ({ ops }),
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

function processView({ pid, memory, doing, since, open }: ProcessView): SystemView['processes'][number] {
  return { pid, memory, doing, since: timeOf(since), models: open.map(({ model }) => model) };
}
