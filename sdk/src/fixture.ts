/** For tests: a server in the same process that answers from a script, and works to answer with. */
import type { LLMAgentError } from './error.ts';
import type { ClientMessage } from './protocol/messages.ts';
import { PROTOCOL } from './protocol/words.ts';
import type { Work } from './protocol/work.ts';
import type { OpenTransport, TransportListener } from './transport.ts';

/** A server end: what came in, and a way to answer. */
export interface ScriptedServer {
  readonly open: OpenTransport;
  readonly received: ClientMessage[];
  /** Whether the client said that somebody waits. */
  holding(): boolean;
  answer(message: unknown): void;
  /** Ends the connection from the server's side. */
  die(why: LLMAgentError): void;
  opened(): number;
}

/** `react` sees every message; it answers through `answer`. What no script answers stays unanswered. */
export function scriptServer(
  react: (message: ClientMessage, answer: (message: unknown) => void) => void,
  protocol = PROTOCOL,
): ScriptedServer {
  const received: ClientMessage[] = [];
  let listener: TransportListener | undefined;
  let holding = false;
  let opened = 0;
  // Through JSON, as on a real wire.
  const answer = (message: unknown): void => listener?.message(JSON.parse(JSON.stringify(message)));
  const open: OpenTransport = (next) => {
    listener = next;
    opened += 1;
    queueMicrotask(() => answer({ hello: { protocol, version: '0.0.0' } }));
    return {
      send: (message) => {
        received.push(message);
        queueMicrotask(() => react(message, answer));
      },
      hold: (waiting) => {
        holding = waiting;
      },
      close: async () => next.closed(undefined),
    };
  };
  return {
    open,
    received,
    answer,
    holding: () => holding,
    opened: () => opened,
    die: (why) => listener?.closed(why),
  };
}

/** A work of the medium `verse`. */
export function verseWork(change: Partial<Work> = {}): Work {
  return {
    id: '0123456789abcdef',
    medium: 'verse',
    title: '夜望',
    text: '一二三四五，六七八九十。',
    lines: ['一二三四五', '六七八九十'],
    form: '五绝',
    rhymeBook: '平水韵',
    seed: 7,
    model: { name: 'verse-zh', digest: 'd', engine: 'e' },
    op: 'verse/compose',
    parents: [],
    content: 'c',
    createdAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}
