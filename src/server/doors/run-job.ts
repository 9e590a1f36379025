/** How every door has work done: a job is run to its end, what happens on the way is told, and giving up cancels it. */
import type { Json } from '../../core/index.ts';
import type { Os } from '../../host/index.ts';
import type { Preview, Progress, RunRequest, Work } from '../../kernel/index.ts';

/** What came of a job. */
export interface Made {
  readonly works: readonly Work[];
  readonly report: Json;
  readonly seed: number;
}

/** Who waits for a job. */
export interface Listener {
  /** Aborted: the job is cancelled. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onPreview?: (preview: Preview) => void;
}

/** Runs an op to its end. Throws what the job throws, `core/cancelled` when given up. */
export async function runJob(os: Os, request: Omit<RunRequest, 'signal'>, listener: Listener): Promise<Made> {
  const { signal, onProgress, onPreview } = listener;
  const run = os.run({ ...request, signal });
  for await (const event of run) {
    if (event.type === 'job-progress') onProgress?.(event);
    if (event.type === 'job-preview') onPreview?.(event);
  }
  return run.result;
}
