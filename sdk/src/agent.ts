/**
 * The client of LLMAgentOS.
 *
 *   const agent = new LLMAgent();
 *   const poem = await agent.generateText('写一首关于星空的诗', { maxLength: 100 });
 *   console.log(`${poem}`, poem.work.proof?.valid);
 *
 * In Node it finds the system that runs on this machine, or starts one that ends with the program. Elsewhere, say where it
 * is: `new LLMAgent({ url, key })`. Nothing leaves the machine. An agent that nobody waits for does not keep a program running.
 */
import type { Answer, Job, WorkCard, WorkPage } from './api/index.ts';
import { badAnswerError, closedError, LLMAgentError } from './error.ts';
import { type Client, createClient } from './http/index.ts';
import { canFindServer, type NodeOptions, type Reached, reachServer } from './node-server.ts';
import {
  type AgentOptions,
  type AgentResult,
  type ArtOptions,
  type ArtResult,
  artResult,
  type CreateOptions,
  type Creation,
  type CreationStream,
  creationOf,
  type Extras,
  type TextOptions,
  type TextResult,
  type TextStream,
  textResult,
} from './results.ts';
import { type JobOutcome, type RunningJob, runJob } from './run-job.ts';
import { type TrainFiles, type TrainOptions, type TrainResult, trainOn } from './train.ts';

/** How an agent reaches the system. */
export interface LLMAgentOptions extends NodeOptions {
  /** Address of a running system; with its `key`. Default, in Node: found or started. */
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** What came of making a work again. */
export type Replay = Answer<'replay'>;

/** Which works to list. */
export type WorksQuery = NonNullable<Parameters<Client['works']>[0]> & Extras;

/** The works that were made before, on this machine. */
export interface Works {
  /** Newest first; 50 unless `limit` says otherwise. `before` is the id of a work: only older ones. */
  list(query?: WorksQuery): Promise<readonly WorkCard[]>;
  /** By id, or by its first digits. Rejects with `storage/work-missing`. */
  get(id: string, extras?: Extras): Promise<WorkPage>;
}

/** Asks LLMAgentOS for works. Every rejection is an `LLMAgentError`. */
export class LLMAgent {
  readonly works: Works;
  readonly #options: LLMAgentOptions;
  readonly #open = new AbortController();
  #reached: Promise<Reached> | undefined;

  constructor(options: LLMAgentOptions = {}) {
    this.#options = options;
    this.works = {
      list: async ({ signal, ...query } = {}) => (await this.#ask((client) => client.works(query, { signal }))).works,
      get: (id, { signal } = {}) => this.#ask((client) => client.work(id, { signal })),
    };
  }

  /** A brief, in Chinese or English, becomes a text: by default one classical Chinese poem with the proof of its form. */
  generateText(brief: string, options: TextOptions = {}): Promise<TextResult> {
    return this.streamText(brief, options).result;
  }

  /** As `generateText`, with everything that happens on the way. It starts at once, whether or not somebody listens. */
  streamText(brief: string, { signal, seed, count, ...poem }: TextOptions = {}): TextStream {
    return this.#run({
      signal,
      submit: (client) => client.createJob({ brief, arts: ['poem'], seed, count, poem }),
      finish: async (outcome, client) => textResult(await pagesOf(client, outcome, 'poem')),
    });
  }

  /** A brief becomes a picture; `options` besides `seed`, `count` and `signal` are those of `image/paint`. */
  generateImage(brief: string, options: ArtOptions = {}): Promise<ArtResult> {
    return this.#make('picture', brief, options);
  }

  /** A brief becomes a piece of music; `options` besides `seed`, `count` and `signal` are those of `music/compose`. */
  composeMusic(brief: string, options: ArtOptions = {}): Promise<ArtResult> {
    return this.#make('tune', brief, options);
  }

