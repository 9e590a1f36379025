/** What every model that is spoken to promises, whatever runs it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatModel, ChatRequest } from '../ports/chat-model.ts';

export interface ChatContract {
  /** Promises that it does not keep, each with its reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

const FINISHES = ['stop', 'length', 'tools', 'refused'];

const SCHEMA = {
  type: 'object',
  properties: { line: { type: 'string' } },
  required: ['line'],
  additionalProperties: false,
} as const;

const ask = (text: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [
    { role: 'system', text: 'You are a poet.' },
    { role: 'user', parts: [{ kind: 'text', text }] },
  ],
  maxTokens: 48,
  ...more,
});

/** Registers the promises CM1 to CM8 as tests. Each test opens the model and disposes of it. */
export function chatModelContract(
  name: string,
  open: () => Promise<ChatModel>,
  { skip = {} }: ChatContract = {},
): void {
  const promise = (id: string, says: string, run: (model: ChatModel) => Promise<void>): void =>
    void test(`[${id}] ${name}: ${says}`, { skip: skip[id] ?? false }, async () => {
      await using model = await open();
      await run(model);
    });

  promise(
    'CM1',
    'says what it is: name, digest, engine, licence, whether it can repeat itself',
    async ({ identity }) => {
      assert.match(identity.digest, /^[0-9a-f]{64}$/);
      for (const fact of [identity.name, identity.engine, identity.licence]) assert.ok(fact !== '');
      assert.equal(typeof identity.reproducible, 'boolean');
    },
  );

  promise(
    'CM2',
    'the pieces that it tells are the text of its reply; it says why it ended and what it used',
    async (model) => {
      const pieces: string[] = [];
      const reply = await model.reply(ask('Write a line.', { onText: (piece) => pieces.push(piece) }));
      assert.equal(pieces.join(''), reply.text);
      assert.ok(FINISHES.includes(reply.finish));
      const { input, output } = reply.usage;
      assert.ok(Number.isInteger(input) && input > 0 && Number.isInteger(output) && output >= 0);
    },
  );

  promise('CM3', 'a reply by a schema follows it', async (model) => {
    const { value } = await model.reply(ask('Write a line as JSON.', { schema: SCHEMA, maxTokens: 128 }));
    assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
    assert.deepEqual(Object.keys(value), ['line']);
    assert.equal(typeof (value as { line: unknown }).line, 'string');
  });

  promise('CM4', 'it does not begin when it was stopped before', async (model) => {
    await assert.rejects(model.reply(ask('Write.', { signal: AbortSignal.abort() })), { code: 'core/cancelled' });
  });

  promise('CM5', 'it stops in the midst of a reply, and can be asked again', async (model) => {
    const stop = new AbortController();
    const stopped = model.reply(ask('Write.', { signal: stop.signal, maxTokens: 400, onText: () => stop.abort() }));
    await assert.rejects(stopped, { code: 'core/cancelled' });
    assert.ok(FINISHES.includes((await model.reply(ask('Write.'))).finish));
  });

  promise('CM6', 'what does not fit is refused, never cut', async (model) => {
    assert.ok(model.contextLength, 'skip CM6 where the engine does not say how much fits');
    const long = 'moon and river '.repeat(model.contextLength);
    await assert.rejects(model.reply(ask(long)), { code: 'engine/context-full' });
  });

  promise('CM7', 'it counts tokens, more for more', async (model) => {
    const [short, long] = [
      await model.count(ask('moon').messages),
      await model.count(ask('moon '.repeat(99)).messages),
    ];
    assert.ok(short.tokens > 0 && long.tokens > short.tokens);
    assert.equal(typeof short.exact, 'boolean');
  });

  promise('CM8', 'a model that does not see refuses pictures', async (model) => {
    assert.ok(!model.sees, 'skip CM8 for models that see');
    const picture = { kind: 'picture', bytes: Uint8Array.of(137, 80, 78, 71), mime: 'image/png' } as const;
    const messages = [{ role: 'user', parts: [picture] }] as const;
    await assert.rejects(model.reply({ messages, maxTokens: 4 }), { code: 'engine/cannot' });
  });
}
