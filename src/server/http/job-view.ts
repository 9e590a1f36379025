/** The desk's jobs and events in the words of the interface. */
import type { Job, SystemEvent } from '../../../sdk/src/api/index.ts';
import type { WireError } from '../../../sdk/src/protocol/index.ts';
import type { ErrorFacts } from '../../core/index.ts';
import type { DeskEvent, DeskView, Task } from '../../kernel/index.ts';
import type { Cards } from './cards.ts';

/** A job as clients see it. */
export function jobView({ task, error, report, progress, ahead, ...job }: DeskView): Job {
  const { id, title, state, seed, createdAt, startedAt, endedAt, works } = job;
  return {
    id,
    op: task.kind === 'op' ? task.op : task.kind,
    title,
    state,
    inputs: inputsOf(task),
    options: optionsOf(task),
    seed,
    createdAt,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(ahead === undefined ? {} : { ahead }),
    ...(progress === undefined ? {} : { progress }),
    works: [...works],
    report,
    ...(error === undefined ? {} : { error: errorView(error) }),
  };
}

function inputsOf(task: Task): string[] {
  if (task.kind === 'op') return [...task.inputs];
  return task.kind === 'create' && task.wish.plan ? [task.wish.plan] : [];
}

function optionsOf(task: Task): unknown {
  if (task.kind === 'op') return task.options;
  return task.kind === 'agent' ? { agent: task.agent } : task.wish;
}

/** An event as clients hear it; works have become cards. */
export async function eventView(event: DeskEvent, cards: Cards): Promise<SystemEvent> {
  switch (event.type) {
    case 'job-queued':
      return { ...event, view: jobView(event.view) };
    case 'job-work': {
      const [work] = await cards([event.work]);
      return { type: event.type, job: event.job, role: event.role, work: work! };
    }
    case 'job-end': {
      const { type, job, report, seed, cached } = event;
      return { type, job, works: await cards(event.works), report, seed, cached };
    }
    case 'job-error':
      return { ...event, error: errorView(event.error) };
    case 'works-changed':
      return { type: event.type, works: [...event.works] };
    default:
      return event;
  }
}

function errorView({ kind, code, message, hint, zh }: ErrorFacts): WireError {
  return zh === undefined ? { kind, code, message, hint } : { kind, code, message, hint, zh };
}
