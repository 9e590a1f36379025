/** Bytes of a text file to text: recognises junk, finds the encoding, undoes mojibake. */
import type { Bilingual } from '../../refusal.ts';
import { unreadable } from '../document.ts';
import { detectEncoding, type Encoding } from './detect-encoding.ts';
import { repairMojibake } from './repair-mojibake.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  readonly warnings: readonly Bilingual[];
}

const HEAD = 64 * 1024;

/** Decodes a whole file. Throws the refusal of the file for binary content and unknown encodings. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = findEncoding(bytes);
  const { text, lines } = repairMojibake(new TextDecoder(encoding).decode(bytes));
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  const warnings = [
    ...(lines > 0
      ? [
          {
            en: `${lines} lines had been read with a wrong encoding once and were repaired`,
            zh: `有 ${lines} 行曾被用错误编码读取过，已修复`,
          },
        ]
      : []),
    ...(broken > 0 ? [{ en: `${broken} characters could not be read`, zh: `有 ${broken} 个字符无法读取` }] : []),
  ];
  return { text: text.replace(/^\uFEFF/, ''), encoding, warnings };
}

/** The encoding of a text by its beginning or all of it; throws the refusal of the file when it is no text. */
export function findEncoding(bytes: Uint8Array): Encoding {
  const name = nameOfBinary(bytes);
  if (name) throw unreadable(`binary content (${name}), not text`, `二进制内容（${name}），不是文本`);
  const detected = detectEncoding(bytes);
  if (!detected) {
    throw unreadable(
      'its encoding could not be told: neither UTF-8, UTF-16, GB18030, Big5, Shift_JIS nor Windows-1252 makes sense',
      '无法判断编码：UTF-8、UTF-16、GB18030、Big5、Shift_JIS、Windows-1252 都读不通',
    );
  }
  const head = bytes.subarray(0, HEAD - (HEAD % 2));
  const text = new TextDecoder(detected.encoding).decode(head, { stream: true });
  const controls = text.match(/(?![\s\u0080-\u009f])\p{Cc}/gu)?.length ?? 0;
  if (controls > Math.max(2, text.length * 0.005)) throw unreadable('binary content, not text', '二进制内容，不是文本');
  return detected.encoding;
}

const SIGNATURES: readonly [string, readonly number[]][] = [
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
  ['gzip', [0x1f, 0x8b]],
  ['Office', [0xd0, 0xcf, 0x11, 0xe0]],
  ['ELF', [0x7f, 0x45, 0x4c, 0x46]],
  ['RTF', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];

/** The format a file truly has, when its first bytes say so. */
export function nameOfBinary(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))?.[0];
}
