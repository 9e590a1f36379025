/**
 * The head of a .safetensors file, checked before anybody else reads the file:
 *
 *   length (u64) │ JSON { name: { dtype, shape, data_offsets } } │ data, without gaps, to the end of the file
 */
import type { FileView } from './file-view.ts';

export interface StoredTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the begin of the data. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bits of each kind of number. */
const BITS: Readonly<Record<string, number>> = {
  F64: 64,
  I64: 64,
  U64: 64,
  F32: 32,
  I32: 32,
  U32: 32,
  F16: 16,
  BF16: 16,
  I16: 16,
  U16: 16,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  I8: 8,
  U8: 8,
  BOOL: 8,
  F4: 4,
};

/** As the format has it. */
const LONGEST_HEAD = 100_000_000;

/** Reads the head and checks all of it. Throws `engine/broken-model`. */
export function readSafetensorsHeader(view: FileView): SafetensorsHeader {
  const length = Number(new DataView(view.bytes(0, 8).slice().buffer).getBigUint64(0, true));
  if (length < 2 || length > LONGEST_HEAD || length > view.size - 8) {
    throw view.broken({ en: `a head of ${length} bytes cannot be`, zh: `文件头长度 ${length} 不可能` });
  }
  const { __metadata__: metadata = {}, ...entries } = parseHead(view, length);
  const data = view.size - 8 - length;
  const tensors = Object.entries(entries).map(([name, entry]) => checkTensor(view, name, entry, data));
  let end = 0;
  for (const tensor of [...tensors].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (tensor.begin !== end) {
      throw view.broken({ en: `'${tensor.name}' overlaps or leaves a gap`, zh: `“${tensor.name}”的数据重叠或有空缺` });
    }
    end = tensor.end;
  }
  if (end !== data)
    throw view.broken({ en: `${data - end} bytes belong to nothing`, zh: `有 ${data - end} 字节不属于任何张量` });
  return { tensors, metadata: checkMetadata(view, metadata) };
}

function parseHead(view: FileView, length: number): Record<string, unknown> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(view.bytes(8, length));
    const head: unknown = JSON.parse(text);
    if (typeof head === 'object' && head !== null && !Array.isArray(head)) return head as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw view.broken({ en: 'its head is not JSON', zh: '文件头不是 JSON' });
}

function checkTensor(view: FileView, name: string, entry: unknown, data: number): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const bits = typeof dtype === 'string' && Object.hasOwn(BITS, dtype) ? BITS[dtype] : undefined;
  const good = bits !== undefined && areWhole(shape) && areWhole(offsets) && offsets.length === 2;
  if (!good)
    throw view.broken({ en: `'${shorten(name)}' is not described rightly`, zh: `“${shorten(name)}”的描述不合规范` });
  const [begin, end] = offsets as [number, number];
  const size = (shape.reduce((product, side) => product * side, 1) * bits) / 8;
  if (begin > end || end > data || size !== end - begin) {
    throw view.broken({
      en: `'${shorten(name)}' has another size than it says`,
      zh: `“${shorten(name)}”的大小与描述不符`,
    });
  }
  return { name, dtype: dtype as string, shape, begin, end };
}

function areWhole(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= 16 && value.every((one) => Number.isSafeInteger(one) && one >= 0);
}

function checkMetadata(view: FileView, metadata: unknown): Readonly<Record<string, string>> {
  const plain = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  if (plain && Object.values(metadata).every((value) => typeof value === 'string')) {
    return metadata as Record<string, string>;
  }
  throw view.broken({ en: 'its metadata are not texts', zh: '元数据不是文本' });
}

const shorten = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
