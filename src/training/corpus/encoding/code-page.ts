/** Text back to the bytes of an old encoding, by turning the decoder's own table round. */

/** Encodings that can be turned round: of one and two bytes a character. */
export type CodePage = 'gbk' | 'big5' | 'windows-1252';

const tables = new Map<CodePage, ReadonlyMap<string, number>>();

/** The bytes of a text, or undefined when a character has none. Control characters U+0080–9F count as their own bytes. */
export function encodeCodePage(text: string, page: CodePage): Uint8Array | undefined {
  const table = tables.get(page) ?? buildTable(page);
  tables.set(page, table);
  const bytes: number[] = [];
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) return undefined;
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Uint8Array.from(bytes);
}

function buildTable(page: CodePage): Map<string, number> {
  const table = new Map<string, number>();
  const add = (code: number, character: string): void => {
    if ([...character].length === 1 && character !== '\uFFFD' && !table.has(character)) table.set(character, code);
  };
  const decoder = new TextDecoder(page);
  for (let code = 0; code < 0x80; code++) add(code, String.fromCharCode(code));
  if (page === 'windows-1252') {
    for (let code = 0x80; code < 0x100; code++) add(code, decoder.decode(Uint8Array.of(code)));
    for (let code = 0x80; code < 0xa0; code++) add(code, String.fromCharCode(code));
    return table;
  }
  // All pairs in one go, a line each: a call per pair would take seconds.
  const codes = Array.from({ length: 0xff - 0x81 }, (_, i) => i + 0x81).flatMap((lead) =>
    Array.from({ length: 0xff - 0x40 }, (_, i) => (lead << 8) | (i + 0x40)),
  );
  const lines = decoder.decode(Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 0xff, 0x0a]))).split('\n');
  for (const [i, code] of codes.entries()) add(code, lines[i]!);
  return table;
}
