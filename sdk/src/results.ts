/** What can be asked of the arts, and what comes back. */
import type { AgentView, CreateRequest, StartAgentRequest, WorkCard, WorkPage } from './api/index.ts';
import type { Client, Download } from './http/index.ts';
import type { WireTextOptions } from './protocol/index.ts';
import type { RunningJob } from './run-job.ts';

/** What every request takes. */
export interface Extras {
  /** Stops the work; the promise then rejects with an error of kind `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

/** What can be asked of a text; absent options are the system's to choose, or are read from the brief. */
export type TextOptions = Readonly<WireTextOptions> & Extras;

/** What can be asked of a picture or a piece of music. */
export interface ArtOptions extends Extras {
  /** The same seed gives the same work. */
  readonly seed?: number | undefined;
  /** How many to return; default 1. */
  readonly count?: number | undefined;
  /** Options of the op (`image/paint`, `music/compose`), as `/api/ops` describes them. */
  readonly [option: string]: unknown;
}

/** What can be asked of works that belong together. */
export type CreateOptions = Readonly<Omit<CreateRequest, 'brief'>> & Extras;

/** A finished text. Its string form is the text itself: `${result}`. */
export interface TextResult {
  /** The best work's words. */
  readonly text: string;
  /** The best work: id, lines, form, rhyme book, seed, model, proof, novelty … */
  readonly work: WorkPage;
  /** All works that were asked for (`count`), best first. */
  readonly works: readonly WorkPage[];
  toString(): string;
}

/** A finished picture or piece of music. */
export interface ArtResult {
  readonly work: WorkPage;
  readonly works: readonly WorkPage[];
  /** The work as a file: `png`, `svg` …; `midi`, `musicxml`, `wav` …; see `work.formats`. */
  file(format: string, settings?: object): Promise<Download>;
}

/** Works that belong together; those that were not asked for are absent. */
export interface Creation {
  readonly plan: WorkCard | undefined;
  readonly poem: WorkCard | undefined;
  readonly picture: WorkCard | undefined;
  readonly tune: WorkCard | undefined;
  /** All of them, candidates too, in the order they were made. */
  readonly works: readonly WorkCard[];
}

/** What can be asked of an agent: its role, model, budget … */
export type AgentOptions = Readonly<Omit<StartAgentRequest, 'brief'>> & Extras;

/** An agent that has ended, or needs the artist: see `agent.phase`, `agent.question`. */
export interface AgentResult {
  readonly agent: AgentView;
  /** What it made, oldest first. */
  readonly works: readonly WorkCard[];
}

/** A text while it is written. */
export type TextStream = RunningJob<TextResult>;

/** Works that belong together while they are made; `await` its `result`, or iterate. */
export type CreationStream = RunningJob<Creation>;

/** Puts texts, best first and at least one, into the shape of a result. */
export function textResult(works: readonly WorkPage[]): TextResult {
  const work = works[0]!;
  const result = { text: work.text, work, works };
  return Object.defineProperty(result, 'toString', { value: () => work.text, enumerable: false }) as TextResult;
}

/** The same for pictures and music. */
export function artResult(works: readonly WorkPage[], client: Client): ArtResult {
  const work = works[0]!;
  return { work, works, file: (format, settings) => client.export(work.id, format, settings) };
}

/** Sorts works by their parts; the first of each part stands for it. */
export function creationOf(works: readonly WorkCard[], roles: ReadonlyMap<string, string>): Creation {
  const first = (role: string): WorkCard | undefined => works.find(({ id }) => roles.get(id) === role);
  return { plan: first('plan'), poem: first('poem'), picture: first('picture'), tune: first('tune'), works };
}
