/** Everything that a server can do wrong while it is spoken to, and what comes of it: one row, one outcome. */
import type { ChatRequest } from '../../../kernel/index.ts';
import { callPiece, ending, event, piece, refusal, spoken, whole } from './openai-words.ts';
import { type Behaviour, hang, reset, send, stream } from './trial-server.ts';

export interface Row {
  readonly what: string;
  readonly script: Behaviour | readonly Behaviour[];
  /** The text of the reply, or the code of the fault. */
  readonly comes: string;
  /** A word that its sentence holds. */
  readonly says?: RegExp;
  /** Requests that were sent. Default 1. */
  readonly sent?: number;
  /** Milliseconds waited between tries. */
  readonly waits?: readonly number[];
  readonly card?: object;
  readonly request?: Partial<ChatRequest>;
}

const ok = stream(spoken('ok'));
const html = { 'content-type': 'text/html' };
const SCHEMA = { schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } } as const;
const TOOLS = { tools: [{ name: 'paint', description: 'Paints.', input: { type: 'object' } }] } as const;
const HEARD = { onText: () => undefined } as const;
/** Stands still after a hundredth of this many seconds. */
const IMPATIENT = { patience: 15 } as const;
const LONG = 'word '.repeat(2000);
const brokenCall = stream([callPiece('paint', '{"what": "mo'), ending('tool_calls')]);

