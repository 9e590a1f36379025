/**
 * A graph of tensor operations under construction. Calling an operation (`add(a, b)`) writes nodes here and returns the
 * tensor that will hold the result; nothing is computed until the graph is compiled into a session.
 *
 * Beside the nodes the graph keeps a **tape**: for each differentiable step its inputs, its output and how a gradient
 * flows back. `gradients` (gradient.ts) reads the tape backwards and writes the reverse pass into the same graph.
 *
 *   x ──▶ node ──▶ node ──▶ loss        nodes: what runs
 *         tape ◀── tape ◀── 1           tape: what can be differentiated
 */
import { OsError } from '../../core/index.ts';

/** One axis: a fixed length, or the name of a length that is known only when the graph runs. */
export type Dim = number | string;
export type Shape = readonly Dim[];
export type DataType = 'f32' | 'i32' | 'i64' | 'bool' | 'u8';
export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** A value in a graph: a name with a type and a shape, no numbers. */
export interface Tensor {
  readonly graph: Graph;
  readonly name: string;
  readonly type: DataType;
  readonly shape: Shape;
}

export type AttributeValue = number | string | readonly number[] | { readonly float: number };

/** One ONNX operator call. An absent optional input is `undefined`. */
export interface GraphNode {
  readonly op: string;
  readonly domain: '' | 'com.microsoft';
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** Adds one input's share of the gradient to what has been gathered so far for that input. */
export type Contribution = (running: Tensor | undefined) => Tensor;

/** One differentiable step. */
export interface TapeEntry {
  readonly output: Tensor;
  readonly inputs: readonly Tensor[];
  /** Per input, its contribution; called only for inputs whose gradient is wanted (`wanted` holds their names). */
  readonly backward: (gradient: Tensor, wanted: ReadonlySet<string>) => readonly (Contribution | undefined)[];
}

export interface Graph {
  readonly nodes: GraphNode[];
  readonly inputs: Tensor[];
  readonly constants: { readonly tensor: Tensor; readonly data: TensorData }[];
  readonly outputs: { readonly name: string; readonly tensor: Tensor }[];
  readonly tape: TapeEntry[];
  /** False while a reverse pass is being written: second derivatives are not recorded. */
  recording: boolean;
  /** The next free number for a name. */
  counter: number;
  /** Small constants by value, so that each is written once. */
  readonly scalars: Map<string, Tensor>;
}

/** An empty graph. */
export function createGraph(): Graph {
  return {
    nodes: [],
    inputs: [],
    constants: [],
    outputs: [],
    tape: [],
    recording: true,
    counter: 0,
    scalars: new Map(),
  };
}

/** Declares a value that is fed on every run. */
export function input(graph: Graph, name: string, type: DataType, shape: Shape): Tensor {
  const tensor: Tensor = { graph, name, type, shape };
  graph.inputs.push(tensor);
  return tensor;
}

/** Puts numbers into the graph itself; `data.length` must be the product of `shape`. */
export function constant(
  graph: Graph,
  type: DataType,
  shape: readonly number[],
  data: TensorData,
  name = `c${graph.counter++}`,
): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  if (size !== data.length) throw shapeBug('constant', `${data.length} numbers for shape [${shape}]`);
  const tensor: Tensor = { graph, name, type, shape };
  graph.constants.push({ tensor, data });
  return tensor;
}

/** A float constant without axes. */
export function scalar(graph: Graph, value: number): Tensor {
  return shared(graph, `f${value}`, () => constant(graph, 'f32', [], Float32Array.of(value)));
}

/** A list of 64-bit integers, as ONNX wants for axes and shapes. */
export function integers(graph: Graph, values: readonly number[]): Tensor {
  return shared(graph, `i${values}`, () =>
    constant(
      graph,
      'i64',
      [values.length],
      BigInt64Array.from(values, (value) => BigInt(value)),
    ),
  );
}

/** Names a tensor as a result of the graph. */
export function output(name: string, tensor: Tensor): void {
  const { inputs, constants, outputs } = tensor.graph;
  const taken = [...inputs, ...constants.map((one) => one.tensor), ...outputs.map((one) => one.tensor)];
  // ONNX wants each result to be computed by a node, under a name of its own.
  const own = taken.some((other) => other.name === tensor.name) ? emit('Identity', [tensor], tensor.shape) : tensor;
  outputs.push({ name, tensor: own });
}

/** What an operator call needs beyond its inputs. */
export interface EmitOptions {
  readonly type?: DataType;
  readonly domain?: '' | 'com.microsoft';
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** Writes one operator with one result; the graph is taken from the first input. */
export function emit(
  op: string,
  inputs: readonly (Tensor | undefined)[],
  shape: Shape,
  options: EmitOptions = {},
): Tensor {
  return emitMany(op, inputs, [shape], options)[0]!;
}

/** Writes one operator with several results of one type. */
export function emitMany(
  op: string,
  inputs: readonly (Tensor | undefined)[],
  shapes: readonly Shape[],
  options: EmitOptions = {},
): Tensor[] {
  const first = inputs.find((tensor) => tensor !== undefined)!;
  const { graph } = first;
  const type = options.type ?? first.type;
  const outputs = shapes.map((shape): Tensor => ({ graph, name: `t${graph.counter++}`, type, shape }));
  graph.nodes.push({ op, domain: options.domain ?? '', inputs, outputs, attributes: options.attributes ?? {} });
  return outputs;
}

/** Records how a gradient flows from `output` back to `inputs`, and returns `output`. */
export function differentiable(output: Tensor, inputs: readonly Tensor[], backward: TapeEntry['backward']): Tensor {
  if (output.graph.recording) output.graph.tape.push({ output, inputs, backward });
  return output;
}

/** The error of an operation that was called with shapes that do not fit. */
export function shapeBug(op: string, facts: string): OsError {
  return new OsError({
    kind: 'bug',
    code: 'training/shape-mismatch',
    message: `${op}: ${facts}.`,
    hint: 'The model definition combines tensors whose shapes do not fit; check the shapes named here.',
    zh: { message: `${op}：张量形状不匹配（${facts}）。`, hint: '模型定义里张量的形状不一致，请检查上面列出的形状。' },
  });
}

function shared(graph: Graph, key: string, make: () => Tensor): Tensor {
  const known = graph.scalars.get(key);
  if (known) return known;
  const made = make();
  graph.scalars.set(key, made);
  return made;
}
