/**
 * GGUF version 3, the one-file format of llama.cpp: facts about the model, then tensors.
 *
 *   "GGUF" │ version │ counts │ key: value … │ name, shape, type, offset … │ padding │ bytes of tensors …
 *
 * The reader trusts nothing: every length is checked against the bytes that are there before it is used, tensors must lie
 * inside the file, aligned and apart. Numbers are little-endian. After the specification in ggml's docs/gguf.md.
 */
import { refusal } from '../refusal.ts';
import { BLOCKS, type BlockType, blockBytes } from './gguf-blocks.ts';

/** A fact: a number, a truth, a text or a list of one kind. 64-bit integers are bigint. */
export type GgufValue =
  | { readonly type: NumberType; readonly value: number }
  | { readonly type: 'u64' | 'i64'; readonly value: bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'array'; readonly of: ScalarType; readonly value: readonly GgufScalar[] };

type NumberType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'f64';
type ScalarType = NumberType | 'u64' | 'i64' | 'bool' | 'string';
type GgufScalar = number | bigint | boolean | string;

/** A tensor as it lies in the file. `shape` is ours: rows first, the axis that runs fastest last. */
export interface GgufTensor {
  readonly shape: readonly number[];
  readonly type: BlockType;
  readonly bytes: Uint8Array;
}

export interface GgufFile {
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
}

const MAGIC = 0x46554747;
const VERSION = 3;
const ALIGNMENT = 32;
const MOST_AXES = 4;
/** Numbers of the kinds of facts in the file. */
const KINDS = ['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'f32', 'bool', 'string', 'array', 'u64', 'i64', 'f64'] as const;
const SIZES: Readonly<Record<ScalarType, number>> = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  f32: 4,
  bool: 1,
  string: 8,
  u64: 8,
  i64: 8,
  f64: 8,
};

/** The bytes of a file; tensors follow in the order of the map. */
export function formatGguf({ metadata, tensors }: GgufFile): Uint8Array {
  const head = createWriter();
  head.number('u32', MAGIC);
  head.number('u32', VERSION);
  head.long('u64', BigInt(tensors.size));
  head.long('u64', BigInt(metadata.size));
  for (const [key, value] of metadata) {
    head.text(key);
    head.number('u32', KINDS.indexOf(value.type));
    if (value.type !== 'array') head.scalar(value.type, value.value);
    else {
      head.number('u32', KINDS.indexOf(value.of));
      head.long('u64', BigInt(value.value.length));
      for (const item of value.value) head.scalar(value.of, item);
    }
  }
  let end = 0;
  for (const [name, { shape, type, bytes }] of tensors) {
    head.text(name);
    head.number('u32', shape.length);
    for (const dim of shape.toReversed()) head.long('u64', BigInt(dim));
    head.number('u32', BLOCKS[type].number);
    head.long('u64', BigInt(end));
    end = aligned(end + bytes.length, ALIGNMENT);
  }
  const front = head.bytes();
  const file = new Uint8Array(aligned(front.length, ALIGNMENT) + end);
  file.set(front);
  let at = aligned(front.length, ALIGNMENT);
  for (const { bytes } of tensors.values()) {
    file.set(bytes, at);
    at += aligned(bytes.length, ALIGNMENT);
  }
  return file;
}

/** Reads a file; tensors are views of it. Throws `training/bad-gguf`. */
export function readGguf(file: Uint8Array, source: string): GgufFile {
  const reader = createReader(file, source);
  if (reader.number('u32') !== MAGIC) throw broken(source, 'it does not begin with GGUF');
  const version = reader.number('u32');
  if (version !== 2 && version !== VERSION) throw broken(source, `version ${version} is neither 2 nor 3`);
  const tensorCount = reader.count(24); // a name, axes, a type, an offset
  const factCount = reader.count(12); // a key and a kind
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < factCount; i++) {
    const key = reader.text();
    if (metadata.has(key)) throw broken(source, `'${key}' stands there twice`);
    metadata.set(key, readValue(reader, source));
  }
  const alignment = metadata.get('general.alignment')?.value ?? ALIGNMENT;
  if (typeof alignment !== 'number' || alignment < 8 || alignment > 65536 || alignment % 8 !== 0) {
    throw broken(source, `an alignment of ${alignment}`);
  }
  const entries = Array.from({ length: tensorCount }, () => readEntry(reader, source));
  const data = file.subarray(Math.min(file.length, aligned(reader.place(), alignment)));
  return { metadata, tensors: placeTensors(entries, data, alignment, source) };
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: BlockType;
  readonly offset: number;
}

function readValue(reader: Reader, source: string): GgufValue {
  const kind = (): (typeof KINDS)[number] => {
    const number = reader.number('u32');
    const found = KINDS[number];
    if (!found) throw broken(source, `a fact of the unknown kind ${number}`);
    return found;
  };
  const type = kind();
  if (type !== 'array') return { type, value: reader.scalar(type) } as GgufValue;
  const of = kind();
  if (of === 'array') throw broken(source, 'a list of lists');
  const count = reader.count(SIZES[of]);
  return { type, of, value: Array.from({ length: count }, () => reader.scalar(of)) };
}

function readEntry(reader: Reader, source: string): Entry {
  const name = reader.text();
  const axes = reader.number('u32');
  if (axes < 1 || axes > MOST_AXES) throw broken(source, `'${name}' has ${axes} axes`);
  const shape = Array.from({ length: axes }, () => reader.size()).reverse();
  const size = shape.reduce((a, b) => a * b, 1);
  if (size < 1 || !Number.isSafeInteger(size)) throw broken(source, `'${name}' has the shape [${shape}]`);
  const number = reader.number('u32');
  const type = (Object.keys(BLOCKS) as BlockType[]).find((one) => BLOCKS[one].number === number);
  if (!type) throw broken(source, `'${name}' has numbers of the kind ${number}, which we cannot read`);
  if (shape.at(-1)! % BLOCKS[type].length !== 0) {
    throw broken(source, `'${name}' of shape [${shape}] does not fill blocks of ${BLOCKS[type].length}`);
  }
  return { name, shape, type, offset: reader.size() };
}

