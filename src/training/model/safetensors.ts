/**
 * The safetensors file format: 8 bytes of header length, a JSON header, the numbers.
 *
 *   ┌ length u64 ┬ {"name": {"dtype", "shape", "data_offsets"}, …} ┬ bytes of all tensors, one after another ┐
 *
 * F32, F16 and BF16 tensors become 32-bit floats. Our own 8-bit form is an I8 matrix `name` beside F32 `name.scales`, one
 * per row. The header is checked in full before a number is read, so a broken file cannot read outside itself.
 */
import { z } from 'zod';
import { refusal } from '../refusal.ts';
import { narrowFloat16, widenBfloat16, widenFloat16 } from './float16.ts';

/** A tensor of 32-bit floats. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** How numbers are stored. `I8` quantises matrices row by row and keeps vectors as F32. */
export type Precision = 'F32' | 'F16' | 'I8';

type StoredType = Precision | 'BF16';

const BYTES: Readonly<Record<StoredType, number>> = { F32: 4, F16: 2, BF16: 2, I8: 1 };
const LONGEST_HEADER = 100_000_000;
const SCALES = '.scales';

const ENTRY = z.object({
  dtype: z.enum(['F32', 'F16', 'BF16', 'I8']),
  shape: z.array(z.int().nonnegative()).max(8),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
type Entry = z.infer<typeof ENTRY>;

/** Reads all tensors; throws `training/bad-safetensors`. `source` names the file in errors. */
export function readSafetensors(bytes: Uint8Array, source: string): Map<string, StoredTensor> {
  const { entries, data } = readHeader(bytes, source);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of entries) {
    if (entry.dtype === 'I8') continue;
    tensors.set(name, { shape: entry.shape, data: widen(entry, data) });
  }
  for (const [name, entry] of entries) {
    if (entry.dtype !== 'I8') continue;
    const scales = tensors.get(name + SCALES)?.data;
    if (!scales || scales.length !== entry.shape[0])
      throw broken(source, `the 8-bit tensor '${name}' lacks its row scales`);
    tensors.set(name, { shape: entry.shape, data: rescale(raw(entry, data), scales) });
  }
  for (const [name, entry] of entries) if (entry.dtype === 'I8') tensors.delete(name + SCALES);
  return tensors;
}

/** The free-form strings of a file's header; throws `training/bad-safetensors`. */
export function readMetadata(bytes: Uint8Array, source: string): Readonly<Record<string, string>> {
  const parsed = z.record(z.string(), z.string()).optional().safeParse(readHeader(bytes, source).metadata);
  if (!parsed.success) throw broken(source, 'its metadata is not text');
  return parsed.data ?? {};
}

/** The bytes of a file with these tensors; default precision F32. */
export function formatSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  options: { readonly precision?: Precision; readonly metadata?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const precision = options.precision ?? 'F32';
  const stored = [...tensors].flatMap(([name, tensor]) => store(name, tensor, precision));
  let at = 0;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...options.metadata } };
  for (const { name, dtype, shape, bytes } of stored) {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + padded + at).fill(0x20, 8, 8 + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(text, 8);
  let offset = 8 + padded;
  for (const { bytes } of stored) {
    file.set(bytes, offset);
    offset += bytes.length;
  }
  return file;
}

function store(name: string, { shape, data }: StoredTensor, precision: Precision) {
  const bytesOf = (array: Float32Array | Uint16Array | Int8Array): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  if (precision === 'I8' && shape.length === 2) {
    const { values, scales } = quantise(data, shape[0]!);
    return [
      { name, dtype: 'I8', shape, bytes: bytesOf(values) },
      { name: name + SCALES, dtype: 'F32', shape: [shape[0]!], bytes: bytesOf(scales) },
    ];
  }
  const half = precision === 'F16';
  return [{ name, dtype: half ? 'F16' : 'F32', shape, bytes: bytesOf(half ? narrowFloat16(data) : data) }];
}

/** Each row over its largest magnitude, in 255 steps. */
function quantise(data: Float32Array, rows: number): { values: Int8Array; scales: Float32Array } {
  const width = data.length / rows;
  const values = new Int8Array(data.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    const scale = Math.fround(line.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127) || 1;
    scales[row] = scale;
    for (let i = 0; i < width; i++) values[row * width + i] = Math.round(line[i]! / scale);
  }
  return { values, scales };
}

function rescale(values: Uint8Array, scales: Float32Array): Float32Array {
  const signed = new Int8Array(values.buffer, values.byteOffset, values.length);
  const width = scales.length === 0 ? 0 : values.length / scales.length;
  return Float32Array.from(signed, (value, i) => value * scales[Math.floor(i / width)]!);
}

function readHeader(bytes: Uint8Array, source: string) {
  if (bytes.length < 8) throw broken(source, `${bytes.length} bytes are too few`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > LONGEST_HEADER || 8 + length > bytes.length) {
    throw broken(source, `the header claims ${length} bytes in a file of ${bytes.length}`);
  }
  const data = bytes.subarray(8 + length);
  const header = parseHeader(bytes.subarray(8, 8 + length), source);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]): [string, Entry] => {
      const entry = ENTRY.safeParse(value);
      if (!entry.success) throw broken(source, `the entry of '${name}' is not one we can read`);
      return [name, entry.data];
    });
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: offsets }] of entries.toSorted(byOffset)) {
    const size = shape.reduce((a, b) => a * b, BYTES[dtype]);
    if (offsets[0] !== end || offsets[1] - offsets[0] !== size) {
      throw broken(source, `'${name}' of shape [${shape}] stands at ${offsets[0]} to ${offsets[1]}`);
    }
    end = offsets[1];
  }
  if (end !== data.length)
    throw broken(source, `it holds ${data.length} bytes of numbers where the header names ${end}`);
  return { entries, data, metadata: header.__metadata__ };
}

function byOffset(a: [string, Entry], b: [string, Entry]): number {
  return a[1].data_offsets[0] - b[1].data_offsets[0] || a[1].data_offsets[1] - b[1].data_offsets[1];
}

function parseHeader(bytes: Uint8Array, source: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // falls through: any unreadable header is the same error
  }
  throw broken(source, 'the header is not a JSON object');
}

function raw(entry: Entry, data: Uint8Array): Uint8Array {
  return new Uint8Array(data.subarray(entry.data_offsets[0], entry.data_offsets[1])); // a copy, so that it is aligned
}

function widen(entry: Entry, data: Uint8Array): Float32Array {
  const { buffer } = raw(entry, data);
  if (entry.dtype === 'F32') return new Float32Array(buffer);
  const halves = new Uint16Array(buffer);
  return entry.dtype === 'F16' ? widenFloat16(halves) : widenBfloat16(halves);
}

function broken(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-safetensors',
    {
      en: `'${source}' is not a whole safetensors file: ${reason}.`,
      zh: `“${source}”不是完整的 safetensors 文件：${reason}。`,
    },
    { en: 'Fetch or copy the model again.', zh: '请重新下载或复制该模型。' },
  );
}
