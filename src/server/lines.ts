import { StringDecoder } from 'node:string_decoder';

/** A line that was longer than allowed; its text is not kept. */
export const TOO_LONG = Symbol('too long');

/** Cuts a stream of UTF-8 into lines, without their ends; a last line need not have one. Lines over `limit` characters become `TOO_LONG`. */
export async function* readLines(
  input: AsyncIterable<Uint8Array | string>,
  limit: number,
): AsyncGenerator<string | typeof TOO_LONG> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let skipping = false;
  for await (const chunk of input) {
    const parts = (typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))).split('\n');
    for (const [i, part] of parts.entries()) {
      if (i > 0) {
        yield skipping ? TOO_LONG : line;
        line = '';
        skipping = false;
      }
      if (line.length + part.length > limit) skipping = true;
      line = skipping ? '' : line + part;
    }
  }
  if (skipping) yield TOO_LONG;
  else if (line !== '') yield line;
}
