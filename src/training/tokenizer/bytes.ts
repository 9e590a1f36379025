/**
 * Bytes written as visible characters, as GPT-2 does (Radford et al., 2019): printable Latin-1 stands for itself, the other
 * bytes for characters from U+0100 on. A token of bytes thus has a name that JSON can hold: ` the` is `Ġthe`, `的` is `çļĦ`.
 */

const printable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);

/** The character of each byte. */
export const BYTE_CHARACTERS: readonly string[] = nameBytes();

const BYTES = new Map(BYTE_CHARACTERS.map((character, byte) => [character, byte]));

/** The name of bytes. */
export function nameOfBytes(bytes: Uint8Array): string {
  let name = '';
  for (const byte of bytes) name += BYTE_CHARACTERS[byte]!;
  return name;
}

/** The bytes of a name; undefined when it holds a character that stands for no byte. */
export function bytesOfName(name: string): Uint8Array | undefined {
  const bytes = Uint8Array.from([...name], (character) => BYTES.get(character) ?? 256);
  return [...name].every((character) => BYTES.has(character)) ? bytes : undefined;
}

function nameBytes(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}
