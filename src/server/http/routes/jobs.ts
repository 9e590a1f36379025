/** Jobs: what is asked for, how far it is, what happens. */
import type { Os } from '../../../host/index.ts';
import type { DeskView } from '../../../kernel/index.ts';
import type { Cards } from '../cards.ts';
import { createEventsAnswer } from '../events/index.ts';
import type { Socketed } from '../guard/index.ts';
import { jobMissing } from '../job-missing.ts';
import { eventView, jobView } from '../job-view.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';

/** Routes of this group. */
type JobRoutes = 'createJob' | 'trainJob' | 'runJob' | 'ask' | 'jobs' | 'job' | 'cancelJob' | 'events';

export function jobRoutes({ os, desk, cards, broadcast, limits }: Ground): Pick<Handlers, JobRoutes> {
  const answerEvents = createEventsAnswer({
    broadcast,
    limits,
    findJob: async (id) => {
      const view = await desk.find(id);
      return view && { view: jobView(view), end: await endOf(os, view, cards) };
    },
  });
  return {
    createJob: async ({ body: { seed, ...wish } }) => jobView(await desk.create(wish, seed)),
    trainJob: async ({ body: { seed, ...wish } }) => jobView(await desk.train(wish, seed)),
    runJob: async ({ body }) => jobView(await desk.submit(body)),
    ask: async ({ body, signal }) => ({ report: await os.ask({ ...body, signal }) }),
    jobs: async ({ query }) => ({ jobs: (await desk.list(query)).map(jobView) }),
    job: async ({ names: { id } }) => {
      const job = await desk.find(id);
      if (job === undefined) throw jobMissing(id);
      return jobView(job);
    },
    cancelJob: async ({ names: { id } }) => jobView(await desk.cancel(id)),
    events: ({ query: { job }, c, signal }) =>
      // A HEAD would open a stream that nobody reads.
      c.req.method === 'HEAD'
        ? new Response(null, { headers: { 'content-type': 'text/event-stream' } })
        : answerEvents({ job, lastEventId: c.req.header('last-event-id'), signal, hangUp: hangUpOf(c.env) }),
  };
}

/** The last event of a job that has ended, as it was told then. */
async function endOf(os: Os, view: DeskView, cards: Cards) {
  const { id, state, error, report, seed } = view;
  if (state === 'done') {
    const found = await Promise.all(view.works.map((work) => os.works.find(work)));
    const works = found.filter((work) => work !== undefined);
    return eventView({ type: 'job-end', job: id, works, report, seed: seed ?? 0, cached: false }, cards);
  }
  return error === undefined ? undefined : eventView({ type: 'job-error', job: id, error }, cards);
}

/** Ends the connection itself: a stream that is too slow to read would be too slow to be told of it. */
function hangUpOf(env: Socketed | undefined): (() => void) | undefined {
  const socket = env?.incoming?.socket;
  return socket && (() => socket.destroy?.());
}
