/**
 * The desk over a store and a runner:
 *
 *   submit ─▶ store ─▶ [ queue ] ─▶ runner, as many at once as it has places ─▶ store ─▶ events
 *
 * One desk serves a process; tasks that a dead process left are adopted when it opens. The jobs of
 * commands, which run in processes of their own, stand in the same list.
 */
import { cancelled, type ErrorFacts, type Json, type OsError, toOsError } from '../../core/index.ts';
import {
  type AgentControl,
  type AgentState,
  type AgentWish,
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
import type { Agents } from '../agents/index.ts';
import { wishedOptions } from '../create-together.ts';
import { type GoingErrand, type PassingJobs, withLongErrands } from './long-errands.ts';
import type { OtherJobs } from './other-jobs.ts';
import { deskClosed, jobElsewhere, jobMissing, refuseEmpty, refuseNothing } from './refusals.ts';
import { type Changes, watchChanges } from './watch-changes.ts';

/** What the desk needs of the house. */
export interface DeskParts {
  readonly store: DeskStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly runner: TaskRunner & { going?(): readonly GoingErrand[] };
  /** Refuses a request that no worker could run; answers what the op does, for people. */
  check(submission: Submission): Promise<{ readonly summary: Bilingual }>;
  /** Refuses options that an op cannot work with. */
  checkOptions(op: string, options: unknown): void;
  readonly agents: Pick<Agents, 'create' | 'control' | 'get'>;
  readonly changes: Changes;
  /** Jobs that no desk knows of: those of commands. */
  readonly others: OtherJobs;
}

/** A job that waits or runs. */
interface Open {
  readonly job: DeskJob;
  running?: RunningTask;
  progress?: Progress;
  /** Ids of the works so far. */
  readonly works: string[];
  cancelled: boolean;
}

/** The same for all, so that training, asked for again after a stop, goes on. */
const USUAL_SEED = 1;

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
  readonly #watch: Disposable;
  readonly #passing: PassingJobs;
  #running = 0;
  /** How many run of each kind that takes long. */
  readonly #long = { train: 0, agent: 0 };
  #closed = false;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#passing = withLongErrands(parts.others, () => parts.runner.going?.() ?? [], parts.clock);
    this.#ring = createEventRing(parts.clock.now());
    this.#watch = watchChanges(parts.changes, {
      quiet: () => this.#running === 0,
      onWorks: (works) => this.worksChanged(works),
      onOther: () => this.#heedOthers(),
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
    for (const [op, options] of wishedOptions(wish)) this.#parts.checkOptions(op, options);
    const title = wish.brief ?? wish.plan!;
    return this.#keep({ kind: 'create', wish }, { en: title, zh: title }, seed);
  }

  async train(wish: TrainWish, seed = USUAL_SEED): Promise<DeskView> {
    refuseNothing(wish);
    return this.#keep({ kind: 'train', wish }, { en: `Training ${wish.name}`, zh: `训练 ${wish.name}` }, seed);
  }

  async startAgent(wish: AgentWish): Promise<{ readonly agent: AgentState; readonly job: DeskView }> {
    if (this.#closed) throw deskClosed();
    const agent = await this.#parts.agents.create(wish);
    return { agent, job: await this.#runAgent(agent) };
  }

  async leadAgent(id: string, control: AgentControl): Promise<AgentState> {
    const before = await this.#parts.agents.get(id);
    const after = await this.#parts.agents.control(before.id, control);
    const mayGoOn = control.do === 'resume' || before.phase !== 'ready';
    // One that is being run is looked at again when that ends.
    if (mayGoOn && after.phase === 'ready' && !this.jobOfAgent(after.id)) await this.#runAgent(after);
    return after;
  }

  jobOfAgent(id: string): DeskView | undefined {
    const one = [...this.#open.values()].find(({ job: { task } }) => task.kind === 'agent' && task.agent === id);
    return one && this.#seen(one.job);
  }

  async find(id: string): Promise<DeskView | undefined> {
    const job = await this.#parts.store.find(id);
    return job ? this.#seen(job) : this.#passing.find(id);
  }

  async list({ state, limit = 50 }: Parameters<Desk['list']>[0] = {}): Promise<readonly DeskView[]> {
    const own = (await this.#parts.store.list({ state, limit })).map((job) => this.#seen(job));
    const all = [...own, ...(await this.#passing.list({ state, limit }))];
    return all.sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0)).slice(0, limit);
  }

  async cancel(id: string): Promise<DeskView> {
    const passing = this.#passing.cancel(id);
    if (passing) return passing;
    const one = this.#open.get(id);
    const place = this.#queue.indexOf(id);
    if (one) one.cancelled = true;
    one?.running?.cancel();
    if (one && place >= 0) {
      this.#queue.splice(place, 1);
      await this.#fail(one, cancelled());
    }
    // A task of another process's desk: its desk sees the note.
    if (!one)
      await this.#parts.store.change(id, { state: 'cancelled', endedAt: this.#now(), error: factsOf(cancelled()) });
    const job = await this.find(id);
    if (!job) throw jobMissing(id);
    if (!one && job.state === 'running') throw jobElsewhere(id);
    return job;
  }

  load(): { readonly queued: number; readonly running: number; readonly workers: number } {
    return { queued: this.#queue.length, running: this.#running, workers: this.#parts.runner.places };
  }

  events(options?: ListenOptions): AsyncIterable<NumberedEvent> {
    return this.#ring.listen(options);
  }

  warm(): void {
    if (!this.#closed) this.#parts.runner.warm?.();
  }

  worksChanged(works: readonly string[]): void {
    this.#ring.push({ type: 'works-changed', works });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#watch[Symbol.dispose]();
    await this.#parts.runner[Symbol.asyncDispose]();
  }

  /** Puts a kept job into the queue. */
  take(job: DeskJob): DeskView {
    this.#open.set(job.id, { job, works: [], cancelled: false });
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

  #runAgent({ id, brief, seed }: AgentState): Promise<DeskView> {
    return this.#keep({ kind: 'agent', agent: id }, { en: brief, zh: brief }, seed);
  }

  /** The artist may have let an agent go on while its job was coming to its end. */
  async #goOn({ task }: DeskJob): Promise<void> {
    if (task.kind !== 'agent' || this.#closed || this.jobOfAgent(task.agent)) return;
    const agent = await this.#parts.agents.get(task.agent);
    if (agent.phase === 'ready') await this.#runAgent(agent);
  }

  #pump(): void {
    while (!this.#closed && this.#running < this.#parts.runner.places) {
      const place = this.#queue.findIndex((id) => this.#mayRun(this.#open.get(id)!.job.task));
      if (place < 0) return;
      const one = this.#open.get(this.#queue.splice(place, 1)[0]!)!;
      this.#start(one);
    }
  }

  /** Training takes hours, an agent minutes: where there are several places, neither takes them all, nor waits for the other. */
  #mayRun({ kind }: Task): boolean {
    return !isLong(kind) || this.#long[kind] < Math.max(1, this.#parts.runner.places - 1);
  }

  #start(one: Open): void {
    const { kind } = one.job.task;
    this.#running++;
    if (isLong(kind)) this.#long[kind]++;
    void this.#perform(one).finally(() => {
      this.#running--;
      if (isLong(kind)) this.#long[kind]--;
      this.#pump();
    });
  }

  async #perform(one: Open): Promise<void> {
    const { id, seed, task } = one.job;
    try {
      const claimed = await this.#parts.store.claim(id);
      if (!claimed) one.cancelled = true;
      if (one.cancelled || this.#closed) throw cancelled();
      one.running = this.#parts.runner.start(task, seed, (event) => this.#hear(one, event));
      await this.#end(one, await one.running.result);
    } catch (thrown) {
      // A desk that closes leaves its tasks for the next start.
      if (!this.#closed || one.cancelled) await this.#fail(one, toOsError(thrown));
    }
  }

  /** Another process may have cancelled what runs here. */
  async #heedOthers(): Promise<void> {
    for (const one of this.#open.values()) {
      if (!one.running || one.cancelled) continue;
      const kept = await this.#parts.store.find(one.job.id);
      if (kept?.state !== 'cancelled') continue;
      one.cancelled = true;
      one.running.cancel();
    }
  }

  #hear(one: Open, event: TaskEvent): void {
    if (event.type === 'job-progress') {
      const { type: _, ...progress } = event;
      one.progress = progress;
    }
    if (event.type === 'job-work') one.works.push(event.work.id);
    this.#ring.push({ ...event, job: one.job.id });
  }

  async #end(one: Open, { works, report, cached }: TaskResult): Promise<void> {
    const { id, seed } = one.job;
    const ids = works.map((work) => work.id);
    await this.#parts.store.change(id, { state: 'done', endedAt: this.#now(), works: ids, report });
    this.#open.delete(id);
    this.#ring.push({ type: 'job-end', job: id, works, report, seed, cached });
    await this.#goOn(one.job);
  }

  async #fail(one: Open, thrown: OsError): Promise<void> {
    const { id } = one.job;
    const error = factsOf(one.cancelled ? cancelled() : thrown);
    const state = error.kind === 'cancelled' ? 'cancelled' : 'failed';
    // The error is the thing to hear about, also when the disk cannot even take this note.
    await this.#parts.store.change(id, { state, endedAt: this.#now(), works: one.works, error }).catch(() => undefined);
    this.#open.delete(id);
    this.#ring.push({ type: 'job-error', job: id, error });
  }

  #seen(job: DeskJob): DeskView {
    const one = this.#open.get(job.id);
    if (!one) return job;
    const ahead = this.#queue.indexOf(job.id);
    const { works, progress } = one;
    return { ...job, works: [...works], ...(ahead >= 0 && { ahead }), ...(progress && { progress }) };
  }

  #now(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }
}

const isLong = (kind: Task['kind']): kind is 'train' | 'agent' => kind === 'train' || kind === 'agent';

function factsOf({ kind, code, message, hint, zh, details }: OsError): ErrorFacts {
  return { kind, code, message, hint, details, ...(zh && { zh }) };
}
