/**
 * The port to a language model that is spoken to in messages: larger models of the artist's own, on this machine or behind an
 * address. A driver implements it; agents and studios ask the kernel for it. What such a model writes is checked by our own
 * engines before anything is made of it.
 *
 *   messages, tools, schema ─▶ reply ─▶ text piece by piece ─▶ text, calls of tools, value, what it used
 *
 * A reply never leaves out part of the messages: where they do not fit, it throws `engine/context-full`.
 */
import type { Json } from '../../core/index.ts';
import type { ModelIdentity } from './token-model.ts';

/** A piece of what is said to a model. */
export type ChatPart =
  | { readonly kind: 'text'; readonly text: string }
  /** PNG, JPEG or WebP; only for models that see. */
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly mime: string };

/** A model's wish to use a tool. */
export interface ToolCall {
  /** Names this call in the answer to it. */
  readonly id: string;
  readonly name: string;
  /** As the model wrote it: check it against the tool's schema. */
  readonly input: Json;
}

export type ChatMessage =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly parts: readonly ChatPart[] }
  | { readonly role: 'assistant'; readonly text: string; readonly calls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly call: string; readonly name: string; readonly output: string };

export interface ChatTool {
  readonly name: string;
  /** What it does and when to use it. */
  readonly description: string;
  /** JSON Schema of an object. */
  readonly input: { readonly [key: string]: Json };
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ChatTool[];
  /** JSON Schema that the text shall follow; the parsed text is `value` of the reply. */
  readonly schema?: { readonly [key: string]: Json };
  /** At most so many tokens of reply; default: what the model allows. */
  readonly maxTokens?: number;
  /** 0 takes the likeliest; default 0.8. */
  readonly temperature?: number;
  /** The smallest set of tokens that holds this share of probability; default 1. */
  readonly topP?: number;
  /** Engines that can repeat themselves give the same reply to the same seed. */
  readonly seed?: number;
  /** The reply ends before any of these. */
  readonly stop?: readonly string[];
  readonly signal?: AbortSignal;
  /** Told each piece of text as it comes. */
  readonly onText?: (piece: string) => void;
}

export interface ChatUsage {
  /** Tokens read. */
  readonly input: number;
  /** Tokens written. */
  readonly output: number;
  /** As the price list of the model's card has it; absent where it costs nothing or the price is not known. */
  readonly cost?: { readonly amount: number; readonly currency: string };
}

export interface ChatReply {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** The text as JSON where a schema was given; it follows that schema. */
  readonly value?: Json;
  /** `length`: cut at `maxTokens`; `refused`: the engine would not answer. */
  readonly finish: 'stop' | 'length' | 'tools' | 'refused';
  readonly usage: ChatUsage;
}

export interface ChatModel extends AsyncDisposable {
  readonly identity: ModelIdentity;
  /** Tokens of messages and reply together; absent where the engine does not say. */
  readonly contextLength?: number;
  /** Takes pictures among the parts. */
  readonly sees: boolean;
  /** Knows calls of tools; others are told of tools in words and answer by schema. */
  readonly usesTools: boolean;
  /** How many tokens messages take; `exact` is false where it is estimated. */
  count(messages: readonly ChatMessage[]): Promise<{ readonly tokens: number; readonly exact: boolean }>;
  /** Throws `core/cancelled` on the signal, and the refusals of src/kernel/engine-faults.ts. */
  reply(request: ChatRequest): Promise<ChatReply>;
}
