/** Reverse-mode automatic differentiation: reads a graph's tape backwards and writes the reverse pass into the graph. */
import { scalar, shapeBug, type Tensor } from './graph.ts';

/**
 * Gradients of a scalar `loss` for each of `targets`, in their order. Throws `training/no-gradient` wrapped as a shape
 * bug when the loss does not depend on a target through differentiable operations.
 */
export function gradients(loss: Tensor, targets: readonly Tensor[]): Tensor[] {
  const { graph } = loss;
  if (loss.shape.length !== 0) throw shapeBug('gradients', `the loss must be a scalar, got [${loss.shape}]`);
  const wanted = reachableFrom(targets);
  const sums = new Map<string, Tensor>([[loss.name, scalar(graph, 1)]]);
  graph.recording = false;
  for (const entry of [...graph.tape].reverse()) {
    const gradient = sums.get(entry.output.name);
    if (!gradient || !wanted.has(entry.output.name)) continue;
    const contributions = entry.backward(gradient);
    entry.inputs.forEach((input, i) => {
      const contribution = contributions[i];
      if (contribution && wanted.has(input.name)) sums.set(input.name, contribution(sums.get(input.name)));
    });
  }
  graph.recording = true;
  return targets.map((target) => {
    const gradient = sums.get(target.name);
    if (!gradient) throw shapeBug('gradients', `the loss does not depend on '${target.name}'`);
    return gradient;
  });
}

/** Names of all tensors that depend on a target. */
function reachableFrom(targets: readonly Tensor[]): Set<string> {
  const wanted = new Set(targets.map((target) => target.name));
  for (const entry of targets[0]?.graph.tape ?? []) {
    if (entry.inputs.some((input) => wanted.has(input.name))) wanted.add(entry.output.name);
  }
  return wanted;
}
