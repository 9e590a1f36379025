/** For tests: one process that runs an agent by rules and is killed, for good, when its store is written to for the nth time. */
import { z } from 'zod';
import { type AgentStore, defineOp, defineStudio, type Studio } from '../../kernel/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import { planStudio } from '../../studios/plan/index.ts';
import { createOs } from '../create-os.ts';
import { createAgents } from './create-agents.ts';

/** A text studio whose poems take no model. */
export const TRIAL_TEXT: Studio = defineStudio({
  name: 'text',
  medium: 'verse',
  ops: [
    defineOp({
      name: 'verse/compose',
      version: 1,
      summary: { en: 'composes', zh: '作诗' },
      inputs: [{ name: 'plan', medium: 'plan' }],
      options: z.object({ count: z.int().default(1) }),
      run: ({ seed }) => ({ works: [{ medium: 'verse', title: '诗', document: { lines: [`第${seed}首`] } }] }),
    }),
  ],
  formats: [],
  critique: () => [{ name: 'violations', value: 0, summary: { en: 'faults', zh: '违律' } }],
});

/** The store, which kills this process before or after its nth change. */
function deadly(store: AgentStore, at: number): AgentStore {
  let count = 0;
  const die = (): void => {
    if (++count === at) process.kill(process.pid, 'SIGKILL');
  };
  return {
    ...store,
    change: async (id, change) => {
      die();
      const state = await store.change(id, change);
      die();
      return state;
    },
  };
}

if (import.meta.main) {
  const [home = '', at = '0'] = process.argv.slice(2);
  const clock = { now: () => Date.now() };
  await using os = await createOs({ home, studios: [planStudio, TRIAL_TEXT] });
  await using storage = await openSqliteStorage(home, clock);
  const ids = { next: () => 'the-one', seed: () => 7 };
  const agents = createAgents({ clock, ids, storage: { agents: deadly(storage.agents, Number(at)) } }, () => os);
  const { id } = await agents.create({ role: 'poet', brief: '写一首关于星空的诗' });
  const { phase, works } = await agents.run(id);
  process.stdout.write(JSON.stringify({ phase, works }));
}
