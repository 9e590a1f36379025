/**
 * How many tokens messages take, estimated: servers do not tell beforehand. A Chinese character is about 0.8 token of today's
 * large vocabularies and never below 0.4; Latin letters come about 3.8 to a token, never above 9.
 */
import type { ChatMessage } from '../../../kernel/index.ts';

const LARGE = /[⺀-鿿豈-﫿぀-ヿ가-힣]/gu;

/** Tokens of a picture, as most servers count a middling one. */
const PICTURE = 800;

/** Tokens around each message. */
const FRAME = 4;

/** A middling guess, and one that the truth does not fall below. */
export function estimateTokens(messages: readonly ChatMessage[]): { readonly likely: number; readonly least: number } {
  let likely = 0;
  let least = 0;
  for (const message of messages) {
    const text = textOf(message);
    const large = text.match(LARGE)?.length ?? 0;
    const small = text.length - large;
    likely += large * 0.8 + small / 3.8 + picturesOf(message) * PICTURE + FRAME;
    least += large * 0.4 + small / 9;
  }
  return { likely: Math.ceil(likely), least: Math.floor(least) };
}

function textOf(message: ChatMessage): string {
  switch (message.role) {
    case 'system':
      return message.text;
    case 'tool':
      return message.output;
    case 'assistant':
      return message.text + JSON.stringify(message.calls ?? []).slice(2);
    case 'user':
      return message.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
  }
}

function picturesOf(message: ChatMessage): number {
  return message.role === 'user' ? message.parts.filter(({ kind }) => kind === 'picture').length : 0;
}
