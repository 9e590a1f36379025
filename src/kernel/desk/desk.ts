/**
 * The desk: where doors that do not wait hand in what they want done.
 *
 *   submit ─▶ kept on disk ─▶ queue ─▶ a worker ─▶ events, works ─▶ kept on disk
 *
 * What was acknowledged is done, whatever happens: a task that waited or ran when its process died waits again after the next
 * start. A task may run twice; its works are committed once.
 */
import type { ErrorFacts, Json } from '../../core/index.ts';
import type { AgentControl, AgentState, AgentWish } from '../agent/index.ts';
import type { Bilingual } from '../plan.ts';
import type { Progress } from '../progress.ts';
import type { Work } from '../work.ts';

/** One op. */
export interface OpTask {
  readonly kind: 'op';
  readonly op: string;
  readonly inputs: readonly string[];
  readonly options: Json;
  readonly fresh: boolean;
}

/** The arts that belong together in a `create`. */
export type Art = 'poem' | 'picture' | 'tune';

/** What is to be made together: from a brief, or from a plan as it is. */
export interface CreateWish {
  readonly brief?: string | undefined;
  /** Id of a plan. */
  readonly plan?: string | undefined;
  /** A model that is spoken to, which fills the plan; default: the one the artist prefers for that, else rules alone. */
  readonly director?: string | undefined;
  /** Default: what the brief asks for, or all three. */
  readonly arts?: readonly Art[] | undefined;
  /** Candidates of each art; default 1. */
  readonly count?: number | undefined;
  readonly poem?: Readonly<Record<string, unknown>> | undefined;
  readonly picture?: Readonly<Record<string, unknown>> | undefined;
  readonly tune?: Readonly<Record<string, unknown>> | undefined;
}

export interface CreateTask {
  readonly kind: 'create';
  readonly wish: CreateWish;
}

/** What is to be learned from brought files, or from a folder of this machine. */
export interface TrainWish {
  readonly name: string;
  /** Ids of brought files. */
  readonly files?: readonly string[] | undefined;
  /** Absolute path. */
  readonly folder?: string | undefined;
  /** Default: what most of the files are. */
  readonly kind?: 'text' | 'music' | undefined;
  readonly base?: string | undefined;
  readonly method?: 'full' | 'lora' | undefined;
  readonly epochs?: number | undefined;
  readonly steps?: number | undefined;
  readonly script?: string | undefined;
  readonly style?: string | undefined;
  readonly licence?: string | undefined;
  readonly replace?: boolean | undefined;
}

export interface TrainTask {
  readonly kind: 'train';
  readonly wish: TrainWish;
}

/** An agent that is kept already goes on, until it ends or needs the artist. */
export interface AgentRunTask {
  readonly kind: 'agent';
  /** Its id. */
  readonly agent: string;
}

export type Task = OpTask | CreateTask | TrainTask | AgentRunTask;

export type DeskState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'lost';

/** A task at the desk, as it is kept. */
export interface DeskJob {
  readonly id: string;
  readonly task: Task;
  /** For people. */
  readonly title: Bilingual;
  readonly state: DeskState;
  /** Fixed when it was handed in, so that it makes the same works whenever it runs. */
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Ids of the works it made. */
  readonly works: readonly string[];
  readonly report: Json;
  readonly error?: ErrorFacts;
}

/** As people see it: with what only the running desk knows. */
export interface DeskView extends Omit<DeskJob, 'seed'> {
  /** Null where it was not kept: a job of a command. */
  readonly seed: number | null;
  /** How many wait before it. */
  readonly ahead?: number;
  readonly progress?: Progress;
}

/** What a worker tells of its task. */
export type TaskEvent =
  | { readonly type: 'job-start'; readonly op: string; readonly seed: number; readonly cached: boolean }
  | ({ readonly type: 'job-progress' } & Progress)
  | {
      readonly type: 'job-preview';
      readonly op: string;
      readonly candidate?: number;
      readonly text?: string;
      readonly data?: Json;
    }
  /** `role`: plan, poem, picture, tune; for training and agents, the medium. */
  | { readonly type: 'job-work'; readonly role: string; readonly work: Work };

