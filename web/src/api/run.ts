import type { Body } from '@llmagentos/sdk/client';
import { type LiveJob, noteJob, settled } from './events.tsx';
import { api } from './studio.ts';

/** Runs an op and waits for its end; `onStart` is told the job, to show it or cancel it. Rejects with what went wrong. */
export async function runOp(request: Body<'runJob'>, onStart?: (job: string) => void): Promise<LiveJob> {
  const job = noteJob(await api.runJob(request));
  onStart?.(job.id);
  return settled(job.id);
}
