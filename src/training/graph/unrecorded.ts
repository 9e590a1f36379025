/** Writes nodes without recording how gradients flow through them: for inner steps of an operation with a gradient of its own. */
import type { Graph } from './graph.ts';

export function unrecorded<T>(graph: Graph, make: () => T): T {
  const before = graph.recording;
  graph.recording = false;
  try {
    return make();
  } finally {
    graph.recording = before;
  }
}
