/**
 * The cheapest cut of a grid between a source and a sink (Boykov, Kolmogorov, 2004): two trees grow towards each other,
 * a path between them is filled to the brim, and what it cuts off is adopted again.
 *
 *   source ═▶ tree of the source … path … tree of the sink ═▶ sink
 *
 * Every pixel has arcs to its eight neighbours; capacities are whole numbers.
 */

/** What the flow may take. */
export interface GridGraph {
  readonly width: number;
  readonly height: number;
  /** Of each pixel: positive, from the source; negative, to the sink. Used up in place. */
  readonly terminals: Int32Array;
  /** Of pixel p in direction d, at 8·p + d; see `STEPS`. Used up in place. */
  readonly arcs: Int32Array;
}

/** The eight directions as (x, y); opposite ones are 7 apart in sum. */
export const STEPS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
  [0, -1],
  [-1, 0],
] as const;

const [SOURCE, SINK] = [1, 2];
/** Parents: a direction, or one of these. */
const [NONE, TERMINAL, ORPHAN] = [-1, -2, -3];

/** 1 for every pixel on the source's side of the cheapest cut. */
export function minimumCut(graph: GridGraph): Uint8Array {
  const flow = begin(graph);
  for (let path = grow(flow); path; path = grow(flow)) {
    augment(flow, path);
    while (flow.orphans.length > 0) adopt(flow, flow.orphans.pop()!);
  }
  return flow.tree.map((tree) => (tree === SOURCE ? 1 : 0));
}

interface Flow extends GridGraph {
  /** Which tree a pixel is of; 0 for neither. */
  readonly tree: Uint8Array;
  /** Direction to the parent. */
  readonly parent: Int8Array;
  /** Steps to the terminal, as known at `stamp`. */
  readonly steps: Int32Array;
  readonly stamp: Int32Array;
  readonly queue: Int32Array;
  readonly queued: Uint8Array;
  readonly orphans: number[];
  head: number;
  tail: number;
  now: number;
}

function begin(graph: GridGraph): Flow {
  const count = graph.terminals.length;
  const flow: Flow = {
    ...graph,
    tree: new Uint8Array(count),
    parent: new Int8Array(count).fill(NONE),
    steps: new Int32Array(count),
    stamp: new Int32Array(count),
    queue: new Int32Array(count + 1),
    queued: new Uint8Array(count),
    orphans: [],
    head: 0,
    tail: 0,
    now: 1,
  };
  for (let p = 0; p < count; p++) {
    const capacity = graph.terminals[p]!;
    if (capacity === 0) continue;
    flow.tree[p] = capacity > 0 ? SOURCE : SINK;
    flow.parent[p] = TERMINAL;
    flow.steps[p] = 1;
    push(flow, p);
  }
  return flow;
}

function push(flow: Flow, p: number): void {
  if (flow.queued[p]) return;
  flow.queued[p] = 1;
  flow.queue[flow.tail] = p;
  flow.tail = (flow.tail + 1) % flow.queue.length;
}

/** The neighbour in a direction, −1 beyond the edge. */
function beside({ width, height }: GridGraph, p: number, d: number): number {
  const [dx, dy] = STEPS[d]!;
  const x = (p % width) + dx;
  const y = Math.floor(p / width) + dy;
  return x < 0 || y < 0 || x >= width || y >= height ? -1 : y * width + x;
}

/** What may still flow between p and its neighbour q in direction d, away from the source. */
function room({ arcs }: GridGraph, p: number, d: number, q: number, tree: number): number {
  return tree === SOURCE ? arcs[8 * p + d]! : arcs[8 * q + 7 - d]!;
}

interface Meeting {
  /** On the source's side. */
  readonly p: number;
  readonly d: number;
  /** On the sink's side. */
  readonly q: number;
}

