/**
 * The desk over a store and a runner:
 *
 *   submit ─▶ store ─▶ [ queue ] ─▶ runner, as many at once as it has places ─▶ store ─▶ events
 *
 * One desk serves a process; tasks that a dead process left are adopted when it opens. Nothing runs before `open`'s first task.
 */
import { cancelled, type ErrorFacts, type Json, OsError, toOsError } from '../../core/index.ts';
import {
  type Bilingual,
  type Clock,
  type CreateWish,
  createEventRing,
  type Desk,
  type DeskJob,
  type DeskStore,
  type DeskView,
  type EventRing,
  type Ids,
  type ListenOptions,
  type NumberedEvent,
  type Progress,
  type RunningTask,
  type Submission,
  type Task,
  type TaskEvent,
  type TaskResult,
  type TaskRunner,
  type TrainWish,
} from '../../kernel/index.ts';

/** What the desk needs of the house. */
export interface DeskParts {
  readonly store: DeskStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly runner: TaskRunner;
  /** Refuses a request that no worker could run; answers what the op does, for people. */
  check(submission: Submission): Promise<{ readonly summary: Bilingual }>;
  /** A number that changes whenever another process has written. */
  changesOfOthers(): number;
}

/** A job that waits or runs. */
interface Open {
  readonly job: DeskJob;
  running?: RunningTask;
  progress?: Progress;
  cancelled: boolean;
}

/** The same for all, so that training, asked for again after a stop, goes on. */
const USUAL_SEED = 1;

/** How often is looked for what other processes wrote, in milliseconds. */
const LOOK = 500;

/** Opens the desk and goes on with what was left. Throws what the store throws. */
export async function createDesk(parts: DeskParts): Promise<Desk> {
  const desk = new QueueDesk(parts);
  for (const job of await parts.store.adopt()) desk.take(job);
  return desk;
}

class QueueDesk implements Desk {
  readonly #parts: DeskParts;
  readonly #ring: EventRing;
  readonly #open = new Map<string, Open>();
  readonly #queue: string[] = [];
  readonly #look: NodeJS.Timeout;
  #running = 0;
  #closed = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#ring = createEventRing(parts.clock.now());
    this.#look = watchOthers(parts, () => {
      const quiet = this.#running === 0;
      if (quiet) this.worksChanged([]);
      return quiet;
    });
  }

  async submit(submission: Submission): Promise<DeskView> {
    const { summary } = await this.#parts.check(submission);
    const { op, inputs = [], options = {}, fresh = false, seed } = submission;
    return this.#keep({ kind: 'op', op, inputs, options: options as Json, fresh }, summary, seed);
  }

  async create(wish: CreateWish, seed?: number): Promise<DeskView> {
    refuseEmpty(wish);
    // Composing takes a plan: what it refuses is none.
    if (wish.plan !== undefined) await this.#parts.check({ op: 'verse/compose', inputs: [wish.plan] });
    const title = wish.brief ?? wish.plan!;
    return this.#keep({ kind: 'create', wish }, { en: title, zh: title }, seed);
  }

  async train(wish: TrainWish, seed = USUAL_SEED): Promise<DeskView> {
    refuseNothing(wish);
    return this.#keep({ kind: 'train', wish }, { en: `Training ${wish.name}`, zh: `训练 ${wish.name}` }, seed);
  }

  async find(id: string): Promise<DeskView | undefined> {
    const job = await this.#parts.store.find(id);
    return job && this.#seen(job);
  }

  async list({ state, limit = 50 }: Parameters<Desk['list']>[0] = {}): Promise<readonly DeskView[]> {
    return (await this.#parts.store.list({ state, limit })).map((job) => this.#seen(job));
  }

  async cancel(id: string): Promise<DeskView> {
    const one = this.#open.get(id);
    const place = this.#queue.indexOf(id);
    if (one) one.cancelled = true;
    one?.running?.cancel();
    if (one && place >= 0) {
      this.#queue.splice(place, 1);
      await this.#fail(one, cancelled());
    }
    const job = await this.find(id);
    if (!job) throw jobMissing(id);
    return job;
  }

  load(): { readonly queued: number; readonly running: number; readonly workers: number } {
    return { queued: this.#queue.length, running: this.#running, workers: this.#parts.runner.places };
  }

  events(options?: ListenOptions): AsyncIterable<NumberedEvent> {
    return this.#ring.listen(options);
  }

  worksChanged(works: readonly string[]): void {
    this.#ring.push({ type: 'works-changed', works });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearInterval(this.#look);
    await this.#parts.runner[Symbol.asyncDispose]();
  }

  /** Puts a kept job into the queue. */
  take(job: DeskJob): DeskView {
    this.#open.set(job.id, { job, cancelled: false });
    this.#queue.push(job.id);
    const view = { ...job, ahead: this.#queue.length - 1 };
    this.#ring.push({ type: 'job-queued', job: job.id, view });
    this.#pump();
    return view;
  }

  async #keep(task: Task, title: Bilingual, seed: number | undefined): Promise<DeskView> {
    if (this.#closed) throw deskClosed();
    const { store, ids } = this.#parts;
    const job: DeskJob = {
      id: ids.next(),
      task,
      title,
      state: 'queued',
      seed: seed ?? ids.seed(),
      createdAt: this.#now(),
      works: [],
      report: null,
    };
    await store.add(job);
    return this.take(job);
  }

  #pump(): void {
    while (!this.#closed && this.#running < this.#parts.runner.places && this.#queue.length > 0) {
      this.#running++;
      void this.#perform(this.#open.get(this.#queue.shift()!)!).finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }

  async #perform(one: Open): Promise<void> {
    const { id, seed, task } = one.job;
    try {
      await this.#parts.store.change(id, { state: 'running', startedAt: this.#now() });
      if (one.cancelled) throw cancelled();
      one.running = this.#parts.runner.start(task, seed, (event) => this.#hear(one, event));
      await this.#end(one, await one.running.result);
    } catch (thrown) {
      // A desk that closes leaves its tasks for the next start.
      if (!this.#closed || one.cancelled) await this.#fail(one, toOsError(thrown));
    }
  }

  #hear(one: Open, event: TaskEvent): void {
    if (event.type === 'job-progress') {
      const { type: _, ...progress } = event;
      one.progress = progress;
    }
    this.#ring.push({ ...event, job: one.job.id });
  }

  async #end(one: Open, { works, report, cached }: TaskResult): Promise<void> {
    const { id, seed } = one.job;
    const ids = works.map((work) => work.id);
    await this.#parts.store.change(id, { state: 'done', endedAt: this.#now(), works: ids, report });
    this.#open.delete(id);
    this.#ring.push({ type: 'job-end', job: id, works, report, seed, cached });
  }

  async #fail(one: Open, thrown: OsError): Promise<void> {
    const { id } = one.job;
    const error = factsOf(one.cancelled ? cancelled() : thrown);
    const state = error.kind === 'cancelled' ? 'cancelled' : 'failed';
    // The error is the thing to hear about, also when the disk cannot even take this note.
    await this.#parts.store.change(id, { state, endedAt: this.#now(), error }).catch(() => undefined);
    this.#open.delete(id);
    this.#ring.push({ type: 'job-error', job: id, error });
  }

  #seen(job: DeskJob): DeskView {
    const one = this.#open.get(job.id);
    if (!one) return job;
    const ahead = this.#queue.indexOf(job.id);
    return { ...job, ...(ahead >= 0 && { ahead }), ...(one.progress && { progress: one.progress }) };
  }

  #now(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }
}

