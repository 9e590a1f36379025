/** Lineage: where a work came from and what came of it, as trees to walk or to draw. */
import type { WorkStore } from './ports/work-store.ts';
import type { Work } from './work.ts';

export interface LineageNode {
  readonly work: Work;
  /** Parents of an ancestor tree, children of a descendant tree. Empty for a node that was shown before. */
  readonly next: readonly LineageNode[];
  /** Stands elsewhere in the tree already, with all that hangs on it. */
  readonly repeated: boolean;
}

/** The work, what it was made from, and so on back to the first brief. */
export function ancestors(works: WorkStore, id: string): Promise<LineageNode> {
  return grow(works, id, (work) => Promise.all(work.parents.map((parent) => works.get(parent))));
}

/** The work, what was made from it, and so on. */
export function descendants(works: WorkStore, id: string): Promise<LineageNode> {
  return grow(works, id, (work) => works.children(work.id));
}

async function grow(
  works: WorkStore,
  id: string,
  step: (work: Work) => Promise<readonly Work[]>,
): Promise<LineageNode> {
  const seen = new Set<string>();
  const visit = async (work: Work): Promise<LineageNode> => {
    if (seen.has(work.id)) return { work, next: [], repeated: true };
    seen.add(work.id);
    const next: LineageNode[] = [];
    for (const other of await step(work)) next.push(await visit(other));
    return { work, next, repeated: false };
  };
  return visit(await works.get(id));
}
