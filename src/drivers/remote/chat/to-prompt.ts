/** Messages as our port has them, in the shape that the providers' packages take. */
import type { LanguageModelV4FunctionTool, LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { ChatMessage, ChatPart, ChatTool } from '../../../kernel/index.ts';

/** Every message, in order; nothing is left out. */
export function toPrompt(messages: readonly ChatMessage[]): LanguageModelV4Prompt {
  return messages.map(toMessage);
}

function toMessage(message: ChatMessage): LanguageModelV4Message {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.text };
    case 'user':
      return { role: 'user', content: message.parts.map(toPart) };
    case 'tool':
      return {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: message.call,
            toolName: message.name,
            output: { type: 'text', value: message.output },
          },
        ],
      };
    case 'assistant':
      return { role: 'assistant', content: saidBefore(message) };
  }
}

type Said = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'];

function saidBefore({ text, calls = [] }: Extract<ChatMessage, { role: 'assistant' }>): Said {
  return [
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map(({ id, name, input }) => ({
      type: 'tool-call' as const,
      toolCallId: id,
      toolName: name,
      input,
    })),
  ];
}

function toPart(part: ChatPart): { type: 'text'; text: string } | Extract<Said[number], { type: 'file' }> {
  return part.kind === 'text'
    ? { type: 'text', text: part.text }
    : { type: 'file', mediaType: part.mime, data: { type: 'data', data: part.bytes } };
}

/** Tools in the packages' shape. */
export function toTools(tools: readonly ChatTool[]): LanguageModelV4FunctionTool[] {
  return tools.map(({ name, description, input }) => ({
    type: 'function',
    name,
    description,
    inputSchema: input as LanguageModelV4FunctionTool['inputSchema'],
  }));
}
