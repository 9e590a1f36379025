/** What each method of the wire does with the system: requests in, kernel calls, public shapes out. */
import type { Params, Work as PublicWork, Result, WireEvent, WorkSummary } from '../../sdk/src/protocol/index.ts';
import { toOsError } from '../core/index.ts';
import type { Os } from '../host/index.ts';
import { type JobEvent, type JobResult, type JobRun, type Plan, planSchema, type Work } from '../kernel/index.ts';
import { fitForm, formWish, refuseLonger } from '../studios/text/index.ts';
import { publicFacts, publicSummary, publicWork } from './public-work.ts';
import type { CallContext, Methods } from './session.ts';
import { wireError } from './wire-error.ts';

/** The methods over an open system. */
export function createMethods(os: Os): Methods {
  return {
    'text/write': (params, context) => write(os, params, context),
    'works/list': async ({ medium, limit, before }) => {
      const query = { ...(medium === undefined ? {} : { medium }), ...(limit === undefined ? {} : { limit }) };
      const works = await os.works.list(before === undefined ? query : { ...query, before });
      return { works: await Promise.all(works.map((work) => summarise(os, work))) };
    },
    'works/get': async ({ id }) => ({ work: publicWork(await os.load(id)) }),
    'works/replay': async ({ id }, { signal }) => {
      const { work, equal, expected, found } = await os.replay(id, { signal });
      return { id: work.id, equal, expected, found };
    },
  };
}

/** brief ─▶ plan ─▶ poems: two jobs, the events of both. */
async function write(
  os: Os,
  { brief, options: given = {} }: Params<'text/write'>,
  context: CallContext,
): Promise<Result<'text/write'>> {
  const { seed, maxLength, ...options } = given;
  const { signal } = context;
  const read = await follow(os, os.run({ op: 'plan/read', options: { brief }, seed, signal }), context);
  const plan = read.works[0]!;
  const form =
    maxLength === undefined ? {} : { form: fitForm({ maxLength, ...formWish(await loadPlan(os, plan), options) }) };
  const inputs = [plan.id];
  // The plan's seed is the poem's too, so that the one seed a client sees makes both again.
  const run = os.run({ op: 'verse/compose', inputs, options: { ...options, ...form }, seed: read.seed, signal });
  const made = await follow(os, run, context);
  const works = await loadAll(os, made.works);
  if (maxLength !== undefined) refuseLonger(works, maxLength);
  return { works };
}

async function loadPlan(os: Os, { id }: Work): Promise<Plan> {
  return planSchema.parse((await os.load(id)).document);
}

/** Passes a job's events on and waits for its end. Throws what the job throws. */
async function follow(os: Os, run: JobRun, { emit }: CallContext): Promise<JobResult> {
  for await (const event of run) emit(await wireEvent(os, event));
  return run.result;
}

async function wireEvent(os: Os, event: JobEvent): Promise<WireEvent> {
  if (event.type === 'job-end') {
    const { type, job, seed, cached, works } = event;
    return { type, job, seed, cached, works: await loadAll(os, works) };
  }
  if (event.type === 'job-error') return { ...event, error: wireError(event.error) };
  return event;
}

function loadAll(os: Os, works: readonly Work[]): Promise<PublicWork[]> {
  return Promise.all(works.map(async ({ id }) => publicWork(await os.load(id))));
}

/** One damaged work must not hide the others: it is listed with its fault in place of its text. */
async function summarise(os: Os, work: Work): Promise<WorkSummary> {
  try {
    return publicSummary(await os.load(work.id));
  } catch (thrown) {
    return { ...publicFacts(work), text: '', fault: wireError(toOsError(thrown)) };
  }
}
