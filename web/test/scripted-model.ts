/** For tests: a server of the OpenAI shape that calls the tools it is told to, one with each answer. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a tool. */
export interface Call {
  readonly tool: string;
  readonly input: object;
}

export interface ScriptedModel extends AsyncDisposable {
  readonly url: string;
  /** What it was sent, as text. */
  readonly heard: readonly string[];
}

/** Starts it on a free port; beyond the script it ends what it is asked for. */
export async function startScriptedModel(script: readonly Call[]): Promise<ScriptedModel> {
  const heard: string[] = [];
  const server = createServer((request, reply) => {
    void read(request).then((text) => {
      const { tool, input } = script[heard.length] ?? { tool: 'finish', input: { words: '…', good: false } };
      heard.push(text);
      const call = {
        id: `call_${heard.length}`,
        type: 'function',
        function: { name: tool, arguments: JSON.stringify(input) },
      };
      const { stream = false } = JSON.parse(text) as { readonly stream?: boolean };
      reply.setHeader('content-type', stream ? 'text/event-stream' : 'application/json');
      reply.end(stream ? streamed(call) : JSON.stringify(whole(call)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

const FRAME = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'm' };
const USAGE = { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050 };

function whole(call: object): object {
  const choice = {
    index: 0,
    message: { role: 'assistant', content: '', tool_calls: [call] },
    finish_reason: 'tool_calls',
  };
  return { ...FRAME, object: 'chat.completion', choices: [choice], usage: USAGE };
}

function streamed(call: object): string {
  const frame = { ...FRAME, object: 'chat.completion.chunk' };
  const delta = { role: 'assistant', tool_calls: [{ index: 0, ...call }] };
  return [
    { ...frame, choices: [{ index: 0, delta, finish_reason: null }] },
    { ...frame, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    { ...frame, choices: [], usage: USAGE },
  ]
    .map((event) => `data: ${JSON.stringify(event)}\n\n`)
    .concat('data: [DONE]\n\n')
    .join('');
}
