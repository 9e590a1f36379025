/**
 * The structure of an .onnx file, walked and checked before a native loader sees it. An ONNX file is a protocol buffer: fields
 * with a number and a wire type, messages within messages. Each message must lie wholly within the one around it, each tensor
 * must have as many bytes as its shape says, and files beside it must not lie elsewhere. Weights themselves are not read.
 *
 *   ModelProto { ir_version, opset_import, graph { node { attribute { t, g } }, initializer, input, output } }
 */
import type { FileView } from './file-view.ts';

export interface OnnxHeader {
  readonly irVersion: number;
  /** Version of the plain operators. */
  readonly opset: number;
  readonly nodes: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Bytes of weights, within the file and beside it. */
  readonly weights: number;
  /** Files beside it that hold weights: path from its folder, and how far they must reach. */
  readonly external: ReadonlyMap<string, number>;
}

/** A field of a message: a number, or a range of bytes. */
interface Field {
  readonly number: number;
  readonly wire: number;
  readonly value: number;
  readonly at: number;
  readonly length: number;
}

interface Walk {
  readonly view: FileView;
  nodes: number;
  weights: number;
  readonly external: Map<string, number>;
}

/** Bytes of one element of each data type; 0: not of fixed width (texts). 4-bit types are 0.5. */
const WIDTHS: Readonly<Record<number, number>> = {
  1: 4,
  2: 1,
  3: 1,
  4: 2,
  5: 2,
  6: 4,
  7: 8,
  8: 0,
  9: 1,
  10: 2,
  11: 8,
  12: 4,
  13: 8,
  14: 8,
  15: 16,
  16: 2,
  17: 1,
  18: 1,
  19: 1,
  20: 1,
  21: 0.5,
  22: 0.5,
  23: 0.5,
  24: 1,
  25: 0.25,
  26: 0.25,
};

/** Graphs within graphs go no deeper. */
const DEEPEST = 16;

/** Walks the file. Throws `engine/broken-model`. */
export function readOnnxHeader(view: FileView): OnnxHeader {
  const walk: Walk = { view, nodes: 0, weights: 0, external: new Map() };
  let [irVersion, opset] = [0, 0];
  let graph: { inputs: string[]; outputs: string[] } | undefined;
  for (const field of fields(view, 0, view.size)) {
    if (field.number === 1) irVersion = field.value;
    else if (field.number === 8) opset = Math.max(opset, plainOpset(view, field));
    else if (field.number === 7) graph = walkGraph(walk, bytesOf(view, field), 0);
  }
  if (!graph || irVersion < 1 || irVersion > 100 || walk.nodes === 0) {
    throw view.broken({ en: 'it holds no network', zh: '其中没有网络' });
  }
  return { irVersion, opset, nodes: walk.nodes, ...graph, weights: walk.weights, external: walk.external };
}

function walkGraph(walk: Walk, graph: Field, depth: number): { inputs: string[]; outputs: string[] } {
  const { view } = walk;
  if (depth > DEEPEST) throw view.broken({ en: 'its graphs are nested too deep', zh: '图嵌套过深' });
  const [inputs, outputs]: string[][] = [[], []];
  for (const field of fields(view, graph.at, graph.length)) {
    if (field.number === 1) walkNode(walk, bytesOf(view, field), depth);
    else if (field.number === 5) walkTensor(walk, bytesOf(view, field));
    else if (field.number === 11) inputs!.push(nameOf(view, bytesOf(view, field)));
    else if (field.number === 12) outputs!.push(nameOf(view, bytesOf(view, field)));
  }
  return { inputs: inputs!, outputs: outputs! };
}

function walkNode(walk: Walk, node: Field, depth: number): void {
  walk.nodes++;
  for (const attribute of fields(walk.view, node.at, node.length)) {
    if (attribute.number !== 5) continue;
    const { at, length } = bytesOf(walk.view, attribute);
    for (const field of fields(walk.view, at, length)) {
      if (field.number === 5 || field.number === 10) walkTensor(walk, bytesOf(walk.view, field));
      else if (field.number === 6 || field.number === 11) walkGraph(walk, bytesOf(walk.view, field), depth + 1);
    }
  }
}

function walkTensor(walk: Walk, tensor: Field): void {
  const { view } = walk;
  let [type, elements, raw, elsewhere] = [0, 1, -1, false];
  const entries = new Map<string, string>();
  for (const field of fields(view, tensor.at, tensor.length)) {
    if (field.number === 1) for (const side of numbers(view, field)) elements *= checkSide(view, side);
    else if (field.number === 2) type = field.value;
    else if (field.number === 9) raw = bytesOf(view, field).length;
    else if (field.number === 13) entries.set(...entryOf(view, bytesOf(view, field)));
    else if (field.number === 14) elsewhere = field.value === 1;
  }
  const width = WIDTHS[type];
  const bytes = Math.ceil(elements * (width ?? 0));
  if (width === undefined || bytes > Number.MAX_SAFE_INTEGER) throw wrongSize(view);
  if (elsewhere) walk.external.set(...external(walk, entries, bytes));
  else if (raw >= 0 && width > 0 && raw !== bytes) throw wrongSize(view);
  walk.weights += bytes;
}