export const ROWS: readonly Row[] = [
  // Before an answer
  { what: 'hangs before a byte', script: hang, comes: 'engine/hangs', says: /15 s/, card: IMPATIENT },
  { what: 'breaks the connection, then answers', script: [reset, ok], comes: 'ok', sent: 2, waits: [500] },
  {
    what: 'breaks every connection',
    script: reset,
    comes: 'engine/half-answer',
    says: /4 tries/,
    sent: 4,
    waits: [500, 1000, 2000],
  },
  {
    what: '429 with Retry-After, then answers',
    script: [send(429, refusal('slow down'), { 'retry-after': '7' }), ok],
    comes: 'ok',
    sent: 2,
    waits: [7000],
  },
  {
    what: '429 with a date to wait for',
    script: [
      send(429, refusal('slow down'), {
        date: 'Mon, 01 Jan 2024 00:00:00 GMT',
        'retry-after': 'Mon, 01 Jan 2024 00:00:03 GMT',
      }),
      ok,
    ],
    comes: 'ok',
    sent: 2,
    waits: [3000],
  },
  {
    what: '429 with Retry-After in nonsense',
    script: [send(429, refusal('slow down'), { 'retry-after': 'soon' }), ok],
    comes: 'ok',
    sent: 2,
    waits: [500],
  },
  {
    what: '429 that asks for an hour',
    script: send(429, refusal('slow down'), { 'retry-after': '3600' }),
    comes: 'engine/busy',
    says: /3600 s/,
  },
  {
    what: '429 again and again',
    script: send(429, refusal('Rate limit reached')),
    comes: 'engine/busy',
    says: /Rate limit reached/,
    sent: 4,
    waits: [500, 1000, 2000],
  },
  {
    what: '429 because the quota is used up',
    script: send(429, refusal('You exceeded your current quota', 'insufficient_quota')),
    comes: 'engine/refused',
  },
  {
    what: 'no money left',
    script: send(402, refusal('Insufficient Balance')),
    comes: 'engine/refused',
    says: /Insufficient Balance/,
  },
  {
    what: '503, then answers',
    script: [send(503, 'loading', { 'content-type': 'text/plain', 'retry-after': '1' }), ok],
    comes: 'ok',
    sent: 2,
    waits: [1000],
  },
  {
    what: '529 overloaded, twice, then answers',
    script: [send(529, refusal('Overloaded')), send(529, refusal('Overloaded')), ok],
    comes: 'ok',
    sent: 3,
    waits: [500, 1000],
  },
  {
    what: 'bad gateway with a page',
    script: send(502, '<html>Bad gateway</html>', html),
    comes: 'engine/unreachable',
    says: /HTTP 502/,
    sent: 4,
  },
  {
    what: 'a card that allows one try',
    script: send(503, 'x', { 'content-type': 'text/plain' }),
    comes: 'engine/busy',
    card: { attempts: 1 },
  },
  {
    what: 'the engine behind it died',
    script: send(500, refusal('CUDA kernel launch failed')),
    comes: 'engine/died',
    sent: 4,
  },
  {
    what: 'out of memory',
    script: send(500, refusal('model requires more system memory (9 GiB) than is available')),
    comes: 'engine/out-of-memory',
  },
  {
    what: 'wrong key',
    script: send(401, refusal('Incorrect API key provided'), {}),
    comes: 'engine/refused',
    card: { key: 'SOME_KEY' },
  },
  {
    what: 'a key is wanted and the card names none',
    script: send(401, refusal('Unauthorized')),
    comes: 'engine/key-missing',
  },
  {
    what: 'the key that the card names is not there',
    script: ok,
    comes: 'engine/key-missing',
    says: /OTHER_KEY/,
    sent: 0,
    card: { key: 'OTHER_KEY' },
  },
  { what: 'not allowed', script: send(403, refusal('Your account may not use this model')), comes: 'engine/refused' },
  {
    what: 'no such model',
    script: send(404, refusal("The model 'm' does not exist")),
    comes: 'engine/cannot',
    says: /does not exist/,
  },
  {
    what: 'nothing at this address',
    script: send(404, '<html>404</html>', html),
    comes: 'engine/wrong-answer',
    says: /HTTP 404/,
  },
  { what: 'wrong method', script: send(405, ''), comes: 'engine/wrong-answer' },
  {
    what: 'context too long, said by status 400',
    script: send(400, refusal("This model's maximum context length is 4096 tokens", 'context_length_exceeded')),
    comes: 'engine/context-full',
  },
  { what: 'body too large', script: send(413, ''), comes: 'engine/context-full' },
  { what: 'content forbidden', script: send(400, refusal('rejected by our content_policy')), comes: 'engine/refused' },
  {
    what: 'a request it cannot make sense of',
    script: send(400, refusal('messages: bad shape')),
    comes: 'engine/cannot',
    says: /bad shape/,
  },
  {
    what: 'an endless refusal',
    script: send(500, 'x'.repeat(200_000), { 'content-type': 'text/plain' }),
    comes: 'engine/died',
    sent: 4,
  },
  {
    what: 'a refusal full of control signs',
    script: send(400, refusal('no \u001b[2J\u202e way')),
    comes: 'engine/cannot',
    says: /no \[2J way/,
  },
  {
    what: 'a refusal that hangs',
    script: (reply) => void reply.writeHead(500, { 'content-type': 'application/json' }).write('{'),
    comes: 'engine/died',
    sent: 1,
    card: { ...IMPATIENT, attempts: 1 },
  },
  {
    what: 'sends on to another host',
    script: send(302, '', { location: 'http://elsewhere.example/v1' }),
    comes: 'engine/wrong-answer',
    says: /elsewhere\.example/,
  },
  {
    what: 'sends on to itself',
    script: send(307, '', { location: '/v1/chat/completions' }),
    comes: 'engine/wrong-answer',
  },
  // The answer
  {
    what: 'a page instead of an answer',
    script: send(200, '<html>Welcome</html>', html),
    comes: 'engine/wrong-answer',
    says: /text\/html/,
  },
  {
    what: 'a picture instead of an answer',
    script: send(200, Uint8Array.of(137, 80, 78, 71), { 'content-type': 'image/png' }),
    comes: 'engine/wrong-answer',
  },
  { what: 'wrong JSON, whole', script: send(200, '{"choices": [', {}), comes: 'engine/wrong-answer' },
  { what: 'JSON of another kind', script: send(200, { hello: 'world' }), comes: 'engine/wrong-answer' },
  { what: 'no choices', script: send(200, { ...whole('x'), choices: [] }), comes: 'engine/half-answer', sent: 4 },
  {
    what: 'wrong JSON in a stream',
    script: stream([piece('a'), 'data: {"choices": [{\n\n', ending()]),
    comes: 'engine/wrong-answer',
  },
  { what: 'events of another kind', script: stream([event({ choices: 7 }), ending()]), comes: 'engine/wrong-answer' },
  {
    what: 'invalid UTF-8',
    script: stream([piece('a'), Uint8Array.of(0x64, 0xc3, 0x28, 0x0a), ending()]),
    comes: 'engine/wrong-answer',
    says: /UTF-8/,
  },
  {
    what: 'a character cut at the end',
    script: stream([piece('a'), ending().trimEnd(), Uint8Array.of(0xe6, 0x9c)]),
    comes: 'engine/wrong-answer',
    says: /UTF-8/,
  },
  {
    what: 'a huge body',
    script: stream([piece('a'), ...Array<string>(40).fill(`: ${'x'.repeat(2 ** 20)}\n`)]),
    comes: 'engine/wrong-answer',
    says: /32 MiB/,
  },
  {
    what: 'half a stream, broken off, nobody heard it',
    script: [stream([piece('a')], { after: 'break' }), ok],
    comes: 'ok',
    sent: 2,
  },
  {
    what: 'half a stream, broken off, somebody heard it',
    script: [stream([piece('a')], { after: 'break' }), ok],
    comes: 'engine/half-answer',
    request: HEARD,
  },
  {
    what: 'half a stream, ended as if it were whole',
    script: stream([piece('a'), piece('b')]),
    comes: 'engine/half-answer',
    request: HEARD,
  },
  { what: 'an empty stream', script: stream([]), comes: 'engine/half-answer', sent: 4 },
  {
    what: 'stands still in the middle',
    script: stream([piece('a')], { after: 'hang' }),
    comes: 'engine/hangs',
    card: IMPATIENT,
  },
  { what: 'goes on without end', script: drip, comes: 'engine/hangs', says: /20 s/, card: { longest: 20 } },
  {
    what: 'an error in the midst of a stream',
    script: stream([piece('a'), event({ error: { message: 'The server had an error', type: 'server_error' } })]),
    comes: 'engine/died',
    request: HEARD,
  },
  {
    what: 'overloaded in the midst of a stream, nobody heard it',
    script: [stream([piece('a'), event({ error: { message: 'overloaded', type: 'overloaded_error' } })]), ok],
    comes: 'ok',
    sent: 2,
  },
  {
    what: 'out of memory in the midst of a stream',
    script: stream([piece('a'), event({ error: { message: 'CUDA error: out of memory' } })]),
    comes: 'engine/out-of-memory',
  },
  { what: 'an answer withheld', script: stream([piece('I can'), ending('content_filter')]), comes: 'I can' },
  { what: 'no usage', script: stream([piece('ok'), ending('stop', null)]), comes: 'ok' },
  // What it means
  {
    what: 'a call of a tool with broken JSON, then mended',
    script: [brokenCall, stream([callPiece('paint', '{}'), ending('tool_calls')])],
    comes: '',
    sent: 2,
    request: TOOLS,
  },
  {
    what: 'a call of a tool with broken JSON, twice',
    script: brokenCall,
    comes: 'engine/wrong-answer',
    says: /paint: its input is no JSON/,
    sent: 2,
    request: TOOLS,
  },
  {
    what: 'a call of a tool that there is not',
    script: stream([callPiece('rm', '{}'), ending('tool_calls')]),
    comes: 'engine/wrong-answer',
    says: /no such tool/,
    sent: 2,
    request: TOOLS,
  },
  {
    what: 'a call though no tool was offered',
    script: stream([callPiece('rm', '{}'), ending('tool_calls')]),
    comes: 'engine/wrong-answer',
    sent: 2,
  },
  {
    what: 'words in place of JSON, twice',
    script: stream(spoken('Sure! Here you are.')),
    comes: 'engine/wrong-answer',
    says: /no JSON/,
    sent: 2,
    request: SCHEMA,
  },
  {
    what: 'JSON that breaks its schema, twice',
    script: stream(spoken('{"n":"many"}')),
    comes: 'engine/wrong-answer',
    says: /n:/,
    sent: 2,
    request: SCHEMA,
  },
  {
    what: 'JSON cut at the limit',
    script: stream([piece('{"n":'), ending('length')]),
    comes: 'engine/wrong-answer',
    says: /maxTokens/,
    sent: 2,
    request: SCHEMA,
  },
  {
    what: 'it cut the messages in silence',
    script: stream([piece('ok'), ending('stop', { prompt_tokens: 128, completion_tokens: 1 })]),
    comes: 'engine/context-full',
    says: /128 of about/,
    request: { messages: [{ role: 'user', parts: [{ kind: 'text', text: LONG }] }] },
  },
  {
    what: 'longer than its card allows',
    script: ok,
    comes: 'engine/context-full',
    sent: 0,
    card: { contextLength: 100 },
    request: { messages: [{ role: 'user', parts: [{ kind: 'text', text: LONG }] }] },
  },
];

/** A byte now and then, for ever: never still, never done. */
async function drip(reply: Parameters<Behaviour>[0]): Promise<void> {
  reply.writeHead(200, { 'content-type': 'text/event-stream' });
  const timer = setInterval(() => reply.write(': still here\n\n'), 20);
  reply.on('close', () => clearInterval(timer));
}
