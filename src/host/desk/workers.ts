/**
 * Worker processes: each opens the same home and does one thing at a time, so that whoever serves the artist never waits.
 *
 *   desk ─▶ { task } ─▶ worker ─▶ { event } … { done } or { failed }
 *   door ─▶ { errand } ─▶         { done } or { failed }
 *        ─▶ { cancel }            its end without a word: the task failed, another worker takes its place
 *                                 { state }, whenever the models that it has open have changed
 *
 * Tasks have as many places as the desk lets run at once; errands have a few of their own, and never wait for a task.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { guardVariable, PRELOAD } from '../../guard/index.ts';
import type { TaskResult, TaskRunner } from '../../kernel/index.ts';
import { type ErrandAnswer, type ErrandRunner, patienceWith } from '../errand.ts';
import type { ProcessView, WorkerState } from '../process-view.ts';
import { createErrandQueue } from './errand-queue.ts';
import type { GoingErrand } from './long-errands.ts';
import { talk } from './talk.ts';
import type { FromWorker, ToWorker } from './words.ts';

/** What a worker needs to open the same system. */
export interface WorkerHome {
  readonly home: string;
  readonly modelFolders?: readonly string[] | undefined;
}

/** Worker processes, for tasks and errands. */
export interface Workers extends TaskRunner, ErrandRunner {
  processes(): readonly ProcessView[];
  /** Errands that somebody is on. */
  going(): readonly GoingErrand[];
}

/** From asking a worker to stop its task until it is killed, in milliseconds: a wish to stop is fulfilled within a second. */
const GRACE = 400;

/** A worker without work gives its models' memory back after so long, in milliseconds; sooner when there are more than places. */
const IDLE = 10 * 60_000;
const SPARE = 60_000;

/** Places for errands that are quick: one may be slow after all. */
const QUICK = 2;

const PROGRAM = new URL('./worker.ts', import.meta.url);

interface Member {
  readonly child: ChildProcess;
  state: WorkerState;
  doing: string | null;
  since: number;
  rest?: NodeJS.Timeout;
}

/** A runner with so many places for tasks; a process is started when it is first needed and kept for what comes next. */
export function createWorkers(where: WorkerHome, places: number, program: URL = PROGRAM): Workers {
  const crew = new Set<Member>();
  const hireOne = (): Member => {
    const child = hire(program, where);
    const member: Member = { child, state: { open: [], memory: 0 }, doing: null, since: Date.now() };
    const forget = (): void => {
      crew.delete(member);
      clearTimeout(member.rest);
    };
    // Whoever talks to it hears of its end too; one without work is missed by nobody.
    child.once('exit', forget).on('error', forget);
    child.on('message', (message: FromWorker) => {
      if ('state' in message) member.state = message.state;
    });
    crew.add(member);
    return member;
  };
  const take = (doing: string): Member => {
    // The latest to end has the most in memory that the next may need.
    const free = [...crew].filter((one) => one.doing === null && one.child.connected);
    const member = free.sort((a, b) => b.since - a.since)[0] ?? hireOne();
    clearTimeout(member.rest);
    Object.assign(member, { doing, since: Date.now() });
    return member;
  };
  const release = (member: Member): void => {
    Object.assign(member, { doing: null, since: Date.now() });
    member.rest = setTimeout(() => void end(member.child), crew.size > places ? SPARE : IDLE).unref();
  };
  const long = Math.max(1, Math.floor(places / 2));
  const errands = createErrandQueue({ all: long + QUICK, long }, (errand) => {
    const member = take(errand.errand);
    const grace = patienceWith(errand);
    return talk<ErrandAnswer>(member.child, { errand }, { release: () => release(member), grace });
  });
  return {
    places,
    warm: () => {
      if (crew.size === 0) release(hireOne());
    },
    start: (task, seed, emit) => {
      const member = take(task.kind === 'op' ? task.op : task.kind);
      const order: ToWorker = { task, seed };
      const how = { emit, release: () => release(member), grace: GRACE };
      const { answer, cancel } = talk<TaskResult>(member.child, order, how);
      return { result: answer, cancel };
    },
    send: errands.send,
    going: errands.going,
    processes: () =>
      [...crew].map(({ child, state, doing, since }) => ({ pid: child.pid ?? 0, doing, since, ...state })),
    [Symbol.asyncDispose]: async () => {
      errands.close();
      await Promise.all([...crew].map(({ child }) => end(child)));
    },
  };
}

function hire(program: URL, where: WorkerHome): ChildProcess {
  return fork(program, [JSON.stringify(where)], {
    serialization: 'advanced',
    execArgv: ['--require', PRELOAD, '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, LLMAGENTOS_GUARD: guardVariable(where.home) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(timer);
}