  /** A brief becomes a plan, a poem, a picture and a tune that belong together, arriving as they are made. */
  create(brief: string | undefined, { signal, ...options }: CreateOptions = {}): CreationStream {
    return this.#run<Creation>({
      signal,
      submit: (client) => client.createJob({ ...options, brief }),
      finish: async ({ works, roles }) => creationOf(works, roles),
    });
  }

  /** An artist's own files become a model: files are sent; a folder must lie on the machine of the system. */
  train(files: TrainFiles, { signal, ...options }: TrainOptions): RunningJob<TrainResult> {
    return this.#run<TrainResult>({
      signal,
      submit: (client) => trainOn(client, files, { ...options, signal }),
      finish: async ({ works, report }) => ({ name: options.name, works, report }),
    });
  }

  /**
   * Gives a brief to an agent that plans, uses the studios, looks at what comes and improves it. The job ends when the agent
   * has ended or needs the artist; the plain client (`controlAgent`) leads it and lets it go on.
   */
  runAgent(brief: string, { signal, ...options }: AgentOptions = {}): RunningJob<AgentResult> {
    let id = '';
    return this.#run<AgentResult>({
      signal,
      submit: async (client) => {
        const { agent, job } = await client.startAgent({ ...options, brief });
        id = agent.id;
        return job;
      },
      finish: async ({ works }, client) => ({ agent: await client.agent(id), works }),
    });
  }

  /** Makes a work again from its record and compares. Rejects with `kernel/model-changed` and the like when it cannot. */
  replay(id: string, { signal }: Extras = {}): Promise<Replay> {
    return this.#ask((client) => client.replay(id, { signal }));
  }

  /** The plain client behind the agent, for everything else there is. */
  client(): Promise<Client> {
    return this.#ask(async (client) => client);
  }

  /** What still runs is cancelled; a system that was started for this agent ends. */
  async close(): Promise<void> {
    this.#open.abort(closedError());
    const reached = await this.#reached?.catch(() => undefined);
    this.#reached = undefined;
    await reached?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #make(role: 'picture' | 'tune', brief: string, { signal, seed, count, ...options }: ArtOptions): Promise<ArtResult> {
    return this.#run<ArtResult>({
      signal,
      submit: (client) => client.createJob({ brief, arts: [role], seed, count, [role]: options }),
      finish: async (outcome, client) => artResult(await pagesOf(client, outcome, role), client),
    }).result;
  }

  #run<Result>(ask: {
    readonly signal: AbortSignal | undefined;
    readonly submit: (client: Client) => Promise<Job>;
    readonly finish: (outcome: JobOutcome, client: Client) => Promise<Result>;
  }): RunningJob<Result> {
    const signals = [this.#open.signal, ...(ask.signal ? [ask.signal] : [])];
    const submit = () => this.#ask(async (client) => ({ client, job: await ask.submit(client) }));
    return runJob({ finish: ask.finish, submit, signal: AbortSignal.any(signals) });
  }

  /** A system that has ended since is looked for, or started, once more. */
  async #ask<T>(question: (client: Client) => Promise<T>): Promise<T> {
    const first = this.#reached;
    try {
      return await question(await this.#connect());
    } catch (thrown) {
      const lost = thrown instanceof LLMAgentError && thrown.code === 'sdk/unreachable';
      if (!lost || first === undefined || this.#options.url !== undefined) throw thrown;
      if (this.#reached === first) this.#reached = undefined;
      return question(await this.#connect());
    }
  }

  async #connect(): Promise<Client> {
    if (this.#open.signal.aborted) throw closedError();
    const { url, key, fetch } = this.#options;
    if (url !== undefined || !canFindServer()) return createClient({ baseUrl: url, key, fetch });
    this.#reached ??= reachServer(this.#options);
    const reached = await this.#reached.catch((thrown: unknown) => {
      this.#reached = undefined;
      throw thrown;
    });
    return createClient({ baseUrl: reached.url, key: reached.key, fetch });
  }
}

/** The works that play a part, with all that is known of them. */
async function pagesOf(client: Client, { works, roles }: JobOutcome, role: string): Promise<readonly WorkPage[]> {
  const wanted = works.filter(({ id }) => roles.get(id) === role);
  if (wanted.length === 0) throw badAnswerError('no work came back');
  return Promise.all(wanted.map(({ id }) => client.work(id)));
}
