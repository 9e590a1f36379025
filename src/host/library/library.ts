import type { Bilingual, LibraryQuery, MarkChange, Marks, Work } from '../../kernel/index.ts';

/** One work in the graph of what was made from what. */
export interface GraphNode {
  readonly work: Work;
  /** Why making it again would give something else; null when it would not. */
  readonly stale: Bilingual | null;
}

/** Which works to find, newest first. */
export interface FindQuery extends Omit<LibraryQuery, 'limit' | 'without'> {
  /** Default 50. */
  readonly limit?: number | undefined;
  /** Plans, files and other steps on the way too. */
  readonly all?: boolean | undefined;
}

/** What stands beside the works. */
export interface Library {
  find(query: FindQuery): Promise<{ readonly works: readonly Work[]; readonly total: number }>;
  /** Marks of works that have any. */
  marks(ids: readonly string[]): Promise<ReadonlyMap<string, Marks>>;
  /** Throws `storage/work-missing`; then nothing is changed. */
  mark(ids: readonly string[], change: MarkChange): Promise<ReadonlyMap<string, Marks>>;
  boards(): Promise<readonly { readonly name: string; readonly works: number }[]>;
  /** The latest works, newest first. */
  graph(limit: number): Promise<readonly GraphNode[]>;
  /** A work, all it was made from and all that was made from it. */
  around(id: string): Promise<readonly GraphNode[]>;
}
