/** What stands beside the works: marks, boards, search, the graph of lineage, quick answers, thumbnails. */
import type { Answer, Body, LineageGraphNode, Marks } from '../../../sdk/src/api/index.ts';
import type { Json } from '../../core/index.ts';
import { OsError } from '../../core/index.ts';
import type { Os } from '../../host/index.ts';
import type { LineageNode, RunRequest, Work } from '../../kernel/index.ts';

export interface SearchQuery {
  readonly text?: string | undefined;
  readonly medium?: string | undefined;
  readonly starred?: boolean | undefined;
  readonly board?: string | undefined;
  readonly trashed?: boolean | undefined;
  readonly all?: boolean | undefined;
  readonly before?: string | undefined;
  readonly limit?: number | undefined;
}

export interface Beside {
  marksOf(ids: readonly string[]): Promise<ReadonlyMap<string, Marks>>;
  search(query: SearchQuery): Promise<{ readonly works: readonly Work[]; readonly total: number }>;
  graph(limit: number): Promise<LineageGraphNode[]>;
  lineage(id: string): Promise<LineageGraphNode[]>;
  boards(): Promise<Answer<'boards'>['boards']>;
  mark(change: Body<'mark'>): Promise<Answer<'mark'>['marks']>;
  egress(): Promise<Answer<'egress'>['requests']>;
  setModel(name: string, enabled: boolean): Promise<void>;
  ask(request: Omit<RunRequest, 'seed'> & { readonly seed?: number | undefined }): Promise<Json>;
  thumbnail(
    id: string,
    look: { readonly width?: number | undefined; readonly theme?: 'light' | 'dark' | undefined },
  ): Promise<{ readonly bytes: Uint8Array; readonly mime: string }>;
}

const UNMARKED: Marks = { starred: false, boards: [], trashed: false };
const QUIET: ReadonlySet<string> = new Set(['plan', 'file', 'corpus', 'dataset', 'model']);

/** Over what the system can do today. */
export function createBeside(os: Os): Beside {
  return {
    marksOf: async (ids) => new Map(ids.map((id) => [id, UNMARKED])),
    search: async ({ medium, all, before, limit = 50, text }) => {
      const media = medium?.split(',');
      const works = await os.works.list({ limit: 100_000 });
      const fitting = works.filter(
        (work) =>
          (media ? media.includes(work.medium) : all || !QUIET.has(work.medium)) &&
          (text === undefined || work.title.includes(text)),
      );
      const from = before === undefined ? 0 : fitting.findIndex(({ id }) => id === before) + 1;
      return { works: fitting.slice(from, from + limit), total: fitting.length };
    },
    graph: async (limit) => (await os.works.list({ limit })).map(nodeOf),
    lineage: async (id) => {
      const found = new Map<string, Work>();
      for (const tree of [await os.ancestors(id), await os.descendants(id)]) collect(tree, found);
      return [...found.values()].map(nodeOf);
    },
    boards: async () => [],
    egress: async () => [],
    mark: () => Promise.reject(notYet()),
    setModel: () => Promise.reject(notYet()),
    ask: async (request) => (await os.run(request).result).report,
    thumbnail: () => Promise.reject(notYet()),
  };
}

function collect(tree: LineageNode, found: Map<string, Work>): void {
  found.set(tree.work.id, tree.work);
  for (const next of tree.next) collect(next, found);
}

function nodeOf({ id, medium, title, record, parents, createdAt }: Work): LineageGraphNode {
  return { id, medium, title, op: record.op, parents: [...parents], createdAt, stale: false, why: null };
}

function notYet(): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'http/no-route',
    message: 'This cannot be done yet.',
    hint: 'Use a later release.',
    zh: { message: '此功能尚不可用。', hint: '请使用更新的版本。' },
  });
}
