import type { WorkCard } from '@llmagentos/sdk/client';
import type { LiveJob } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';

/** A work and the part it plays: plan, scene, poem, picture or tune. */
export interface Made {
  readonly role: string;
  readonly work: WorkCard;
}

/** The works of a job; after the page was loaded again they are asked for. */
export function useMade(job: LiveJob | undefined): readonly Made[] {
  const missing = job !== undefined && job.made.length === 0 && job.works.length > 0;
  const { data } = useAnswer(missing ? `work/of/${job.id}` : null, (signal) =>
    Promise.all(job!.works.map((id) => api.work(id, { signal }))),
  );
  if (!missing) return job?.made ?? [];
  return (data ?? []).map((work) => ({ role: roleOf(work), work: work as unknown as WorkCard }));
}

function roleOf({ medium, op }: { readonly medium: string; readonly op: string }): string {
  if (medium === 'plan') return op === 'plan/see-poem' ? 'scene' : 'plan';
  return { verse: 'poem', picture: 'picture', music: 'tune' }[medium] ?? medium;
}
