/**
 * Works with what has changed since: a work is stale when its op has a newer version, its model is another or gone, or one of
 * the works it was made from has been edited since.
 */
import type { Bilingual, Kernel, Work } from '../../kernel/index.ts';
import type { GraphNode } from './library.ts';

/** The works as nodes, in their order. */
export async function graphOf(kernel: Kernel, works: readonly Work[]): Promise<GraphNode[]> {
  const models = new Map<string, Promise<string | undefined>>();
  const digestOf = (name: string): Promise<string | undefined> => {
    const known = models.get(name) ?? identify(kernel, name);
    models.set(name, known);
    return known;
  };
  const edits = editsAmong(works);
  return Promise.all(works.map(async (work) => ({ work, stale: await staleness(kernel, work, edits, digestOf) })));
}

/** Work ─▶ when it was last edited, over works made by an op that edits its first input. */
function editsAmong(works: readonly Work[]): ReadonlyMap<string, Work> {
  const edits = new Map<string, Work>();
  for (const work of works) {
    const [first] = work.parents;
    if (first !== undefined && work.record.op.endsWith('/edit') && !edits.has(first)) edits.set(first, work);
  }
  return edits;
}

async function staleness(
  kernel: Kernel,
  { record, parents, createdAt }: Work,
  edits: ReadonlyMap<string, Work>,
  digestOf: (name: string) => Promise<string | undefined>,
): Promise<Bilingual | null> {
  const edited = record.op.endsWith('/edit')
    ? undefined
    : parents.map((id) => edits.get(id)).find((one) => one && one.createdAt > createdAt);
  if (edited) {
    return {
      en: `“${edited.title}”, which it was made from, has been edited since.`,
      zh: `其来源“${edited.title}”之后有过修改。`,
    };
  }
  const op = kernel.ops.get(record.op);
  if (op && op.version > record.version) {
    const facts = `${record.version} → ${op.version}`;
    return { en: `${record.op} has been improved since (${facts}).`, zh: `${record.op} 之后有了改进（${facts}）。` };
  }
  if (!record.model) return null;
  const digest = await digestOf(record.model.name);
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