function placeTensors(
  entries: readonly Entry[],
  data: Uint8Array,
  alignment: number,
  source: string,
): Map<string, GgufTensor> {
  const tensors = new Map<string, GgufTensor>();
  let end = 0;
  for (const { name, shape, type, offset } of entries.toSorted((a, b) => a.offset - b.offset)) {
    const size = blockBytes(type, shape);
    if (offset < end || offset % alignment !== 0) throw broken(source, `'${name}' lies at ${offset}, before ${end}`);
    if (offset + size > data.length) throw broken(source, `'${name}' ends at ${offset + size} of ${data.length} bytes`);
    if (tensors.has(name)) throw broken(source, `'${name}' stands there twice`);
    tensors.set(name, { shape, type, bytes: data.subarray(offset, offset + size) });
    end = offset + size;
  }
  return tensors;
}

function createWriter() {
  let buffer = new Uint8Array(1 << 16);
  let view = new DataView(buffer.buffer);
  let at = 0;
  const reserve = (size: number): number => {
    if (at + size > buffer.length) {
      const larger = new Uint8Array(Math.max(2 * buffer.length, at + size));
      larger.set(buffer);
      buffer = larger;
      view = new DataView(buffer.buffer);
    }
    at += size;
    return at - size;
  };
  // A place is reserved before `view` or `buffer` is read: reserving may replace them.
  const number = (type: NumberType, value: number): void => {
    const place = reserve(SIZES[type]);
    SET[type](view, place, value);
  };
  const long = (type: 'u64' | 'i64', value: bigint): void => {
    const place = reserve(8);
    if (type === 'u64') view.setBigUint64(place, value, true);
    else view.setBigInt64(place, value, true);
  };
  const text = (value: string): void => {
    const encoded = new TextEncoder().encode(value);
    long('u64', BigInt(encoded.length));
    const place = reserve(encoded.length);
    buffer.set(encoded, place);
  };
  const scalar = (type: ScalarType, value: GgufScalar): void => {
    if (type === 'string') text(value as string);
    else if (type === 'bool') number('u8', value ? 1 : 0);
    else if (type === 'u64' || type === 'i64') long(type, value as bigint);
    else number(type, value as number);
  };
  return { number, long, text, scalar, bytes: () => buffer.subarray(0, at) };
}

type Reader = ReturnType<typeof createReader>;

function createReader(file: Uint8Array, source: string) {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  let at = 0;
  const take = (size: number): number => {
    if (size > file.length - at) throw broken(source, `it ends at ${file.length} bytes, in the middle of a field`);
    at += size;
    return at - size;
  };
  const number = (type: NumberType): number => GET[type](view, take(SIZES[type]));
  const size = (): number => {
    const value = view.getBigUint64(take(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken(source, `a length of ${value}`);
    return Number(value);
  };
  /** A count of things that take at least `least` bytes each. */
  const count = (least: number): number => {
    const value = size();
    if (value * least > file.length - at) throw broken(source, `${value} entries in ${file.length - at} bytes`);
    return value;
  };
  const text = (): string => {
    const length = count(1);
    const from = take(length);
    return new TextDecoder().decode(file.subarray(from, from + length));
  };
  const scalar = (type: ScalarType): GgufScalar => {
    if (type === 'string') return text();
    if (type === 'bool') return number('u8') !== 0;
    if (type === 'u64') return view.getBigUint64(take(8), true);
    if (type === 'i64') return view.getBigInt64(take(8), true);
    return number(type);
  };
  return { number, size, count, text, scalar, place: () => at };
}

const GET: Readonly<Record<NumberType, (view: DataView, at: number) => number>> = {
  u8: (view, at) => view.getUint8(at),
  i8: (view, at) => view.getInt8(at),
  u16: (view, at) => view.getUint16(at, true),
  i16: (view, at) => view.getInt16(at, true),
  u32: (view, at) => view.getUint32(at, true),
  i32: (view, at) => view.getInt32(at, true),
  f32: (view, at) => view.getFloat32(at, true),
  f64: (view, at) => view.getFloat64(at, true),
};

const SET: Readonly<Record<NumberType, (view: DataView, at: number, value: number) => void>> = {
  u8: (view, at, value) => view.setUint8(at, value),
  i8: (view, at, value) => view.setInt8(at, value),
  u16: (view, at, value) => view.setUint16(at, value, true),
  i16: (view, at, value) => view.setInt16(at, value, true),
  u32: (view, at, value) => view.setUint32(at, value, true),
  i32: (view, at, value) => view.setInt32(at, value, true),
  f32: (view, at, value) => view.setFloat32(at, value, true),
  f64: (view, at, value) => view.setFloat64(at, value, true),
};

function aligned(place: number, alignment: number): number {
  return Math.ceil(place / alignment) * alignment;
}

function broken(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-gguf',
    {
      en: `'${source}' is not a GGUF file we can read: ${reason}.`,
      zh: `“${source}”不是可读取的 GGUF 文件：${reason}。`,
    },
    {
      en: 'Fetch or copy the file again; kinds of numbers we read: F32, F16, BF16, Q8_0, Q4_0, Q4_K, Q6_K.',
      zh: '请重新下载或复制该文件；可读取的数值类型：F32、F16、BF16、Q8_0、Q4_0、Q4_K、Q6_K。',
    },
  );
}
