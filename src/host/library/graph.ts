/**
 * Works with what has changed since: a work is stale when something it was made from, at any remove, has been edited since, when
 * its op has a newer version, or when its model is another or gone.
 *
 *   plan ─▶ poem ─▶ picture         the plan is edited: poem and picture are stale, the edited plan is not
 *     └─▶ edited plan ─▶ new poem   made of the edited one: not stale
 */
import type { Bilingual, Kernel, Work } from '../../kernel/index.ts';
import type { GraphNode } from './library.ts';

/** What is looked up once for a whole graph. */
interface Sources {
  parents(work: Work): Promise<readonly Work[]>;
  /** Works by which the artist changed this one, in the order they were made. */
  edits(work: Work): Promise<readonly Work[]>;
  /** Digest of a model as it is now; undefined when it is gone. */
  digest(model: string): Promise<string | undefined>;
}

/** The works as nodes, in their order. */
export async function graphOf(kernel: Kernel, works: readonly Work[]): Promise<GraphNode[]> {
  const sources = createSources(kernel, works);
  return Promise.all(works.map(async (work) => ({ work, stale: await staleness(kernel, work, sources) })));
}

function createSources(kernel: Kernel, given: readonly Work[]): Sources {
  const { works } = kernel.storage;
  const known = new Map(given.map((work) => [work.id, Promise.resolve(work)]));
  const get = once((id: string) => known.get(id) ?? works.get(id));
  const edits = once(async (id: string) => (await works.children(id)).filter((child) => edited(child) === id));
  return {
    parents: ({ parents }) => Promise.all(parents.map(get)),
    edits: ({ id }) => edits(id),
    digest: once((model: string) => identify(kernel, model)),
  };
}

/** Id of the work that this one is another version of. */
function edited({ record, parents }: Work): string | undefined {
  return /\/(edit|keep)$/.test(record.op) ? parents[0] : undefined;
}

function once<T>(look: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const found = new Map<string, Promise<T>>();
  return (key) => {
    const value = found.get(key) ?? look(key);
    found.set(key, value);
    return value;
  };
}

/** The latest edit of what a work was made from, when it was made after the work. */
async function editSince(work: Work, sources: Sources): Promise<Work | undefined> {
  const seen = new Set<string>();
  const open = [work];
  let latest: Work | undefined;
  for (let one = open.pop(); one; one = open.pop()) {
    for (const parent of await sources.parents(one)) {
      if (seen.has(parent.id) || parent.id === edited(one)) continue;
      seen.add(parent.id);
      open.push(parent);
      const last = (await sources.edits(parent)).at(-1);
      if (last && last.createdAt > (latest ?? work).createdAt) latest = last;
    }
  }
  return latest;
}

async function staleness(kernel: Kernel, work: Work, sources: Sources): Promise<Bilingual | null> {
  const { record } = work;
  const edit = await editSince(work, sources);
  if (edit) {
    return {
      en: `“${edit.title}”, which it was made from, has been edited since.`,
      zh: `其来源“${edit.title}”之后有过修改。`,
    };
  }
  const op = kernel.ops.get(record.op);
  if (op && op.version > record.version) {
    const facts = `${record.version} → ${op.version}`;
    return { en: `${record.op} has been improved since (${facts}).`, zh: `${record.op} 之后有了改进（${facts}）。` };
  }
  if (!record.model) return null;
  const digest = await sources.digest(record.model.name);
  if (digest === record.model.digest) return null;
  return digest === undefined
    ? { en: `The model ${record.model.name} is gone.`, zh: `模型 ${record.model.name} 已不在。` }
    : { en: `The model ${record.model.name} is another now.`, zh: `模型 ${record.model.name} 已经更换。` };
}

async function identify(kernel: Kernel, name: string): Promise<string | undefined> {
  try {
    return (await kernel.models.identify(name)).digest;
  } catch {
    return undefined;
  }
}
