/**
 * Rewrites a graph for providers that lack ONNX Runtime's own operators: FusedMatMul becomes Transpose and MatMul,
 * SimplifiedLayerNormalization (RMSNorm) becomes its arithmetic. On WebGPU the first falls back to the processor, and the
 * second's inverse deviation is silently wrong. Everything else is taken over as it is.
 */
import { add, div, mul, scale, sqrt } from './elementwise.ts';
import { type AttributeValue, emit, type Graph, type GraphNode, scalar, type Tensor } from './graph.ts';
import { reshape, transpose } from './layout.ts';
import { fixed, reduceMean } from './reduce.ts';

/** The same computation under the same names, from standard operators; the graph given is left as it is. */
export function withPlainProducts(graph: Graph): Graph {
  const plain: Graph = { ...graph, nodes: [], tape: [], constants: [...graph.constants], scalars: new Map() };
  plain.recording = false;
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((tensor) => tensor && { ...tensor, graph: plain });
    if (node.op === 'FusedMatMul') rename(plain, product(inputs as Tensor[], node), node.outputs[0]!);
    else if (node.op === 'SimplifiedLayerNormalization') normalise(plain, inputs as Tensor[], node);
    else plain.nodes.push({ ...node, inputs });
  }
  return plain;
}

function product([a, b]: readonly Tensor[], { attributes, outputs }: GraphNode): Tensor {
  const { transA, transB, transBatchA, transBatchB } = attributes;
  const left = turned(a!, transBatchA === 1, transA === 1);
  const right = turned(b!, transBatchB === 1, transB === 1);
  const y = emit('MatMul', [left, right], outputs[0]!.shape);
  const alpha = floatOf(attributes.alpha, 1);
  return alpha === 1 ? y : scale(y, alpha);
}

/** (M, …batch, K) to (…batch, M, K) when the batch is turned, then the last two axes over when the matrix is. */
function turned(tensor: Tensor, batch: boolean, matrix: boolean): Tensor {
  const axes = tensor.shape.map((_, axis) => axis);
  const ordered = batch ? [...axes.slice(1, -1), 0, axes.length - 1] : axes;
  const order = matrix ? [...ordered.slice(0, -2), ordered.at(-1)!, ordered.at(-2)!] : ordered;
  return order.every((axis, i) => axis === i) ? tensor : transpose(tensor, order);
}

/** x / √(mean(x²) + ε) · weight, and 1 / √(mean(x²) + ε). */
function normalise(graph: Graph, [x, weight]: readonly Tensor[], { attributes, outputs }: GraphNode): void {
  const last = x!.shape.length - 1;
  const deviation = sqrt(add(reduceMean(mul(x!, x!), [last]), scalar(graph, floatOf(attributes.epsilon, 1e-5))));
  const inverse = div(scalar(graph, 1), deviation);
  const [y, second] = outputs;
  rename(graph, mul(mul(x!, inverse), reshape(weight!, [fixed(weight!.shape, 0)])), y!);
  if (second) rename(graph, inverse, second);
}

function floatOf(value: AttributeValue | undefined, otherwise: number): number {
  return typeof value === 'object' && 'float' in value ? value.float : otherwise;
}

/** Passes a result on under the name that the rest of the graph knows. */
function rename(graph: Graph, made: Tensor, known: Tensor): void {
  graph.nodes.push({ op: 'Identity', domain: '', inputs: [made], outputs: [known], attributes: {} });
}
