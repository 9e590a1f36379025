/**
 * Gradient checkpointing (Chen et al., 2016): a segment of the network whose inner values are not kept for the reverse pass
 * but computed again when the gradient has come back to it. About a third more arithmetic, and of every segment only its
 * input stays in memory.
 *
 *   x ──▶ segment ──▶ y ──▶ …                    forward: inner values are dropped
 *   x ──▶ gate ──▶ segment ──▶ inner values      reverse: the gate opens when y's gradient is there
 *
 * The gate is a reshape whose target shape depends (by 0) on the gradient. It costs nothing, keeps ONNX Runtime from running
 * the second pass early, and from recognising it as the first one and merging the two. A gate on the way back makes the
 * gradients of the segment's weights come before the next segment; else they would be left to the end, and with them
 * everything they are computed from.
 */
import { accumulate, cast, greater } from './elementwise.ts';
import { backpropagate, dependOn } from './gradient.ts';
import {
  type Contribution,
  differentiable,
  emit,
  type Graph,
  integers,
  scalar,
  type TapeEntry,
  type Tensor,
} from './graph.ts';
import { concat, reshape, slice } from './layout.ts';

/**
 * `segment(...inputs)`, computed again in the reverse pass. Shapes of the inputs must be fixed. Weights that the segment uses
 * need not be among the inputs; what goes in must be, or it stays in memory.
 */
export function checkpoint(segment: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[]): Tensor {
  const { graph } = inputs[0]!;
  const first = traced(graph, () => segment(...inputs));
  if (!graph.recording) return first.value;
  const captured = outside(first.entries, inputs);
  return differentiable(first.value, [...inputs, ...captured], (gradient, wanted) => {
    const gate = opened([gradient]);
    const again = inputs.map((input) => (input.type === 'f32' ? gated(input, gate) : input));
    const second = traced(graph, () => segment(...again));
    // A reverse pass that is itself recorded needs the second pass on the tape.
    if (graph.recording) graph.tape.push(...second.entries);
    const ends = [...again, ...captured];
    const asked = [...inputs, ...captured].map((tensor) => wanted.has(tensor.name));
    const sums = new Map([[second.value.name, gradient]]);
    backpropagate(
      second.entries,
      sums,
      dependOn(
        second.entries,
        ends.filter((_, i) => asked[i]),
      ),
    );
    const weights = captured.flatMap((tensor) => sums.get(tensor.name) ?? []);
    const back = weights.length > 0 ? opened(weights) : undefined;
    return ends.map((tensor, i): Contribution | undefined => {
      const sum = sums.get(tensor.name);
      return sum && accumulate(() => (back && i < inputs.length ? gated(sum, back) : sum));
    });
  });
}

/** Writes nodes as if recording, but keeps their entries off the tape. */
function traced(graph: Graph, make: () => Tensor): { readonly value: Tensor; readonly entries: readonly TapeEntry[] } {
  const { recording } = graph;
  const before = graph.tape.length;
  graph.recording = true;
  const value = make();
  graph.recording = recording;
  return { value, entries: graph.tape.splice(before) };
}

/** Tensors that entries read and that neither they nor the inputs provide. */
function outside(entries: readonly TapeEntry[], inputs: readonly Tensor[]): Tensor[] {
  const inside = new Set([...inputs, ...entries.map((entry) => entry.output)].map((tensor) => tensor.name));
  const found = new Map<string, Tensor>();
  for (const tensor of entries.flatMap((entry) => entry.inputs)) {
    if (!inside.has(tensor.name)) found.set(tensor.name, tensor);
  }
  return [...found.values()];
}

/** An i64 zero (1) that is known only once the tensors are: whether the first number of one is above infinity. */
function opened(tensors: readonly Tensor[]): Tensor {
  const { graph } = tensors[0]!;
  const { recording } = graph;
  graph.recording = false;
  const firsts = tensors.map((tensor) => slice(reshape(tensor, [sizeOf(tensor)]), 0, 0, 1));
  const above = cast(greater(concat(firsts, 0), scalar(graph, Number.POSITIVE_INFINITY)), 'i64');
  graph.recording = recording;
  return emit('ReduceMax', [above, integers(graph, [0])], [1], { attributes: { keepdims: 1 } });
}

function sizeOf({ shape }: Tensor): number {
  return shape.reduce((size: number, dim) => size * Number(dim), 1);
}

function gated(input: Tensor, zero: Tensor): Tensor {
  const shape = emit('Add', [integers(input.graph, input.shape.map(Number)), zero], [input.shape.length]);
  return differentiable(emit('Reshape', [input, shape], input.shape), [input], (g) => [accumulate(() => g)]);
}
