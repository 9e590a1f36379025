/**
 * The texts of a MIDI file name no encoding. All texts of a file are judged together: UTF-8 if they are all valid, else
 * GBK if the high bytes come in Chinese pairs and are most of the text, else Latin-1 (Windows-1252).
 */

/** Decodes any text of a file, in the encoding guessed from all of them. */
export function createTextDecoder(texts: readonly Uint8Array[]): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder(guessEncoding(texts));
  // Control characters are no text; karaoke files use them as padding.
  return (bytes) => decoder.decode(bytes).replace(/\p{Cc}/gu, ' ');
}

/** `utf-8`, `gbk` or `windows-1252`. */
export function guessEncoding(texts: readonly Uint8Array[]): string {
  const strict = new TextDecoder('utf-8', { fatal: true });
  if (texts.every((text) => decodes(strict, text))) return 'utf-8';
  return texts.some(hasHighBytes) && isChinese(texts) ? 'gbk' : 'windows-1252';
}

function decodes(decoder: InstanceType<typeof TextDecoder>, text: Uint8Array): boolean {
  try {
    decoder.decode(text);
    return true;
  } catch {
    return false;
  }
}

const hasHighBytes = (text: Uint8Array): boolean => text.some((byte) => byte >= 0x80);

/** Chinese of the GB 2312 plane: pairs of bytes from 0xA1 up, hanzi from 0xB0; and they are most of such texts. */
function isChinese(texts: readonly Uint8Array[]): boolean {
  let paired = 0;
  let bytes = 0;
  for (const text of texts.filter(hasHighBytes)) {
    for (let i = 0; i < text.length; i++) {
      bytes++;
      if (text[i]! < 0x80) continue;
      const hanzi = text[i]! >= 0xa1 && text[i]! <= 0xf7 && (text[i + 1] ?? 0) >= 0xa1;
      if (!hanzi) return false;
      paired += 2;
      bytes++;
      i++;
    }
  }
  return paired >= 0.4 * bytes;
}
