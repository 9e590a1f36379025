/**
 * Reverse-mode automatic differentiation: reads a graph's tape backwards and writes the reverse pass into the graph.
 *
 * A reverse pass can itself be recorded, and then a loss may contain gradients, as the penalty ‖∇ₓ D(x)‖² of a GAN does.
 * Operations with a reverse pass written by hand from inner values (attention, RMSNorm) cannot be differentiated twice;
 * that is refused rather than answered wrongly.
 */
import { OsError } from '../../core/index.ts';
import { type Graph, scalar, shapeBug, type TapeEntry, type Tensor } from './graph.ts';

/** How the reverse pass is written. */
export interface GradientOptions {
  /** Records the reverse pass too, so that the gradients can be differentiated again. Default false. */
  readonly differentiable?: boolean;
}

/**
 * Gradients of a scalar `loss` for each of `targets`, in their order. Throws `training/shape-mismatch` when the loss does
 * not depend on a target through differentiable operations, `training/no-second-derivative` when `differentiable` is asked
 * of an operation that has none.
 */
export function gradients(loss: Tensor, targets: readonly Tensor[], options: GradientOptions = {}): Tensor[] {
  const { graph } = loss;
  if (loss.shape.length !== 0) throw shapeBug('gradients', `the loss must be a scalar, got [${loss.shape}]`);
  const { recording } = graph;
  graph.recording = options.differentiable === true;
  const before = graph.tape.length;
  const found = sweep(loss, targets);
  graph.recording = recording;
  if (options.differentiable) checkRecorded(graph, targets, before, found);
  return found;
}

function sweep(loss: Tensor, targets: readonly Tensor[]): Tensor[] {
  const { graph } = loss;
  const sums = new Map<string, Tensor>([[loss.name, scalar(graph, 1)]]);
  backpropagate([...graph.tape], sums, dependOn(graph.tape, targets));
  return targets.map((target) => {
    const gradient = sums.get(target.name);
    if (!gradient) throw shapeBug('gradients', `the loss does not depend on '${target.name}'`);
    return gradient;
  });
}

/** Reads entries of the tape backwards, adding to the gradients by name in `sums`; only tensors in `wanted` get one. */
export function backpropagate(
  entries: readonly TapeEntry[],
  sums: Map<string, Tensor>,
  wanted: ReadonlySet<string>,
): void {
  for (const entry of entries.toReversed()) {
    const gradient = sums.get(entry.output.name);
    if (!gradient || !wanted.has(entry.output.name)) continue;
    const contributions = entry.backward(gradient, wanted);
    entry.inputs.forEach((input, i) => {
      const contribution = contributions[i];
      if (contribution && wanted.has(input.name)) sums.set(input.name, contribution(sums.get(input.name)));
    });
  }
}

/** Names of the targets and of all tensors that depend on one, as far as the entries know. */
export function dependOn(entries: readonly TapeEntry[], targets: readonly Tensor[]): Set<string> {
  const names = new Set(targets.map((target) => target.name));
  for (const entry of entries) {
    if (entry.inputs.some((input) => names.has(input.name))) names.add(entry.output.name);
  }
  return names;
}

/** Refuses a recorded reverse pass that uses values whose dependence on the targets the tape does not know. */
function checkRecorded(graph: Graph, targets: readonly Tensor[], before: number, found: readonly Tensor[]): void {
  const known = dependOn(graph.tape, targets);
  const hidden = dependents(graph, targets, known);
  const used = [...graph.tape.slice(before).flatMap((entry) => entry.inputs), ...found];
  const culprit = used.find((tensor) => hidden.has(tensor.name));
  if (culprit) throw noSecondDerivative(hidden.get(culprit.name)!);
}

/** Operations through which no gradient flows: constant but for jumps, or stopped on purpose. */
const LEVEL = new Set(['Sign', 'Floor', 'Ceil', 'Round', 'Identity', 'Shape']);

/** Float values that depend on the targets in a way that the tape does not know, with the operation that made them. */
function dependents(graph: Graph, targets: readonly Tensor[], known: ReadonlySet<string>): Map<string, string> {
  const onTape = new Set(graph.tape.map((entry) => entry.output.name));
  const moved = new Set(targets.map((target) => target.name));
  const hidden = new Map<string, string>();
  for (const { op, inputs, outputs } of graph.nodes) {
    if (!inputs.some((input) => input !== undefined && moved.has(input.name))) continue;
    for (const { name, type } of outputs) {
      const recorded = onTape.has(name);
      if (type !== 'f32' || (!recorded && LEVEL.has(op)) || (recorded && !known.has(name))) continue;
      moved.add(name);
      if (!recorded) hidden.set(name, op);
    }
  }
  return hidden;
}

function noSecondDerivative(op: string): OsError {
  return new OsError({
    kind: 'bug',
    code: 'training/no-second-derivative',
    message: `The gradient uses a result of '${op}' that cannot be differentiated again.`,
    hint: 'Build the network that is differentiated twice from plain operations (conv2d, gemm, leakyRelu, softplus, …).',
    zh: {
      message: `梯度用到了“${op}”的结果，而它无法再次求导。`,
      hint: '需要二阶导数的网络请用基本运算（conv2d、gemm、leakyRelu、softplus 等）搭建。',
    },
  });
}
