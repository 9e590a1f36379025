import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRequest } from '../../../kernel/index.ts';
import { trialFolder } from '../trial/open-trial.ts';
import { anthropicError, anthropicStream } from '../trial/provider-words.ts';
import { type Behaviour, send, startTrialServer, stream } from '../trial/trial-server.ts';
import { trialSurroundings } from '../trial/trial-surroundings.ts';
import { createAnthropicDriver } from './index.ts';

const ASK: ChatRequest = {
  messages: [
    { role: 'system', text: 'You are a poet.' },
    { role: 'user', parts: [{ kind: 'text', text: 'Write.' }] },
  ],
};
const TOOL = { name: 'paint', description: 'Paints.', input: { type: 'object', properties: {} } };

async function ask(script: Behaviour | readonly Behaviour[], request: Partial<ChatRequest> = {}) {
  await using server = await startTrialServer(script);
  const folder = trialFolder({ driver: 'anthropic', baseUrl: `${server.url}/v1`, model: 'm', key: 'K' });
  const model = await createAnthropicDriver(trialSurroundings({ K: 'secret' })).createChatModel!(folder);
  return { reply: await model.reply({ ...ASK, ...request }), heard: server.heard };
}

test('text in pieces, tokens, the system apart, the key in its own header', async () => {
  const pieces: string[] = [];
  const { reply, heard } = await ask(stream(anthropicStream(['床前', '明月光'])), {
    onText: (one) => pieces.push(one),
  });
  assert.deepEqual([reply.text, reply.finish, pieces], ['床前明月光', 'stop', ['床前', '明月光']]);
  assert.deepEqual(reply.usage, { input: 11, output: 6 });
  const { path, headers, body } = heard[0]!;
  assert.deepEqual([path, headers['x-api-key'], body.model, body.stream], ['/v1/messages', 'secret', 'm', true]);
  assert.equal(body.system[0].text, 'You are a poet.');
});

test('calls of tools', async () => {
  const call = { name: 'paint', json: '{"what":"moon"}' };
  const { reply } = await ask(stream(anthropicStream(['I paint.'], { call, reason: 'tool_use' })), { tools: [TOOL] });
  assert.deepEqual([reply.finish, reply.calls], ['tools', [{ id: 'toolu_1', name: 'paint', input: { what: 'moon' } }]]);
});

test('an answer by a schema', async () => {
  const schema = {
    type: 'object',
    properties: { line: { type: 'string' } },
    required: ['line'],
    additionalProperties: false,
  };
  const call = { name: 'json', json: '{"line":"a"}' };
  // The package asks by a tool or by a format, as the model allows; either is understood.
  const answer: Behaviour = (reply, heard) =>
    stream(heard.body.tools ? anthropicStream([], { call, reason: 'tool_use' }) : anthropicStream(['{"line":"a"}']))(
      reply,
      heard,
    );
  assert.deepEqual((await ask(answer, { schema })).reply.value, { line: 'a' });
});

for (const [what, script, code] of [
  [
    'overloaded before an answer, for long',
    send(529, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    'engine/busy',
  ],
  [
    'overloaded in the midst of one',
    stream([...anthropicStream(['a'], { cut: true }), anthropicError('overloaded_error', 'Overloaded')]),
    'engine/busy',
  ],
  ['broke off', stream(anthropicStream(['a'], { cut: true })), 'engine/half-answer'],
  [
    'wrong key',
    send(401, { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } }),
    'engine/refused',
  ],
  [
    'too long',
    send(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
    }),
    'engine/context-full',
  ],
  [
    'no money',
    send(400, { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low' } }),
    'engine/refused',
  ],
  [
    'no such model',
    send(404, { type: 'error', error: { type: 'not_found_error', message: 'model: m not found' } }),
    'engine/cannot',
  ],
  ['wrong JSON', stream(['event: message_start\ndata: {"type":\n\n']), 'engine/wrong-answer'],
] as const)
  test(`${what}: ${code}`, { timeout: 20_000 }, () => assert.rejects(ask(script), { code }));

test('its address is recognised by its host alone; nothing is sent', async () => {
  const driver = createAnthropicDriver(trialSurroundings());
  const found = await driver.recognise!({ kind: 'address', url: 'https://api.anthropic.com' });
  assert.deepEqual(found?.card, { baseUrl: 'https://api.anthropic.com/v1', key: 'ANTHROPIC_API_KEY' });
  assert.equal(await driver.recognise!({ kind: 'address', url: 'https://api.anthropic.com.evil.example' }), undefined);
});
