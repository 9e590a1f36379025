/** Server-sent events out of the bytes of a response, as the HTML standard parses them (section 9.2.6). */

/** One message: its data, and the id that stands from it on. */
export interface SentEvent {
  readonly data: string;
  /** The latest `id` field so far; undefined before the first. */
  readonly id: string | undefined;
}

/** Yields messages until the stream ends; a message that is cut off is dropped. `onBytes` hears every piece, comments too. */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  onBytes: () => void = () => undefined,
): AsyncGenerator<SentEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  let id: string | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { data: data.join('\n'), id };
          data = [];
          continue;
        }
        const { name, text } = fieldOf(line);
        if (name === 'data') data.push(text);
        else if (name === 'id' && !text.includes('\0')) id = text;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function fieldOf(line: string): { readonly name: string; readonly text: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, text: '' };
  return { name: line.slice(0, colon), text: line.slice(colon + 1).replace(/^ /, '') };
}
