import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../core/index.ts';
import type { ChatModel, ChatRequest } from '../../../kernel/index.ts';
import { trialFolder } from '../trial/open-trial.ts';
import { callPiece, ending, piece, refusal, spoken, whole } from '../trial/openai-words.ts';
import { type Behaviour, send, startTrialServer, stream, type TrialServer } from '../trial/trial-server.ts';
import { type TrialSurroundings, trialSurroundings } from '../trial/trial-surroundings.ts';
import { createOpenAiDriver } from './index.ts';

interface Trial extends AsyncDisposable {
  readonly server: TrialServer;
  readonly model: ChatModel;
  readonly around: TrialSurroundings;
}

async function open(script: Behaviour | readonly Behaviour[], card: object = {}, path = '/v1'): Promise<Trial> {
  const server = await startTrialServer(script);
  const around = trialSurroundings({ SOME_KEY: 'secret-1' });
  const folder = trialFolder({ driver: 'openai', baseUrl: server.url + path, model: 'm', ...card });
  const opening = createOpenAiDriver(around).createChatModel!(folder);
  const model = await opening.catch(async (thrown) => {
    await server[Symbol.asyncDispose]();
    throw thrown;
  });
  return { server, model, around, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const ask = (text: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [
    { role: 'system', text: 'You are a poet.' },
    { role: 'user', parts: [{ kind: 'text', text }] },
  ],
  ...more,
});

const TOOL = {
  name: 'paint',
  description: 'Paints.',
  input: { type: 'object', properties: { what: { type: 'string' } } },
};
const LINE_SCHEMA: { [key: string]: Json } = {
  type: 'object',
  properties: { line: { type: 'string' } },
  required: ['line'],
};

test('text comes piece by piece, with what it used and what it cost; the key goes along by its name', async () => {
  await using trial = await open(stream(spoken('床前明月光')), {
    key: 'SOME_KEY',
    prices: { currency: 'USD', input: 1_000_000, output: 2_000_000 },
  });
  const { model, server, around } = trial;
  const pieces: string[] = [];
  const reply = await model.reply(
    ask('Write.', { onText: (one) => pieces.push(one), maxTokens: 9, seed: 4, stop: ['。'] }),
  );
  assert.deepEqual(pieces, [...'床前明月光']);
  assert.deepEqual([reply.text, reply.finish, reply.calls], ['床前明月光', 'stop', []]);
  assert.deepEqual(reply.usage, { input: 7, output: 5, cost: { amount: 17, currency: 'USD' } });
  assert.equal(around.spent[0]!.amount, 17);
  assert.equal(around.errands[0]!.purpose, 'chat');
  const { body, headers, path } = server.heard[0]!;
  assert.equal(path, '/v1/chat/completions');
  assert.equal(headers.authorization, 'Bearer secret-1');
  assert.deepEqual(
    [body.model, body.max_tokens, body.seed, body.stop, body.temperature, body.stream],
    ['m', 9, 4, ['。'], 0.8, true],
  );
  assert.deepEqual(body.messages[0], { role: 'system', content: 'You are a poet.' });
});

test('the record of a model out of sight promises nothing that nobody can keep', async () => {
  await using trial = await open(stream(spoken('x')));
  const { identity } = trial.model;
  assert.deepEqual(
    [identity.name, identity.engine, identity.licence, identity.reproducible],
    ['trial', 'openai m', 'MIT', false],
  );
  assert.match(identity.digest, /^[0-9a-f]{64}$/);
  const { tokens, exact } = await trial.model.count(ask('静夜思').messages);
  assert.ok(tokens > 5 && tokens < 40 && !exact);
});

test('tools are called and answered', async () => {
  await using trial = await open([
    stream([piece('I paint.'), callPiece('paint', '{"wh'), callPiece(undefined, 'at":"moon"}'), ending('tool_calls')]),
    stream(spoken('Done.')),
  ]);
  const first = await trial.model.reply(ask('Paint the moon.', { tools: [TOOL] }));
  assert.equal(first.finish, 'tools');
  assert.deepEqual(first.calls, [{ id: 'call_1', name: 'paint', input: { what: 'moon' } }]);
  const messages = [
    ...ask('Paint the moon.').messages,
    { role: 'assistant', text: first.text, calls: first.calls } as const,
    { role: 'tool', call: 'call_1', name: 'paint', output: 'work-7' } as const,
  ];
  assert.equal((await trial.model.reply({ messages, tools: [TOOL] })).text, 'Done.');
  const told = trial.server.heard[1]!.body.messages;
  assert.equal(told[2].tool_calls[0].function.name, 'paint');
  assert.deepEqual([told[3].role, told[3].tool_call_id, told[3].content], ['tool', 'call_1', 'work-7']);
});

test('a schema is followed by the server, and checked here', async () => {
  await using trial = await open(stream(spoken('{"line":"白日依山尽"}')));
  const heard: string[] = [];
  const reply = await trial.model.reply(ask('A line.', { schema: LINE_SCHEMA, onText: (one) => heard.push(one) }));
  assert.deepEqual(reply.value, { line: '白日依山尽' });
  assert.deepEqual(heard, ['{"line":"白日依山尽"}'], 'it is delivered once it holds');
  assert.equal(trial.server.heard[0]!.body.response_format.type, 'json_schema');
});

test('JSON that breaks its schema is mended once; usage counts both', async () => {
  await using trial = await open([
    stream(spoken('Here: {"lime": 1}')),
    stream(spoken('```json\n{"line":"黄河入海流"}\n```')),
  ]);
  const reply = await trial.model.reply(ask('A line.', { schema: LINE_SCHEMA }));
  assert.deepEqual([reply.value, reply.usage.output], [{ line: '黄河入海流' }, 10]);
  const last = trial.server.heard[1]!.body.messages.at(-1).content;
  assert.match(JSON.stringify(last), /does not follow the schema: line/);
});

test('a server that knows no schemas is told in words, and remembered', async () => {
  const no = send(400, refusal("Unrecognized request argument: 'response_format'"));
  await using trial = await open([no, stream(spoken('{"line":"a"}'))]);
  assert.deepEqual((await trial.model.reply(ask('A line.', { schema: LINE_SCHEMA }))).value, { line: 'a' });
  assert.deepEqual((await trial.model.reply(ask('A line.', { schema: LINE_SCHEMA }))).value, { line: 'a' });
  assert.equal(trial.server.heard.length, 3);
  const { messages, response_format } = trial.server.heard[2]!.body;
  assert.equal(response_format, undefined);
  assert.match(messages[0].content, /JSON Schema/);
});

test('a server that knows no tools is told in words', async () => {
  const no = send(400, refusal('registry.example/some:latest does not support tools'));
  await using trial = await open([
    no,
    stream(spoken('{"tool":"paint","input":{"what":"moon"}}')),
    stream(spoken('{"answer":"Done."}')),
  ]);
  const first = await trial.model.reply(ask('Paint.', { tools: [TOOL] }));
  assert.deepEqual([first.finish, first.calls[0]!.input], ['tools', { what: 'moon' }]);
  assert.equal(trial.model.usesTools, false);
  const heard: string[] = [];
  const messages = [
    ...ask('Paint.').messages,
    { role: 'assistant', text: '', calls: first.calls } as const,
    { role: 'tool', call: first.calls[0]!.id, name: 'paint', output: 'work-7' } as const,
  ];
  const last = await trial.model.reply({ messages, tools: [TOOL], onText: (one) => heard.push(one) });
  assert.deepEqual([last.text, last.calls, heard], ['Done.', [], ['Done.']]);
});

test('other names of the limit, and parameters that a server does not take', async () => {
  await using trial = await open([
    send(
      400,
      refusal(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ),
    ),
    send(
      400,
      refusal(
        "Unsupported value: 'temperature' does not support 0.8 with this model. Only the default (1) value is supported.",
      ),
    ),
    send(422, { detail: [{ msg: 'stream_options: extra fields not permitted' }] }),
    stream(spoken('ok')),
  ]);
  assert.equal((await trial.model.reply(ask('x', { maxTokens: 5 }))).text, 'ok');
  const { body } = trial.server.heard[3]!;
  assert.deepEqual(
    [body.max_tokens, body.max_completion_tokens, body.temperature, body.stream_options],
    [undefined, 5, undefined, undefined],
  );
});

test('pictures go along for models that see; others say so', async () => {
  const part = { kind: 'picture', bytes: Uint8Array.of(137, 80, 78, 71), mime: 'image/png' } as const;
  const request: ChatRequest = { messages: [{ role: 'user', parts: [{ kind: 'text', text: 'What is it?' }, part] }] };
  await using seeing = await open(stream(spoken('A moon.')));
  assert.equal((await seeing.model.reply(request)).text, 'A moon.');
  assert.match(seeing.server.heard[0]!.text, /data:image\/png;base64,iVBORw==/);
  await using blind = await open(stream(spoken('x')), { sees: false });
  await assert.rejects(blind.model.reply(request), { code: 'engine/cannot' });
  assert.equal(blind.server.heard.length, 0);
});

test('a server that does not stream is understood too', async () => {
  await using trial = await open(send(200, whole('白日依山尽')));
  const pieces: string[] = [];
  const reply = await trial.model.reply(ask('x', { onText: (one) => pieces.push(one) }));
  assert.deepEqual([reply.text, reply.usage.output, pieces], ['白日依山尽', 5, ['白日依山尽']]);
});

test('thoughts before an answer are no part of it', async () => {
  await using trial = await open(stream(spoken('<think>a rhyme…\nmoon</think>\n\n月落乌啼霜满天')));
  const pieces: string[] = [];
  const reply = await trial.model.reply(ask('x', { onText: (one) => pieces.push(one) }));
  assert.deepEqual([reply.text, pieces.join('')], ['月落乌啼霜满天', '月落乌啼霜满天']);
});

test('words that stand for a model are looked up in the list of the server', async () => {
  const data = [
    { id: 'text-embed-1', created: 9 },
    { id: 'poet-3b', created: 1 },
    { id: 'poet-70b', created: 2 },
    { id: 'painter-image', created: 3 },
  ];
  const list = send(200, { object: 'list', data });
  for (const [word, id] of [
    ['any', 'poet-3b'],
    ['newest', 'poet-70b'],
    ['largest', 'poet-70b'],
    ['smallest', 'poet-3b'],
  ] as const) {
    await using trial = await open([list, stream(spoken('ok'))], { model: word });
    await trial.model.reply(ask('x'));
    assert.equal(trial.server.heard[1]!.body.model, id);
    assert.equal(trial.model.identity.engine, `openai ${id}`);
  }
  await assert.rejects(open(send(200, { data: [{ id: 'text-embed-1' }] }), { model: 'any' }), {
    code: 'engine/cannot',
  });
});

test('an address is recognised by what it answers', async () => {
  await using server = await startTrialServer((reply, heard) =>
    heard.path === '/v1/models'
      ? send(200, { data: [{ id: 'poet' }] })(reply, heard)
      : send(404, 'not found', { 'content-type': 'text/plain' })(reply, heard),
  );
  const driver = createOpenAiDriver(trialSurroundings());
  const at = (url: string) => driver.recognise!({ kind: 'address', url });
  const card = { baseUrl: `${server.url}/v1`, model: 'any', roles: ['chat'] };
  assert.deepEqual(await at(server.url), { card });
  assert.deepEqual(await at(`${server.url}/v1/`), { card });
  assert.equal(await at('hf:owner/name'), undefined);
  await using shut = await startTrialServer(send(401, refusal('You did not provide an API key.')));
  assert.deepEqual(await at(shut.url), { card: { ...card, baseUrl: `${shut.url}/v1` } });
  await using gate = await startTrialServer(send(401, '<html>Sign in</html>', { 'content-type': 'text/html' }));
  await assert.rejects(at(gate.url), { code: 'engine/key-missing' });
  await using other = await startTrialServer(send(200, '<html></html>', { 'content-type': 'text/html' }));
  assert.equal(await at(other.url), undefined);
});