/** Tells of what other processes wrote; keeps it for later while `tell` answers false. */
function watchOthers({ changesOfOthers }: DeskParts, tell: () => boolean): NodeJS.Timeout {
  let known = changesOfOthers();
  return setInterval(() => {
    const number = changesOfOthers();
    if (number !== known && tell()) known = number;
  }, LOOK).unref();
}

function factsOf({ kind, code, message, hint, zh, details }: OsError): ErrorFacts {
  return { kind, code, message, hint, details, ...(zh && { zh }) };
}

function refuseEmpty({ brief, plan }: CreateWish): void {
  if (plan !== undefined || (brief ?? '').trim() !== '') return;
  throw new OsError({
    kind: 'input',
    code: 'host/empty-brief',
    message: 'The brief is empty.',
    hint: 'Say in one sentence what you would like.',
    zh: { message: '没有说要创作什么。', hint: '请用一句话说出你想要的。' },
  });
}

function refuseNothing(wish: TrainWish): void {
  if ((wish.files?.length ?? 0) > 0 || wish.folder) return;
  throw new OsError({
    kind: 'input',
    code: 'host/nothing-to-learn-from',
    message: 'No files were given to learn from.',
    hint: 'Bring your texts or tunes first, or name a folder.',
    zh: { message: '没有给出可学习的文件。', hint: '请先带入文字或曲谱，或指明文件夹。' },
  });
}

function jobMissing(id: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'host/job-missing',
    message: `There is no job '${id}'.`,
    hint: 'List the jobs to see those there are.',
    zh: { message: `没有任务“${id}”。`, hint: '请列出任务，查看现有的。' },
  });
}

function deskClosed(): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'host/closing',
    message: 'The system is closing.',
    hint: 'Start it again with npm start, and ask once more.',
    zh: { message: '系统正在关闭。', hint: '请用 npm start 重新启动，再试一次。' },
  });
}
