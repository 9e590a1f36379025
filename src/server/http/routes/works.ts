/** Works: lists, one with all that is known of it, where it came from, what the artist puts on it. */
import type { LineageGraphNode, WorkPage } from '../../../../sdk/src/api/index.ts';
import type { GraphNode } from '../../../host/index.ts';
import type { InputWork, Work } from '../../../kernel/index.ts';
import { publicWork } from '../../public-work.ts';
import { publicMarks } from '../cards.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';

/** Routes of this group. */
type WorkRoutes = 'works' | 'work' | 'replay' | 'lineage' | 'graph' | 'boards' | 'mark' | 'choose';

export function workRoutes(ground: Ground): Pick<Handlers, WorkRoutes> {
  const { os, cards } = ground;
  return {
    works: async ({ query }) => {
      const { medium, ...rest } = query;
      const { works, total } = await os.library.find(
        medium === undefined ? rest : { ...rest, media: medium.split(',') },
      );
      return { works: await cards(works), total };
    },
    work: async ({ names: { id } }) => pageOf(ground, await os.load(id)),
    replay: async ({ names: { id }, signal }) => {
      const { work, equal, repeatable, expected, found } = await os.replay(id, { signal });
      return { id: work.id, equal, repeatable, expected, found };
    },
    lineage: async ({ names: { id } }) => ({ nodes: (await os.library.around(id)).map(nodeView) }),
    graph: async ({ query: { limit = 500 } }) => ({ nodes: (await os.library.graph(limit)).map(nodeView) }),
    boards: async () => ({ boards: [...(await os.library.boards())] }),
    mark: async ({ body: { works, ...change } }) => {
      const marks = await os.library.mark(works, change);
      return { marks: Object.fromEntries(works.map((id) => [id, publicMarks(marks.get(id))])) };
    },
    choose: async ({ body }) => {
      await os.choose(body);
      return { done: true };
    },
  };
}

async function pageOf({ os }: Ground, loaded: InputWork): Promise<WorkPage> {
  const { work } = loaded;
  const [marks, measures, acts] = await Promise.all([
    os.library.marks([work.id]),
    os.critique(work.id),
    actsOn(os.ledger, work.id),
  ]);
  const ops = os.listOps();
  return {
    ...publicWork(loaded),
    mime: work.mime,
    size: work.size,
    marks: publicMarks(marks.get(work.id)),
    options: work.record.options,
    version: work.record.version,
    measures: measures.map(({ name, value, summary }) => ({ name, value, summary })),
    formats: formatsOf(os, work.medium),
    ...handsOf(work),
    ...engineOf(work),
    acts,
    next: ops.filter(({ inputs = [] }) => inputs[0]?.medium === work.medium).map(({ name }) => name),
  };
}

/** What the editor said of who wrote what. */
function handsOf({ measures }: Work): Pick<WorkPage, 'hands'> {
  const hands = measures.hands as WorkPage['hands'] | undefined;
  return hands === undefined ? {} : { hands };
}

/** What the op noted of the engine that made it. */
function engineOf({ measures, record }: Work): Pick<WorkPage, 'engine'> {
  const { asked, repeatable, cost, notes = [] } = measures as Partial<NonNullable<WorkPage['engine']>>;
  if (asked === undefined || record.model === null) return {};
  const name = `${record.model.name} · ${record.model.engine}`;
  return { engine: { name, asked, repeatable: repeatable === true, notes, ...(cost && { cost }) } };
}

/** The latest acts on the ledger that name a work, oldest first; earlier ones are asked of the ledger by the work's id. */
async function actsOn(ledger: Ground['os']['ledger'], id: string): Promise<WorkPage['acts']> {
  const latest = await ledger.latest(MOST_ACTS, { work: id });
  return latest.toReversed().map(({ seq, at, actor, act, facts }) => ({ seq, at, actor, act, facts }));
}

const MOST_ACTS = 200;

function formatsOf(os: Ground['os'], medium: string): WorkPage['formats'] {
  return os.studios.flatMap((studio) =>
    studio.formats
      .filter((format) => (format.medium ?? studio.medium) === medium)
      .map(({ name, extension, mime, summary }) => ({ name, extension, mime, ...(summary && { summary }) })),
  );
}

function nodeView({ work, stale }: GraphNode): LineageGraphNode {
  const { id, medium, title, record, parents, createdAt } = work;
  return { id, medium, title, op: record.op, parents: [...parents], createdAt, stale: stale !== null, why: stale };
}
