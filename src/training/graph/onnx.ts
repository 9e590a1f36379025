/**
 * Writes a graph as the bytes of an ONNX model (protocol buffers, onnx.proto3). Only what ONNX Runtime reads is
 * written: nodes, inputs, outputs, constants. Field numbers are those of onnx.proto3.
 */
import type { AttributeValue, DataType, Graph, GraphNode, Shape, Tensor, TensorData } from './graph.ts';

const OPSET = 21;
const IR_VERSION = 10;
const ONNX_TYPE: Readonly<Record<DataType, number>> = { f32: 1, u8: 2, i32: 6, i64: 7, bool: 9 };
const VARINT = 0;
const FIXED32 = 5;
const BYTES = 2;

/** A message in pieces: large constants are referenced and copied once, at the end. */
interface Message {
  readonly parts: Uint8Array[];
  length: number;
}

/** The graph as an ONNX model; throws nothing, since a graph is well-formed by construction. */
export function encodeOnnx(graph: Graph): Uint8Array {
  const body = message();
  for (const node of graph.nodes) nested(body, 1, nodeMessage(node));
  text(body, 2, 'graph');
  for (const { tensor, data } of graph.constants) nested(body, 5, tensorMessage(tensor, data));
  for (const tensor of graph.inputs) nested(body, 11, valueMessage(tensor.name, tensor.type, tensor.shape));
  for (const { tensor } of graph.outputs) nested(body, 12, valueMessage(tensor.name, tensor.type, tensor.shape));
  const model = message();
  integer(model, 1, IR_VERSION);
  nested(model, 7, body);
  for (const [domain, version] of [
    ['', OPSET],
    ['com.microsoft', 1],
  ] as const) {
    const opset = message();
    text(opset, 1, domain);
    integer(opset, 2, version);
    nested(model, 8, opset);
  }
  return join(model);
}

function nodeMessage(node: GraphNode): Message {
  const out = message();
  for (const tensor of node.inputs) text(out, 1, tensor?.name ?? '');
  for (const tensor of node.outputs) text(out, 2, tensor.name);
  text(out, 4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) nested(out, 5, attributeMessage(name, value));
  if (node.domain) text(out, 7, node.domain);
  return out;
}

function attributeMessage(name: string, value: AttributeValue): Message {
  const out = message();
  text(out, 1, name);
  if (typeof value === 'number') {
    integer(out, 3, value);
    integer(out, 20, 2);
  } else if (typeof value === 'string') {
    text(out, 4, value);
    integer(out, 20, 3);
  } else if ('float' in value) {
    float(out, 2, value.float);
    integer(out, 20, 1);
  } else {
    for (const item of value) integer(out, 8, item);
    integer(out, 20, 7);
  }
  return out;
}

function tensorMessage(tensor: Tensor, data: TensorData): Message {
  const out = message();
  for (const dim of tensor.shape) integer(out, 1, Number(dim));
  integer(out, 2, ONNX_TYPE[tensor.type]);
  text(out, 8, tensor.name);
  bytes(out, 9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return out;
}

function valueMessage(name: string, type: DataType, shape: Shape): Message {
  const dims = message();
  for (const dim of shape) {
    const one = message();
    if (typeof dim === 'number') integer(one, 1, dim);
    else text(one, 2, dim);
    nested(dims, 1, one);
  }
  const tensorType = message();
  integer(tensorType, 1, ONNX_TYPE[type]);
  nested(tensorType, 2, dims);
  const typeMessage = message();
  nested(typeMessage, 1, tensorType);
  const out = message();
  text(out, 1, name);
  nested(out, 2, typeMessage);
  return out;
}

function message(): Message {
  return { parts: [], length: 0 };
}

function push(out: Message, part: Uint8Array): void {
  out.parts.push(part);
  out.length += part.length;
}

function varint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const digits: number[] = [];
  do {
    const more = rest > 127n;
    digits.push(Number(rest & 127n) | (more ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(digits);
}

function integer(out: Message, field: number, value: number): void {
  push(out, varint((field << 3) | VARINT));
  push(out, varint(value));
}

function float(out: Message, field: number, value: number): void {
  push(out, varint((field << 3) | FIXED32));
  push(out, new Uint8Array(Float32Array.of(value).buffer));
}

function bytes(out: Message, field: number, value: Uint8Array): void {
  push(out, varint((field << 3) | BYTES));
  push(out, varint(value.length));
  push(out, value);
}

function text(out: Message, field: number, value: string): void {
  bytes(out, field, new TextEncoder().encode(value));
}

function nested(out: Message, field: number, inner: Message): void {
  push(out, varint((field << 3) | BYTES));
  push(out, varint(inner.length));
  for (const part of inner.parts) push(out, part);
}

function join(out: Message): Uint8Array {
  const whole = new Uint8Array(out.length);
  let at = 0;
  for (const part of out.parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
