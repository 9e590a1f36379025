import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRequest } from '../../../kernel/index.ts';
import { trialFolder } from '../trial/open-trial.ts';
import { googleStream } from '../trial/provider-words.ts';
import { type Behaviour, send, startTrialServer, stream } from '../trial/trial-server.ts';
import { trialSurroundings } from '../trial/trial-surroundings.ts';
import { createGoogleDriver } from './index.ts';

const ASK: ChatRequest = {
  messages: [
    { role: 'system', text: 'You are a poet.' },
    { role: 'user', parts: [{ kind: 'text', text: 'Write.' }] },
  ],
};
const TOOL = { name: 'paint', description: 'Paints.', input: { type: 'object', properties: {} } };

async function ask(script: Behaviour | readonly Behaviour[], request: Partial<ChatRequest> = {}) {
  await using server = await startTrialServer(script);
  const folder = trialFolder({ driver: 'google', baseUrl: `${server.url}/v1beta`, model: 'm', key: 'K' });
  const model = await createGoogleDriver(trialSurroundings({ K: 'secret' })).createChatModel!(folder);
  return { reply: await model.reply({ ...ASK, ...request }), heard: server.heard };
}

test('text in pieces, tokens, the system apart, the key in its own header', async () => {
  const pieces: string[] = [];
  const { reply, heard } = await ask(stream(googleStream(['床前', '明月光'])), { onText: (one) => pieces.push(one) });
  assert.deepEqual([reply.text, reply.finish, pieces], ['床前明月光', 'stop', ['床前', '明月光']]);
  assert.deepEqual(reply.usage, { input: 9, output: 4 });
  const { path, headers, body } = heard[0]!;
  assert.deepEqual([path, headers['x-goog-api-key']], ['/v1beta/models/m:streamGenerateContent?alt=sse', 'secret']);
  assert.equal(body.systemInstruction.parts[0].text, 'You are a poet.');
});

test('calls of tools', async () => {
  const call = { name: 'paint', args: { what: 'moon' } };
  const { reply } = await ask(stream(googleStream(['I paint.'], { call })), { tools: [TOOL] });
  assert.deepEqual([reply.finish, reply.calls.length, reply.calls[0]!.input], ['tools', 1, { what: 'moon' }]);
});

test('an answer by a schema', async () => {
  const schema = { type: 'object', properties: { line: { type: 'string' } }, required: ['line'] };
  const { reply, heard } = await ask(stream(googleStream(['{"line":', '"a"}'])), { schema });
  assert.deepEqual(reply.value, { line: 'a' });
  assert.equal(heard[0]!.body.generationConfig.responseMimeType, 'application/json');
});

const refusal = (code: number, status: string, message: string): Behaviour =>
  send(code, { error: { code, message, status } });

for (const [what, script, code] of [
  ['quota for long', refusal(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted'), 'engine/busy'],
  ['broke off', stream(googleStream(['a'], { reason: null })), 'engine/half-answer'],
  ['wrong key', refusal(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'), 'engine/refused'],
  ['not allowed', refusal(403, 'PERMISSION_DENIED', 'Permission denied'), 'engine/refused'],
  [
    'too long',
    refusal(400, 'INVALID_ARGUMENT', 'The input token count (2000000) exceeds the maximum'),
    'engine/context-full',
  ],
  ['no such model', refusal(404, 'NOT_FOUND', 'models/m is not found for API version v1beta'), 'engine/cannot'],
  ['its engine died', refusal(500, 'INTERNAL', 'An internal error has occurred'), 'engine/died'],
  ['wrong JSON', stream(['data: {"candidates":\n\n']), 'engine/wrong-answer'],
] as const)
  test(`${what}: ${code}`, { timeout: 20_000 }, () => assert.rejects(ask(script), { code }));

test('an answer withheld is told as refused', async () => {
  assert.equal((await ask(stream(googleStream(['I'], { reason: 'SAFETY' })))).reply.finish, 'refused');
});

test('its address is recognised by its host alone; nothing is sent', async () => {
  const driver = createGoogleDriver(trialSurroundings());
  const found = await driver.recognise!({ kind: 'address', url: 'https://generativelanguage.googleapis.com/v1beta' });
  assert.equal(found?.card.key, 'GEMINI_API_KEY');
});