/** Lets the trees grow until they meet; undefined when they cannot. */
function grow(flow: Flow): Meeting | undefined {
  const { tree, parent, steps, stamp, queue } = flow;
  while (flow.head !== flow.tail) {
    const p = queue[flow.head]!;
    if (tree[p]) {
      for (let d = 0; d < 8; d++) {
        const q = beside(flow, p, d);
        if (q < 0 || room(flow, p, d, q, tree[p]!) === 0) continue;
        if (tree[q] === 0) {
          tree[q] = tree[p]!;
          parent[q] = 7 - d;
          steps[q] = steps[p]! + 1;
          stamp[q] = stamp[p]!;
          push(flow, q);
        } else if (tree[q] !== tree[p]) {
          return tree[p] === SOURCE ? { p, d, q } : { p: q, d: 7 - d, q: p };
        } else if (stamp[q]! <= stamp[p]! && steps[q]! > steps[p]! + 1) {
          parent[q] = 7 - d;
          steps[q] = steps[p]! + 1;
          stamp[q] = stamp[p]!;
        }
      }
    }
    flow.queued[p] = 0;
    flow.head = (flow.head + 1) % queue.length;
  }
  return undefined;
}

/** Fills the path through a meeting; pixels whose way to their terminal is full become orphans. */
function augment(flow: Flow, { p, d, q }: Meeting): void {
  const { arcs, terminals, parent } = flow;
  flow.now++;
  let least = arcs[8 * p + d]!;
  for (const [from, tree] of [
    [p, SOURCE],
    [q, SINK],
  ] as const) {
    let at = from;
    for (; parent[at] !== TERMINAL; at = beside(flow, at, parent[at]!)) {
      const up = beside(flow, at, parent[at]!);
      least = Math.min(least, tree === SOURCE ? arcs[8 * up + 7 - parent[at]!]! : arcs[8 * at + parent[at]!]!);
    }
    least = Math.min(least, Math.abs(terminals[at]!));
  }
  arcs[8 * p + d]! -= least;
  arcs[8 * q + 7 - d]! += least;
  fillWay(flow, p, SOURCE, least);
  fillWay(flow, q, SINK, least);
}

function fillWay(flow: Flow, from: number, tree: number, amount: number): void {
  const { arcs, terminals, parent, orphans } = flow;
  let at = from;
  while (parent[at] !== TERMINAL) {
    const d = parent[at]!;
    const up = beside(flow, at, d);
    const [down, back] = tree === SOURCE ? [8 * up + 7 - d, 8 * at + d] : [8 * at + d, 8 * up + 7 - d];
    arcs[down]! -= amount;
    arcs[back]! += amount;
    if (arcs[down] === 0) {
      parent[at] = ORPHAN;
      orphans.push(at);
    }
    at = up;
  }
  terminals[at]! += tree === SOURCE ? -amount : amount;
  if (terminals[at] === 0) {
    parent[at] = ORPHAN;
    orphans.push(at);
  }
}

/** Finds an orphan the nearest parent that still reaches the terminal, or sets it and its children free. */
function adopt(flow: Flow, p: number): void {
  const { tree, parent, steps, stamp } = flow;
  let [best, nearest] = [NONE, Number.POSITIVE_INFINITY];
  for (let d = 0; d < 8; d++) {
    const q = beside(flow, p, d);
    if (q < 0 || tree[q] !== tree[p] || room(flow, q, 7 - d, p, tree[p]!) === 0) continue;
    const far = reach(flow, q);
    if (far < nearest) [best, nearest] = [d, far];
  }
  if (best !== NONE) {
    parent[p] = best;
    steps[p] = nearest + 1;
    stamp[p] = flow.now;
    return;
  }
  for (let d = 0; d < 8; d++) {
    const q = beside(flow, p, d);
    if (q < 0 || tree[q] !== tree[p]) continue;
    if (room(flow, q, 7 - d, p, tree[p]!) > 0) push(flow, q);
    if (parent[q] === 7 - d) {
      parent[q] = ORPHAN;
      flow.orphans.push(q);
    }
  }
  tree[p] = 0;
  parent[p] = NONE;
}

/** Steps from a pixel to its terminal; infinite when an orphan lies between. */
function reach(flow: Flow, from: number): number {
  const { parent, steps, stamp, now } = flow;
  let count = 0;
  let at = from;
  for (;;) {
    if (stamp[at] === now) {
      count += steps[at]!;
      break;
    }
    if (parent[at] === TERMINAL) {
      stamp[at] = now;
      steps[at] = 1;
      count += 1;
      break;
    }
    if (parent[at] === ORPHAN || parent[at] === NONE) return Number.POSITIVE_INFINITY;
    at = beside(flow, at, parent[at]!);
    count++;
  }
  let left = count;
  for (let back = from; stamp[back] !== now; back = beside(flow, back, parent[back]!)) {
    stamp[back] = now;
    steps[back] = left--;
  }
  return count;
}
