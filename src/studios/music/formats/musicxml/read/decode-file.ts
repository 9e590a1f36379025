/** Bytes of a .musicxml or .mxl file → XML text, within limits. */
import { strFromU8, unzipSync } from 'fflate';
import { refusal } from '../../../refusal.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';

/** The XML of a score may have this many bytes; a score of 200,000 notes has about 80 MB. */
export const MOST_BYTES = 128 * 1024 * 1024;
/** An archive holds a score and little else. */
const MOST_FILES = 1000;

/** The text of a file; throws `music/file-too-large`, `music/bad-archive`. */
export function decodeFile(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw fileTooLarge();
  return textOf(isZip(bytes) ? unpack(bytes) : bytes);
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

function unpack(bytes: Uint8Array): Uint8Array {
  const [container] = extract(bytes, (name) => name === 'META-INF/container.xml');
  const path = container ? rootFile(parseXml(textOf(container))) : undefined;
  const wanted = (name: string): boolean =>
    path === undefined ? /^(?!META-INF\/).*\.(musicxml|xml)$/i.test(name) : name === path;
  const [found] = extract(bytes, wanted);
  if (!found) throw badArchive({ en: 'it names no score', zh: '其中没有乐谱' });
  return found;
}

function rootFile(container: XmlElement): string | undefined {
  const files = container.children.find(({ name }) => name === 'rootfiles')?.children ?? [];
  return files.find(({ name }) => name === 'rootfile')?.attributes['full-path'];
}

/** Files of the archive that are wanted; sizes are checked before anything is unpacked, and unpacking stops at the size told. */
function extract(bytes: Uint8Array, wanted: (name: string) => boolean): Uint8Array[] {
  let count = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++count > MOST_FILES || originalSize > MOST_BYTES) throw fileTooLarge();
        return wanted(name);
      },
    });
    return Object.values(files);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === TOO_LARGE) throw cause;
    throw badArchive({ en: String((cause as Error).message), zh: '压缩数据损坏' });
  }
}

function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const head = strFromU8(bytes.subarray(0, 200), true);
  const named = /encoding=["']([\w-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  return new TextDecoder(/^(iso-8859|windows|gb|big5|shift_jis)/i.test(named) ? named : 'utf-8').decode(bytes);
}

const TOO_LARGE = 'music/file-too-large';

function fileTooLarge(): Error {
  return refusal(
    'input',
    'music/file-too-large',
    {
      en: `The score is larger than ${MOST_BYTES / 2 ** 20} MB, or its archive holds too many files.`,
      zh: `乐谱大于 ${MOST_BYTES / 2 ** 20} MB，或压缩包中文件过多。`,
    },
    { en: 'Split the piece into movements.', zh: '请把作品分成几个乐章。' },
  );
}

function badArchive(what: { en: string; zh: string }): Error {
  return refusal(
    'input',
    'music/bad-archive',
    { en: `The .mxl archive cannot be read: ${what.en}.`, zh: `无法读取 .mxl 压缩包：${what.zh}。` },
    {
      en: 'Export the file again, or export it uncompressed (.musicxml).',
      zh: '请重新导出，或导出为未压缩的 .musicxml。',
    },
  );
}
