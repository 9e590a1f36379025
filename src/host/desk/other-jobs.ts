/**
 * Jobs that ran or run in processes of their own, such as commands in a terminal, in the words of the desk. Only what was kept
 * of them is known: op, state, times, and what they made.
 */
import type { DeskState, DeskView, Job, Kernel, Op } from '../../kernel/index.ts';

/** How the runs of a task are named: they belong to it and are not listed beside it. */
export const OF_A_TASK = 'desk/';

export interface OtherJobs {
  find(id: string): Promise<DeskView | undefined>;
  /** Newest first. */
  list(query: { readonly state?: DeskState | undefined; readonly limit: number }): Promise<readonly DeskView[]>;
}

/** Reads them from the store of jobs. */
export function createOtherJobs({ storage, ops }: Pick<Kernel, 'storage' | 'ops'>): OtherJobs {
  const view = async (job: Job): Promise<DeskView> => toView(job, ops.get(job.op), await worksOf(job));
  const worksOf = async ({ state, recordHash }: Job): Promise<readonly string[]> =>
    state === 'done' ? ((await storage.works.outcome(recordHash))?.works ?? []) : [];
  return {
    find: async (id) => {
      const job = id.startsWith(OF_A_TASK) ? undefined : await storage.jobs.find(id);
      return job && view(job);
    },
    list: async ({ state, limit }) => {
      if (state === 'queued') return [];
      const jobs = await storage.jobs.list({ limit, without: OF_A_TASK, ...(state && { state }) });
      return Promise.all(jobs.map(view));
    },
  };
}

function toView(
  { id, op, state, startedAt, endedAt, error }: Job,
  known: Op | undefined,
  works: readonly string[],
): DeskView {
  return {
    id,
    task: { kind: 'op', op, inputs: [], options: null, fresh: false },
    title: known?.summary ?? { en: op, zh: op },
    state,
    seed: null,
    createdAt: startedAt,
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    works,
    report: null,
    ...(error === undefined ? {} : { error: errorOf(error) }),
  };
}

function errorOf(code: string): NonNullable<DeskView['error']> {
  return {
    kind: code === 'core/cancelled' ? 'cancelled' : 'unavailable',
    code: code as `${string}/${string}`,
    message: `It ended with ${code}; the program it ran in has told more.`,
    hint: 'docs/errors.md says what the code means.',
    zh: { message: `以 ${code} 结束；详情见当时运行它的程序。`, hint: '该代码的含义见 docs/errors.md。' },
  };
}