/** What a finished task leaves. */
export interface TaskResult {
  readonly works: readonly Work[];
  readonly report: Json;
  readonly cached: boolean;
}

/** A task that is being done. */
export interface RunningTask {
  readonly result: Promise<TaskResult>;
  cancel(): void;
}

/** Where tasks are done. */
export interface TaskRunner extends AsyncDisposable {
  /** How many tasks it does at once. */
  readonly places: number;
  start(task: Task, seed: number, emit: (event: TaskEvent) => void): RunningTask;
  /** Gets ready for a task that may come soon. */
  warm?(): void;
}

/** One thing that happened at the desk. */
export type DeskEvent =
  | { readonly type: 'job-queued'; readonly job: string; readonly view: DeskView }
  | (TaskEvent & { readonly job: string })
  | {
      readonly type: 'job-end';
      readonly job: string;
      readonly works: readonly Work[];
      readonly report: Json;
      readonly seed: number;
      readonly cached: boolean;
    }
  | { readonly type: 'job-error'; readonly job: string; readonly error: ErrorFacts }
  /** Works changed, here or in another process; empty: which ones is not known. */
  | { readonly type: 'works-changed'; readonly works: readonly string[] }
  /** What was missed is no longer known. */
  | { readonly type: 'reset' };

/** An event and its number; numbers grow by time, also from one start of the system to the next. */
export interface NumberedEvent {
  readonly id: number;
  readonly event: DeskEvent;
}

/** How events are listened to. */
export interface ListenOptions {
  /** Only what came after this number; `oldest`: all that is remembered; default: from now on. */
  readonly after?: number | 'oldest' | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is asked of an op. */
export interface Submission {
  readonly op: string;
  readonly inputs?: readonly string[] | undefined;
  readonly options?: unknown;
  readonly seed?: number | undefined;
  readonly fresh?: boolean | undefined;
}

export interface Desk extends AsyncDisposable {
  /** Checks and keeps the task, then answers. Throws `kernel/unknown-op`, `kernel/bad-options`, `kernel/bad-inputs`, `storage/work-missing`. */
  submit(submission: Submission): Promise<DeskView>;
  /** A brief becomes a plan, a poem, a picture and a tune. Throws `host/empty-brief`. */
  create(wish: CreateWish, seed?: number): Promise<DeskView>;
  /** An artist's own files become a model. Throws `host/nothing-to-learn-from`. */
  train(wish: TrainWish, seed?: number): Promise<DeskView>;
  /** A new agent, and the job that runs it. Throws what `Agents.create` throws. */
  startAgent(wish: AgentWish): Promise<{ readonly agent: AgentState; readonly job: DeskView }>;
  /** The artist's hand on an agent; one that may go on is run again. Throws `agent/missing`, `agent/not-now`. */
  leadAgent(id: string, control: AgentControl): Promise<AgentState>;
  /** The job in which an agent waits for its turn or runs, by the agent's id. */
  jobOfAgent(id: string): DeskView | undefined;
  find(id: string): Promise<DeskView | undefined>;
  /** Newest first; `limit` default 50. */
  list(query?: {
    readonly state?: DeskState | undefined;
    readonly limit?: number | undefined;
  }): Promise<readonly DeskView[]>;
  /** The job as it then stands; one that has ended stays as it ended. Throws `host/job-missing`, `host/job-elsewhere`. */
  cancel(id: string): Promise<DeskView>;
  /** How many wait, run, and can run at once. */
  load(): { readonly queued: number; readonly running: number; readonly workers: number };
  events(options?: ListenOptions): AsyncIterable<NumberedEvent>;
  /** Gets a worker ready, so that the first task need not wait for one; for when somebody is about to ask. */
  warm(): void;
  /** Says that works changed, to all who listen. */
  worksChanged(works: readonly string[]): void;
}
