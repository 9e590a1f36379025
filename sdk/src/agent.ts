/**
 * The client of LLMAgentOS.
 *
 *   const agent = new LLMAgent();
 *   const poem = await agent.generateText('写一首关于星空的诗', { maxLength: 100 });
 *   console.log(`${poem}`, poem.work.proof?.valid);
 *
 * The system is started on the first request and runs on this machine; nothing leaves it. An agent that nobody waits for
 * does not keep a program running.
 */
import { Connection } from './connection.ts';
import { badAnswerError, LLMAgentError } from './error.ts';
import type { WireEvent } from './protocol/events.ts';
import type { Params, Result } from './protocol/messages.ts';
import type { Work, WorkSummary } from './protocol/work.ts';
import { type StdioOptions, stdioTransport } from './stdio.ts';
import { createEventStream } from './stream.ts';
import { type TextOptions, type TextResult, type TextStream, textResult } from './text.ts';
import type { OpenTransport } from './transport.ts';

/** How an agent reaches the system. */
export interface LLMAgentOptions extends StdioOptions {
  /** Another way than a child process; `launcher` and `env` are then not used. */
  readonly transport?: OpenTransport | undefined;
}

/** What came of making a work again. */
export type Replay = Result<'works/replay'>;

interface Extras {
  readonly signal?: AbortSignal | undefined;
}

/** The works that were made before, on this machine. */
export interface Works {
  /** Newest first; 50 unless `limit` says otherwise. `before` is the id of a work: only older ones. */
  list(query?: Params<'works/list'> & Extras): Promise<readonly WorkSummary[]>;
  /** By id, or by its first digits. Rejects with `storage/work-missing`. */
  get(id: string, extras?: Extras): Promise<Work>;
}

/** Asks LLMAgentOS for works. Every rejection is an `LLMAgentError`. */
export class LLMAgent {
  readonly works: Works;
  readonly #connection: Connection;

  constructor(options: LLMAgentOptions = {}) {
    const connection = new Connection(options.transport ?? stdioTransport(options));
    this.#connection = connection;
    this.works = {
      list: async ({ signal, ...query } = {}) => (await connection.request('works/list', query, { signal })).works,
      get: async (id, { signal } = {}) => (await connection.request('works/get', { id }, { signal })).work,
    };
  }

  /** A brief, in Chinese or English, becomes a text: by default one classical Chinese poem with the proof of its form. */
  generateText(brief: string, options: TextOptions = {}): Promise<TextResult> {
    return this.#write(brief, options, () => undefined);
  }

  /** As `generateText`, with everything that happens on the way. It starts at once, whether or not somebody listens. */
  streamText(brief: string, options: TextOptions = {}): TextStream {
    const stream = createEventStream();
    let told = false;
    const result = this.#write(brief, options, (event) => {
      if (event.type !== 'job-error') return stream.push(event);
      told = true;
      stream.push({ ...event, error: new LLMAgentError(event.error) });
    });
    result
      .catch((error: LLMAgentError) => {
        if (!told) stream.push({ type: 'job-error', job: null, error });
      })
      .finally(() => stream.end());
    return { [Symbol.asyncIterator]: () => stream.events[Symbol.asyncIterator](), result };
  }

  /** Makes a work again from its record and compares. Rejects with `kernel/model-changed` and the like when it cannot. */
  replay(id: string, { signal }: Extras = {}): Promise<Replay> {
    return this.#connection.request('works/replay', { id }, { signal });
  }

  /** Ends the connection; what still runs is cancelled. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #write(brief: string, options: TextOptions, onEvent: (event: WireEvent) => void): Promise<TextResult> {
    const { signal, ...wire } = options;
    const { works } = await this.#connection.request('text/write', { brief, options: wire }, { signal, onEvent });
    if (works.length === 0) throw badAnswerError('no work came back');
    return textResult(works);
  }
}
