/** The door for one program that started us: one JSON message a line on standard input and output. */
import type { ServerMessage } from '../../sdk/src/protocol/index.ts';
import { OsError } from '../core/index.ts';
import { readLines, TOO_LONG } from './lines.ts';
import { createSession, type Methods, type Session } from './session.ts';

/** The longest message that is read, in characters. */
export const LONGEST_MESSAGE = 4 * 1024 * 1024;

/** The streams of a conversation. */
export interface StdioStreams {
  readonly input: AsyncIterable<Uint8Array | string> & { destroy?(): unknown };
  readonly output: { write(text: string): unknown };
  /** Ends the conversation as the end of the input does. */
  readonly signal?: AbortSignal;
}

/** Answers until the input ends, then cancels what still runs. Nothing else may be written to the output. */
export async function converse(methods: Methods, version: string, streams: StdioStreams): Promise<void> {
  const { input, output, signal } = streams;
  const send = (message: ServerMessage): void => void output.write(`${JSON.stringify(message)}\n`);
  const session = createSession(methods, version, send);
  const stop = (): void => void input.destroy?.();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of readLines(input, LONGEST_MESSAGE)) receiveLine(session, line);
  } catch (thrown) {
    // An input that was destroyed on purpose complains of it.
    if (!signal?.aborted) throw thrown;
  } finally {
    signal?.removeEventListener('abort', stop);
    await session.close();
  }
}

function receiveLine(session: Session, line: string | typeof TOO_LONG): void {
  if (line === TOO_LONG) session.refuse(tooLong());
  else if (line.trim() !== '') receiveText(session, line);
}

function receiveText(session: Session, line: string): void {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    session.refuse(notJson(cause));
    return;
  }
  session.receive(value);
}

function tooLong(): OsError {
  return new OsError({
    kind: 'input',
    code: 'server/message-too-long',
    message: `A message may have ${LONGEST_MESSAGE} characters at most.`,
    hint: 'Say it in fewer words.',
    zh: { message: `一条消息最多 ${LONGEST_MESSAGE} 个字符。`, hint: '请缩短内容。' },
  });
}

function notJson(cause: unknown): OsError {
  return new OsError({
    kind: 'input',
    code: 'server/not-json',
    message: 'A line is not JSON.',
    hint: 'Write one JSON object on each line, in UTF-8.',
    zh: { message: '有一行不是 JSON。', hint: '请每行写一个 UTF-8 编码的 JSON 对象。' },
    cause,
  });
}
