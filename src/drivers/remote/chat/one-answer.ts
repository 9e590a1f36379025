/** One request and one answer: the stream of a provider's package read to its end, or to its fault. */
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { type ChatReply, engineFault } from '../../../kernel/index.ts';
import { faultOf } from '../line/index.ts';
import { createThoughtFilter } from './thoughts.ts';

/** What one request brought. */
export interface Answer {
  readonly text: string;
  /** Calls as they were written. */
  readonly calls: readonly { readonly id: string; readonly name: string; readonly input: string }[];
  readonly finish: ChatReply['finish'];
  /** Tokens; undefined where the server does not say. */
  readonly input: number | undefined;
  readonly output: number | undefined;
}

/** Streams one answer. `deliver` is told each piece of text. Throws faults of the engine and `core/cancelled`. */
export async function oneAnswer(
  name: string,
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  deliver: (piece: string) => void,
): Promise<Answer> {
  const signal = options.abortSignal;
  const reading: Reading = { text: '', calls: [], end: undefined };
  const filter = createThoughtFilter((piece) => {
    reading.text += piece;
    deliver(piece);
  });
  try {
    const { stream } = await model.doStream(options);
    for await (const part of stream) take(name, reading, part, filter.push, signal);
  } catch (thrown) {
    throw faultOf(name, thrown, signal);
  }
  filter.end();
  return finished(name, reading);
}

interface Reading {
  text: string;
  readonly calls: { id: string; name: string; input: string }[];
  end: Extract<LanguageModelV4StreamPart, { type: 'finish' }> | undefined;
}

function take(
  name: string,
  reading: Reading,
  part: LanguageModelV4StreamPart,
  push: (piece: string) => void,
  signal: AbortSignal | undefined,
): void {
  if (part.type === 'text-delta') push(part.delta);
  else if (part.type === 'finish') reading.end = part;
  else if (part.type === 'tool-call') {
    const { toolCallId: id, toolName, input } = part;
    reading.calls.push({ id, name: toolName, input });
  } else if (part.type === 'error') throw streamFault(name, part.error, signal);
}

/** An error inside a stream: the server's own words, or a stream that stopped short. */
function streamFault(name: string, error: unknown, signal: AbortSignal | undefined): Error {
  const text = error instanceof Error ? error.message : typeof error === 'string' ? error : JSON.stringify(error);
  if (/without a finish reason/.test(text)) return brokenOff(name, error);
  const { type, code } = (typeof error === 'object' && error !== null ? error : {}) as {
    type?: string;
    code?: unknown;
  };
  const words = `${type ?? ''} ${String(code ?? '')} ${text}`;
  if (/overload|rate.?limit|too many requests|\b(429|503|529)\b/i.test(words))
    return engineFault('busy', name, sentence(text), error);
  if (/out of memory|cuda error/i.test(words)) return engineFault('out-of-memory', name, sentence(text), error);
  if (/context.{0,20}(length|window|size)/i.test(words))
    return engineFault('context-full', name, sentence(text), error);
  if (/server_error|internal|api_error|crash|\b5\d\d\b/i.test(words))
    return engineFault('died', name, sentence(text), error);
  return faultOf(name, error instanceof Error ? error : new Error(sentence(text)), signal);
}

function sentence(text: string): string {
  return (/"message":"([^"]{1,200})/.exec(text)?.[1] ?? text.slice(0, 200)).replace(/\.$/, '');
}

function brokenOff(name: string, cause?: unknown): Error {
  return engineFault('half-answer', name, { en: 'it stopped before its end', zh: '没说完就停了' }, cause);
}

const FINISHES: Readonly<Record<string, ChatReply['finish']>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tools',
  'content-filter': 'refused',
  other: 'stop',
};

function finished(name: string, { text, calls, end }: Reading): Answer {
  const finish = end && FINISHES[end.finishReason.unified];
  // A provider's package says `other` without a reason of the server's where the stream ended before its end.
  const cut = end?.finishReason.unified === 'other' && end.finishReason.raw === undefined;
  if (!end || finish === undefined || cut) throw brokenOff(name);
  const { inputTokens, outputTokens } = end.usage;
  const told = finish === 'stop' && calls.length > 0 ? 'tools' : finish;
  return { text, calls, finish: told, input: inputTokens.total, output: outputTokens.total };
}
