/** What a command is given of the outside world, and what it answers. */
import type { Os } from '../host/index.ts';
import type { Language } from './language.ts';
import type { Say } from './messages.ts';
import type { Ink } from './terminal/ink.ts';
import type { Live } from './terminal/live.ts';

/** The streams and surroundings of one run; tests pass their own. */
export interface World {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean; destroy?(): unknown };
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Reaches out to addresses that the artist names. Default: the system's own. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface OutStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command answers: data for programs, lines for people. */
export interface Reply {
  /** Absent where the conversation was the answer. */
  readonly json?: object;
  readonly lines: readonly string[];
  /** 0 unless told otherwise. */
  readonly exitCode?: number;
}

export interface Door {
  readonly world: World;
  readonly json: boolean;
  readonly language: Language;
  readonly say: Say;
  /** Ink for standard output. */
  readonly ink: Ink;
  /** Columns of the terminal, 80 where there is none, 100 at most. */
  readonly columns: number;
  readonly live: Live;
  /** Changes the language, unless `--lang` settled it. */
  speak(language: Language | undefined): void;
  /** The operating system, opened on first use and closed when the command ends. */
  os(): Promise<Os>;
}

/** Takes what a command is about to do; the runner does it after parsing. */
export type Answer = (work: () => Promise<Reply>) => void;