function external({ view, external: known }: Walk, entries: Map<string, string>, bytes: number): [string, number] {
  const location = entries.get('location') ?? '';
  const away = location === '' || /^[\\/]|^\w:|(^|[\\/])\.\.([\\/]|$)|\0/.test(location);
  if (away) throw view.broken({ en: 'its weights are said to lie outside its folder', zh: '权重被指向文件夹之外' });
  const [offset, length] = [Number(entries.get('offset') ?? 0), Number(entries.get('length') ?? bytes)];
  if (!Number.isSafeInteger(offset) || offset < 0 || length !== bytes) throw wrongSize(view);
  return [location, Math.max(known.get(location) ?? 0, offset + length)];
}

const wrongSize = (view: FileView): Error =>
  view.broken({ en: 'a tensor has another size than its shape says', zh: '有张量的大小与形状不符' });

function checkSide(view: FileView, side: number): number {
  if (side < 0 || side > 2 ** 40) throw wrongSize(view);
  return side;
}

function plainOpset(view: FileView, field: Field): number {
  const { at, length } = bytesOf(view, field);
  let [domain, version] = ['', 0];
  for (const one of fields(view, at, length)) {
    if (one.number === 1) domain = textOf(view, bytesOf(view, one));
    else if (one.number === 2) version = one.value;
  }
  return domain === '' ? version : 0;
}

function entryOf(view: FileView, { at, length }: Field): [string, string] {
  const parts = ['', ''];
  for (const one of fields(view, at, length))
    if (one.number <= 2) parts[one.number - 1] = textOf(view, bytesOf(view, one));
  return [parts[0]!, parts[1]!];
}

/** The first field of a ValueInfoProto. */
function nameOf(view: FileView, { at, length }: Field): string {
  for (const one of fields(view, at, length)) if (one.number === 1) return textOf(view, bytesOf(view, one));
  return '';
}

function textOf(view: FileView, { at, length }: Field): string {
  if (length > 4096) throw view.broken({ en: 'a name is too long', zh: '名称过长' });
  return Buffer.from(view.bytes(at, length)).toString('utf8');
}

/** Shapes come packed into one range or one by one. */
function* numbers(view: FileView, field: Field): Generator<number> {
  if (field.wire === 0) return void (yield field.value);
  const { at, length } = bytesOf(view, field);
  for (let next = at; next < at + length; ) {
    const { value, end } = varint(view, next, at + length);
    yield value;
    next = end;
  }
}

function bytesOf(view: FileView, field: Field): Field {
  if (field.wire !== 2)
    throw view.broken({ en: `byte ${field.at} is not what it should be`, zh: `第 ${field.at} 字节不合规范` });
  return field;
}

/** The fields of a message; each lies wholly within it. */
function* fields(view: FileView, from: number, length: number): Generator<Field> {
  const end = from + length;
  for (let next = from; next < end; ) {
    const key = varint(view, next, end);
    const [number, wire] = [Math.floor(key.value / 8), key.value % 8];
    if (number < 1 || number > 2 ** 29)
      throw view.broken({ en: `byte ${next} is not what it should be`, zh: `第 ${next} 字节不合规范` });
    const field = fieldAt(view, number, wire, key.end, end);
    yield field;
    next = field.at + field.length;
  }
}

function fieldAt(view: FileView, number: number, wire: number, at: number, end: number): Field {
  if (wire === 0) {
    const { value, end: after } = varint(view, at, end);
    return { number, wire, value, at, length: after - at };
  }
  const size = wire === 2 ? varint(view, at, end) : { value: wire === 5 ? 4 : wire === 1 ? 8 : -1, end: at };
  if (size.value < 0 || size.end + size.value > end) {
    throw view.broken({ en: `it says more than it holds, at byte ${at}`, zh: `第 ${at} 字节处的长度超出文件` });
  }
  return { number, wire, value: 0, at: size.end, length: size.value };
}

/** A number of up to 10 bytes, 7 bits each; negative ones take all ten and come out as -1. */
function varint(view: FileView, at: number, end: number): { readonly value: number; readonly end: number } {
  const bytes = view.bytes(at, Math.min(10, end - at));
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    value += (bytes[i]! & 127) * 2 ** (7 * i);
    if (bytes[i]! < 128) return { value: i < 9 ? value : -1, end: at + i + 1 };
  }
  throw view.broken({ en: `a number at byte ${at} has no end`, zh: `第 ${at} 字节处的数字没有结尾` });
}
