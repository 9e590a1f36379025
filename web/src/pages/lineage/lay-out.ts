/** Works as a graph in columns by the order they were made in: what was made from what stands to its right. */
import type { LineageGraphNode } from '@llmagentos/sdk/client';

export interface Placed {
  readonly node: LineageGraphNode;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly placed: ReadonlyMap<string, Placed>;
  readonly edges: readonly { readonly from: Placed; readonly to: Placed }[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 148, height: 132, gapX: 84, gapY: 28 } as const;

/**
 * Columns by the longest way from a beginning; families (works that hang together) stand one under the other, the latest
 * first; within a column a work stands near the middle of what it was made from.
 */
export function layOut(nodes: readonly LineageGraphNode[]): Layout {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const parentsOf = (node: LineageGraphNode): LineageGraphNode[] =>
    node.parents.map((id) => known.get(id)).filter((one) => one !== undefined);
  const depths = new Map<string, number>();
  const depthOf = (node: LineageGraphNode): number => {
    const done = depths.get(node.id);
    if (done !== undefined) return done;
    const depth = Math.max(0, ...parentsOf(node).map((parent) => depthOf(parent) + 1));
    depths.set(node.id, depth);
    return depth;
  };
  const placed = new Map<string, Placed>();
  let top = 0;
  for (const family of families(nodes, parentsOf)) {
    const columns = Map.groupBy(family, depthOf);
    let tallest = 0;
    for (const depth of [...columns.keys()].sort((a, b) => a - b)) {
      const column = columns
        .get(depth)!
        .toSorted((a, b) => middle(a) - middle(b) || (a.createdAt < b.createdAt ? -1 : 1));
      column.forEach((node, i) => {
        const y = top + i * (NODE.height + NODE.gapY);
        placed.set(node.id, { node, x: depth * (NODE.width + NODE.gapX), y });
      });
      tallest = Math.max(tallest, column.length);
    }
    top += tallest * (NODE.height + NODE.gapY) + NODE.gapY;
  }
  function middle(node: LineageGraphNode): number {
    const ys = parentsOf(node).flatMap((parent) => placed.get(parent.id)?.y ?? []);
    return ys.length === 0 ? 0 : ys.reduce((a, b) => a + b, 0) / ys.length;
  }
  const edges = nodes.flatMap((node) =>
    parentsOf(node).map((parent) => ({ from: placed.get(parent.id)!, to: placed.get(node.id)! })),
  );
  const width = Math.max(0, ...[...placed.values()].map(({ x }) => x + NODE.width));
  return { placed, edges, width, height: top };
}

/** Works that hang together, the family of the latest work first. */
function families(
  nodes: readonly LineageGraphNode[],
  parentsOf: (node: LineageGraphNode) => LineageGraphNode[],
): LineageGraphNode[][] {
  const head = new Map<string, string>(nodes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (head.get(at) !== at) at = head.get(at)!;
    head.set(id, at);
    return at;
  };
  for (const node of nodes) for (const parent of parentsOf(node)) head.set(find(parent.id), find(node.id));
  return [...Map.groupBy(nodes, ({ id }) => find(id)).values()];
}
