/** Whatever goes wrong on the line, in the words of engine faults; what an artist or the way out decided passes as it is. */
import { cancelled, OsError } from '../../../core/index.ts';
import { type EngineFault, engineFault } from '../../../kernel/index.ts';
import table from './fault-words.json' with { type: 'json' };

const WORDS = table.words.map(({ fault, pattern }) => ({
  fault: fault as EngineFault,
  pattern: new RegExp(pattern, 'i'),
}));
const STATUSES = new Map(Object.entries(table.statuses as Record<string, EngineFault>));

/** What a server said when it refused; the `cause` of the fault. */
export interface Refused {
  readonly status: number;
  /** At most 64 KiB of what it wrote. */
  readonly text: string;
  /** Milliseconds after which it may be asked again. */
  readonly after?: number;
}

/** The fault of an answer that is no success. `keyed`: a key was sent. */
export function faultOfStatus(name: string, said: Refused, keyed: boolean): OsError {
  const words = sentenceOf(said.text);
  const detail = words === '' ? `HTTP ${said.status}` : `HTTP ${said.status}, ${words}`;
  if (said.status === 401 && !keyed)
    return engineFault('key-missing', name, { en: 'its card names none', zh: '卡片没有写明密钥的名字' }, said);
  return engineFault(kindOf(said), name, detail, said);
}

function kindOf({ status, text }: Refused): EngineFault {
  const spoken = WORDS.find(({ pattern }) => pattern.test(text))?.fault;
  // A key that is wrong is told by its status; words about keys stand in many other messages.
  if (status === 429 && spoken !== 'refused') return 'busy';
  return spoken ?? STATUSES.get(String(status)) ?? (status >= 500 ? 'died' : 'cannot');
}

/** What was said by a server that refused; undefined for anything else. */
export function saidBy(error: unknown): Refused | undefined {
  const cause = error instanceof OsError ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'status' in cause && 'text' in cause
    ? (cause as Refused)
    : undefined;
}

/** Whether asking the same again may help: not where a quota is used up, nor after a wait that was long enough. */
export function worthAnotherTry(error: unknown): boolean {
  return error instanceof OsError && error.details.again === true && error.code !== 'engine/hangs';
}

/** Turns anything thrown by a request, or by a package around it, into an error of ours. */
export function faultOf(name: string, thrown: unknown, signal?: AbortSignal): OsError {
  if (signal?.aborted) return cancelled(thrown);
  const chain = [...causesOf(thrown)];
  const ours = chain.find((one) => one instanceof OsError);
  if (ours) return ours;
  if (chain.some((one) => one instanceof Error && one.name === 'AbortError')) return cancelled(thrown);
  const code = chain.map((one) => (one as NodeJS.ErrnoException).code).find((one) => typeof one === 'string');
  if (code !== undefined && BROKEN_OFF.has(code)) return engineFault('half-answer', name, code, thrown);
  if (code !== undefined && /^(E[A-Z]+|UND_|CERT_|DEPTH_|SELF_|UNABLE_|ERR_TLS|ERR_SSL)/.test(code))
    return engineFault('unreachable', name, code, thrown);
  if (chain.some((one) => one instanceof TypeError && /terminated|fetch failed/.test(one.message)))
    return engineFault('half-answer', name, { en: 'the connection ended', zh: '连接中断' }, thrown);
  return engineFault('wrong-answer', name, sentenceOf(String((thrown as Error)?.message ?? thrown)), thrown);
}

const BROKEN_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

function* causesOf(thrown: unknown): Generator<object> {
  for (let one = thrown, depth = 0; typeof one === 'object' && one !== null && depth < 8; depth++) {
    yield one;
    one = (one as { cause?: unknown }).cause;
  }
}

/** The sentence in what a server wrote: `error.message`, `error`, `message`, `detail`, or the beginning of the text. */
export function sentenceOf(text: string): string {
  const found = dig(parsed(text)) ?? (/^\s*</.test(text) ? '' : text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a server writes may hold anything
  const plain = found.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\s]+/g, ' ').trim();
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain.replace(/[.。]$/, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function dig(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return dig(value[0]);
  if (typeof value !== 'object' || value === null) return undefined;
  const { error, message, detail, errors, msg } = value as Record<string, unknown>;
  return dig(error) ?? dig(message) ?? dig(detail) ?? dig(msg) ?? dig(errors);
}
