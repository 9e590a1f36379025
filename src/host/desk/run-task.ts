/** What a worker does with a task: runs its ops one after another and tells of everything that happens. */
import type { Json } from '../../core/index.ts';
import type { JobEvent, JobResult, JobRun, Task, TaskEvent, TaskResult, TrainWish, Work } from '../../kernel/index.ts';
import { createTogether } from '../create-together.ts';
import type { Os } from '../os.ts';
import { createStep, layBroughtFiles, learnOwnWork } from '../own-work/index.ts';
import { OF_A_TASK } from './other-jobs.ts';
import { runKeptAgent } from './run-agent-task.ts';

/** How a task is seeded, stopped and heard. */
export interface TaskContext {
  readonly seed: number;
  readonly signal: AbortSignal;
  emit(event: TaskEvent): void;
}

/** Runs a task to its end. Rejects with what went wrong. */
export function runTask(house: Os, task: Task, context: TaskContext): Promise<TaskResult> {
  const os: Os = { ...house, run: (request) => house.run({ ...request, within: OF_A_TASK }) };
  switch (task.kind) {
    case 'op':
      return runOne(os, task, context);
    case 'create':
      return runTogether(os, task.wish, context);
    case 'train':
      return runTraining(os, task.wish, context);
    case 'agent':
      return runKeptAgent(os, task.agent, {
        ...context,
        follow: (run, op) => follow(run, op, { ...context, emit: onlyPreviews(context.emit) }),
      });
  }
}

async function runOne(
  os: Os,
  { op, inputs, options, fresh }: Extract<Task, { kind: 'op' }>,
  context: TaskContext,
): Promise<TaskResult> {
  const { seed, signal } = context;
  const { works, report, cached } = await follow(os.run({ op, inputs, options, seed, fresh, signal }), op, context);
  return { works, report, cached };
}

async function runTogether(
  os: Os,
  wish: Extract<Task, { kind: 'create' }>['wish'],
  context: TaskContext,
): Promise<TaskResult> {
  const works: Work[] = [];
  const { emit, seed, signal } = context;
  emit({ type: 'job-start', op: 'create', seed, cached: false });
  for await (const { role, run } of createTogether(os, wish, { seed, signal })) {
    const result = await follow(run, role, { ...context, emit: withoutStart(emit) });
    for (const work of result.works) emit({ type: 'job-work', role, work });
    works.push(...result.works);
  }
  return { works, report: null, cached: false };
}

async function runTraining(os: Os, wish: TrainWish, context: TaskContext): Promise<TaskResult> {
  const { emit, seed, signal } = context;
  emit({ type: 'job-start', op: 'train', seed, cached: false });
  const laid = wish.files
    ? await layBroughtFiles(os, wish.files)
    : { folder: wish.folder ?? '', kind: 'text' as const };
  const works: Work[] = [];
  const step = createStep(os, {
    seed,
    signal,
    follow: (run, op) => follow(run, op, { ...context, emit: withoutStart(emit) }),
    onDone: ({ work }) => {
      works.push(work);
      emit({ type: 'job-work', role: work.medium, work });
    },
  });
  const { evaluation } = await learnOwnWork(step, {
    ...wish,
    kind: wish.kind ?? laid.kind,
    from: { folder: laid.folder },
    seed,
  });
  return { works, report: { name: wish.name, evaluation: evaluation as Json }, cached: false };
}

/** Passes a run's events on, and waits for its end. */
async function follow(run: JobRun, op: string, { emit }: TaskContext): Promise<JobResult> {
  for await (const event of run) {
    const told = toTaskEvent(event, op);
    if (told) emit(told);
  }
  return run.result;
}

/** The start is told once for the whole task. */
function withoutStart(emit: (event: TaskEvent) => void): (event: TaskEvent) => void {
  return (event) => {
    if (event.type !== 'job-start') emit(event);
  };
}

/** How far one op is says nothing of how far the agent is. */
function onlyPreviews(emit: (event: TaskEvent) => void): (event: TaskEvent) => void {
  return (event) => {
    if (event.type === 'job-preview') emit(event);
  };
}

function toTaskEvent(event: JobEvent, op: string): TaskEvent | undefined {
  switch (event.type) {
    case 'job-start':
      return { type: 'job-start', op, seed: event.seed, cached: event.cached };
    case 'job-progress': {
      const { job: _, ...progress } = event;
      return progress;
    }
    case 'job-preview': {
      const { job: _, ...preview } = event;
      return { ...preview, op };
    }
    default:
      return undefined;
  }
}
