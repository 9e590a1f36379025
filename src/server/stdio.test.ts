import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '../core/index.ts';
import { readLines, TOO_LONG } from './lines.ts';
import type { Methods } from './session.ts';
import { converse, LONGEST_MESSAGE } from './stdio.ts';

const never = (): Promise<never> => Promise.reject(new Error('not expected'));
const METHODS: Methods = {
  'text/write': never,
  'works/list': never,
  'works/get': never,
  'works/replay': never,
};

/** Says all lines, then ends; gives everything that was answered. */
async function talk(lines: readonly unknown[], methods: Partial<Methods> = {}): Promise<unknown[]> {
  const said: unknown[] = [];
  async function* input(): AsyncGenerator<string> {
    for (const line of lines) {
      yield `${typeof line === 'string' ? line : JSON.stringify(line)}\n`;
      await new Promise(setImmediate);
    }
  }
  const output = { write: (text: string) => said.push(JSON.parse(text)) };
  await converse({ ...METHODS, ...methods }, '1.2.3', { input: input(), output });
  return said;
}

const HELLO = { hello: { protocol: 1, version: '1.2.3' } };
const code = (message: unknown): unknown => (message as { error?: { code?: unknown } }).error?.code;

test('[SE1] the server greets first, then answers each request under its id', async () => {
  const said = await talk(
    [{ id: 5, method: 'works/list', params: { limit: 3 } }, '', { id: 6, method: 'works/list', params: {} }],
    { 'works/list': async ({ limit }) => ({ works: [], limit: limit ?? null }) },
  );
  assert.deepEqual(said, [
    HELLO,
    { id: 5, result: { works: [], limit: 3 } },
    { id: 6, result: { works: [], limit: null } },
  ]);
});

test('[SE2] events go out under the id of their request, before its answer', async () => {
  const event = { type: 'job-progress', job: 'j', done: 1 } as const;
  const said = await talk([{ id: 1, method: 'text/write', params: { brief: '星空' } }], {
    'text/write': async (_params, { emit }) => {
      emit(event);
      return { works: [] };
    },
  });
  assert.deepEqual(said.slice(1), [
    { id: 1, event },
    { id: 1, result: { works: [] } },
  ]);
});

test('[SE3] an error keeps its kind, code, message, hint and Chinese; anything else thrown is our bug', async () => {
  const facts = { kind: 'input', code: 'verse/x', message: 'm', hint: 'h', zh: { message: '甲', hint: '乙' } } as const;
  const said = await talk(
    [
      { id: 1, method: 'works/get', params: { id: 'a' } },
      { id: 2, method: 'works/list', params: {} },
    ],
    { 'works/get': () => Promise.reject(new OsError(facts)) },
  );
  assert.deepEqual(said[1], { id: 1, error: facts });
  assert.equal(code(said[2]), 'core/bug');
});

test('[SE4] what is no message is answered, and the conversation goes on', async () => {
  const said = await talk([
    'good evening',
    { id: 3, method: 'works/burn', params: {} },
    { id: 4, method: 'text/write', params: { brief: '星空', options: { colour: 'red' } } },
    [],
    'x'.repeat(LONGEST_MESSAGE + 1),
    { cancel: 99 },
    { id: 7, method: 'works/list', params: {} },
  ]);
  assert.deepEqual(said.slice(1).map(code), [
    'server/not-json',
    'server/bad-message',
    'server/bad-message',
    'server/bad-message',
    'server/message-too-long',
    'core/bug',
  ]);
  assert.deepEqual(
    said.slice(1).map((message) => (message as { id: unknown }).id),
    [null, 3, 4, null, null, 7],
  );
});

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('[SE5] cancel stops the request that it names and no other', async () => {
  const said = await talk(
    [
      { id: 1, method: 'works/get', params: { id: 'a' } },
      { id: 2, method: 'works/get', params: { id: 'b' } },
      { id: 2, method: 'works/get', params: { id: 'b' } },
      { cancel: 2 },
      { id: 3, method: 'works/list', params: {} },
    ],
    {
      'works/get': (_params, { signal }) => untilAborted(signal),
      'works/list': async () => ({ works: [] }),
    },
  );
  const answers = said.slice(1) as { id: number; error?: { code: string } }[];
  assert.deepEqual(
    answers.map(({ id, error }) => [id, error?.code]),
    [
      [2, 'server/id-in-use'],
      [2, 'core/cancelled'],
      [3, undefined],
      [1, 'core/cancelled'],
    ],
  );
});

test('[SE6] lines survive being cut anywhere, also inside a character', async () => {
  const bytes = Buffer.from('星空\n\n月光如水\r\n末', 'utf8');
  for (let size = 1; size < 8; size++) {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
    }
    assert.deepEqual(await Array.fromAsync(readLines(pieces(), 10)), ['星空', '', '月光如水\r', '末']);
  }
  async function* long(): AsyncGenerator<string> {
    yield* ['123', '456', '7\n12\n', '1234567'];
  }
  assert.deepEqual(await Array.fromAsync(readLines(long(), 5)), [TOO_LONG, '12', TOO_LONG]);
});
