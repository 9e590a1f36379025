/** What models are told in words where they do not know schemas or tools, and when they are asked to mend what they wrote. */
import type { Json } from '../../../core/index.ts';
import type { ChatMessage, ChatTool } from '../../../kernel/index.ts';

type Schema = { readonly [key: string]: Json };

/** The messages with a further instruction in the first of them. */
export function withInstruction(messages: readonly ChatMessage[], instruction: string): readonly ChatMessage[] {
  const [first, ...rest] = messages;
  return first?.role === 'system'
    ? [{ role: 'system', text: `${first.text}\n\n${instruction}` }, ...rest]
    : [{ role: 'system', text: instruction }, ...messages];
}

/** Asks for JSON by a schema. */
export function schemaInWords(schema: Schema): string {
  return `Answer with one JSON value and nothing else: no fence, no explanation. It must follow this JSON Schema:\n${JSON.stringify(schema)}`;
}

/** Asks to use tools by writing JSON. */
export function toolsInWords(tools: readonly ChatTool[]): string {
  const list = tools.map(
    ({ name, description, input }) => `- ${name}: ${description}\n  input: ${JSON.stringify(input)}`,
  );
  return [
    'You can use these tools:',
    ...list,
    'Answer with one JSON object and nothing else.',
    'To use a tool: {"tool": "its name", "input": {…}}.',
    'To answer without a tool: {"answer": "your text"}.',
  ].join('\n');
}

/** Asks to mend an answer that does not follow its schema. */
export function askToMend(text: string, wrong: string, schema: Schema): readonly ChatMessage[] {
  return [
    { role: 'assistant', text: text === '' ? '(nothing)' : text },
    said(`That does not follow the schema: ${wrong}.\n${schemaInWords(schema)}`),
  ];
}

/** Asks to write a call of a tool once more. */
export function askToCallAgain(name: string, wrong: string): readonly ChatMessage[] {
  return [said(`Your call of the tool '${name}' cannot be used: ${wrong}. Make it again, with valid JSON.`)];
}

/** A conversation about tools told in words to a model that does not know them. */
export function callsInWords(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map((message) => {
    if (message.role === 'tool') return said(`The tool '${message.name}' answered:\n${message.output}`);
    if (message.role !== 'assistant' || !message.calls?.length) return message;
    const { name, input } = message.calls[0]!;
    return { role: 'assistant', text: JSON.stringify({ tool: name, input }) };
  });
}

function said(text: string): ChatMessage {
  return { role: 'user', parts: [{ kind: 'text', text }] };
}
