/**
 * JSON lines, streamed: a file of any size is read line by line, so that memory holds the texts and not the file. A wrong
 * line is reported with its number and the rest is kept.
 */
import type { Bilingual } from '../../refusal.ts';
import { type Piece, type Reading, type ReadLimits, unreadable } from '../document.ts';
import { findEncoding } from '../encoding/decode-text.ts';

/** Which field holds what. `text` may be a string, or lists of strings at any depth: lines of stanzas. */
export interface JsonlFields {
  readonly text: string;
  readonly title: string;
  readonly author: string;
  readonly book: string;
  readonly chapter: string;
  readonly licence: string;
}

export const JSONL_FIELDS: JsonlFields = {
  text: 'text',
  title: 'title',
  author: 'author',
  book: 'book',
  chapter: 'chapter',
  licence: 'licence',
};

const REPORTED = 20;
const NEWLINE = 0x0a;

/** Reads pieces out of chunks of bytes. Throws the refusal of the file when it is binary or no line is good. */
export async function readJsonl(
  chunks: AsyncIterable<Uint8Array>,
  fields: JsonlFields,
  limits: ReadLimits,
): Promise<Reading> {
  const pieces: Piece[] = [];
  const warnings: Bilingual[] = [];
  let [wrong, line, characters] = [0, 0, 0];
  for await (const text of decodedLines(chunks, limits.maxLineBytes)) {
    line++;
    if (text.trim() === '') continue;
    const piece = parseLine(text, fields, String(line));
    if ('wrong' in piece) {
      if (wrong++ < REPORTED) {
        warnings.push({ en: `line ${line}: ${piece.wrong.en}`, zh: `第 ${line} 行：${piece.wrong.zh}` });
      }
      continue;
    }
    characters += piece.text.length;
    if (characters > limits.maxCharacters) {
      throw unreadable(
        `more than ${limits.maxCharacters} characters of text`,
        `文字超过 ${limits.maxCharacters} 个字符`,
      );
    }
    pieces.push(piece);
  }
  if (wrong > REPORTED) warnings.push({ en: `${wrong} wrong lines in all`, zh: `共有 ${wrong} 行有误` });
  if (pieces.length > 0) return { pieces, warnings };
  const first = warnings[0];
  throw unreadable(
    `no line holds a text${first ? ` (${first.en})` : ''}`,
    `没有一行含有文本${first ? `（${first.zh}）` : ''}`,
  );
}

type Wrong = { readonly wrong: Bilingual };

function parseLine(line: string, fields: JsonlFields, label: string): Piece | Wrong {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { wrong: { en: 'not JSON', zh: '不是 JSON' } };
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { wrong: { en: 'not an object', zh: '不是对象' } };
  }
  const record = value as Record<string, unknown>;
  const text = flatten(record[fields.text]);
  if (text === undefined) {
    return { wrong: { en: `no text in the field '${fields.text}'`, zh: `字段“${fields.text}”中没有文本` } };
  }
  const own = (field: string): string | undefined => {
    const found = record[field];
    return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
  };
  const { title, author, book, chapter, licence } = fields;
  const name = own(title) ?? own(chapter) ?? own(book);
  return { text, label, title: name, author: own(author), book: own(book), licence: own(licence) };
}

function flatten(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(flatten);
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.join(value.some(Array.isArray) ? '\n\n' : '\n');
}

/** Lines of a stream; the first chunk tells the encoding. In no encoding but UTF-16 is a byte 0A part of another character. */
async function* decodedLines(chunks: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<string> {
  let decode: ((bytes: Uint8Array) => string) | undefined;
  let held: Uint8Array[] = [];
  let size = 0;
  const take = (): string => {
    const bytes = held.length === 1 ? held[0]! : Buffer.concat(held);
    [held, size] = [[], 0];
    return decode!(bytes);
  };
  for await (const chunk of chunks) {
    decode ??= createDecoder(chunk);
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      held.push(chunk.subarray(from, at));
      if (size + at - from > longest) throw longLine(longest);
      from = at + 1;
      yield take();
    }
    held.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > longest) throw longLine(longest);
  }
  if (size > 0) yield take();
}

function createDecoder(head: Uint8Array): (bytes: Uint8Array) => string {
  const last = head.lastIndexOf(NEWLINE);
  const encoding = findEncoding(last > 0 ? head.subarray(0, last + 1) : head);
  if (encoding.startsWith('utf-16'))
    throw unreadable('jsonl in UTF-16; save it as UTF-8', 'jsonl 为 UTF-16 编码，请另存为 UTF-8');
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes);
}

function longLine(longest: number): Error {
  return unreadable(`a line of more than ${longest} bytes`, `有一行超过 ${longest} 字节`);
}
