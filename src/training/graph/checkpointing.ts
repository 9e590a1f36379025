/**
 * Gradient checkpointing (Chen et al., 2016): a segment of the network whose inner values are not kept for the reverse pass
 * but computed again when the gradient has come back to it. About a third more arithmetic, and of every segment only its
 * input stays in memory.
 *
 *   x ──▶ segment ──▶ y ──▶ …                    forward: inner values are dropped
 *   x ──▶ gate ──▶ segment ──▶ inner values      reverse: the gate opens when y's gradient is there
 *
 * The gate is a reshape whose target shape depends (by 0) on the gradient. It costs nothing, keeps ONNX Runtime from running
 * the second pass early, and from recognising it as the first one and merging the two.
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
import { reshape, slice } from './layout.ts';

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
    const gate = opened(gradient);
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
    return ends.map((tensor): Contribution | undefined => {
      const sum = sums.get(tensor.name);
      return sum && accumulate(() => sum);
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

/** An i64 zero (1) that is known only once the gradient is: whether its first number is above infinity. */
function opened(gradient: Tensor): Tensor {
  const { recording } = gradient.graph;
  gradient.graph.recording = false;
  const flat = reshape(gradient, [gradient.shape.reduce((a: number, b) => a * Number(b), 1)]);
  const zero = cast(greater(slice(flat, 0, 0, 1), scalar(gradient.graph, Number.POSITIVE_INFINITY)), 'i64');
  gradient.graph.recording = recording;
  return zero;
}

function gated(input: Tensor, zero: Tensor): Tensor {
  const shape = emit('Add', [integers(input.graph, input.shape.map(Number)), zero], [input.shape.length]);
  return differentiable(emit('Reshape', [input, shape], input.shape), [input], (g) => [accumulate(() => g)]);
}
