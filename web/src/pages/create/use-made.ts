import type { WorkCard } from '@llmagentos/sdk/client';
import type { LiveJob } from '../../api/events.tsx';
import { roleOf, unheard } from '../../api/live-job.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';

/** A work and the part it plays: plan, scene, poem, picture or tune. */
export interface Made {
  readonly role: string;
  readonly work: WorkCard;
}

/** The works of a job; those that the stream did not tell of (the page was loaded again, the system was away) are asked for. */
export function useMade(job: LiveJob | undefined): readonly Made[] {
  const missing = job ? unheard(job) : [];
  const { data } = useAnswer(missing.length > 0 ? `work/of/${missing.join()}` : null, (signal) =>
    Promise.all(missing.map((id) => api.work(id, { signal }))),
  );
  if (!job || missing.length === 0) return job?.made ?? [];
  const asked = (data ?? []).filter(({ id }) => missing.includes(id));
  return [...job.made, ...asked.map((work) => ({ role: roleOf(work), work: work as unknown as WorkCard }))];
}
