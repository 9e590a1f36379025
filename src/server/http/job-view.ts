/** The desk's jobs and events in the words of the interface. */
import type { Job, SystemEvent } from '../../../sdk/src/api/index.ts';
import type { WireError } from '../../../sdk/src/protocol/index.ts';
import type { ErrorFacts } from '../../core/index.ts';
import type { DeskEvent, DeskView } from '../../kernel/index.ts';
import type { Cards } from './cards.ts';

/** A job as clients see it. */
export function jobView({ task, error, report, progress, ahead, ...job }: DeskView): Job {
  const { id, title, state, seed, createdAt, startedAt, endedAt, works } = job;
  return {
    id,
    op: task.kind === 'op' ? task.op : task.kind,
    title,
    state,
    inputs:
      task.kind === 'op'
        ? [...task.inputs]
        : task.wish && 'plan' in task.wish && task.wish.plan
          ? [task.wish.plan]
          : [],
    options: task.kind === 'op' ? task.options : task.wish,
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
