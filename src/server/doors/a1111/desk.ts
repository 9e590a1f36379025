/**
 * What is being painted now, for clients that ask again and again how far it is. One at a time, as their own server does it:
 * who comes meanwhile waits.
 */
import type { Progress } from '../../../kernel/index.ts';
import type { Listener } from '../run-job.ts';

/** One request that is being answered. */
interface Current {
  readonly job: string;
  readonly startedAt: number;
  readonly pictures: number;
  done: number;
  /** Of the picture in hand, 0–1. */
  share: number;
  /** PNG in base64. */
  preview: string | null;
  readonly stop: AbortController;
}

export interface PaintDesk {
  /** Runs `body` when its turn comes. Its listener tells progress; `next` says that one more picture is done. */
  run<Value>(
    request: { readonly job: string; readonly pictures: number; readonly signal: AbortSignal },
    body: (listener: Listener, next: () => void) => Promise<Value>,
  ): Promise<Value>;
  /** Stops what is being painted. */
  interrupt(): void;
  /** In the shape of `/progress`. */
  progress(skipPreview: boolean): object;
}

/** Milliseconds are passed in by `now`. */
export function createPaintDesk(now: () => number): PaintDesk {
  let current: Current | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const listenerOf = (at: Current): Listener => ({
    signal: at.stop.signal,
    onProgress: ({ done, total }: Progress) => {
      if (total) at.share = Math.min(1, done / total);
    },
    onPreview: ({ data }) => {
      const { png } = (data ?? {}) as { readonly png?: string };
      if (png !== undefined) at.preview = png;
    },
  });
  return {
    run: ({ job, pictures, signal }, body) => {
      const mine = turn.then(async () => {
        const stop = new AbortController();
        if (signal.aborted) stop.abort();
        signal.addEventListener('abort', () => stop.abort(), { once: true });
        const at: Current = { job, startedAt: now(), pictures, done: 0, share: 0, preview: null, stop };
        current = at;
        const next = (): void => {
          at.done += 1;
          at.share = 0;
        };
        return body(listenerOf(at), next).finally(() => {
          current = undefined;
        });
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    interrupt: () => current?.stop.abort(),
    progress: (skipPreview) => progressOf(current, now(), skipPreview),
  };
}

/** Steps that a picture is said to have. */
const STEPS = 20;

function progressOf(current: Current | undefined, now: number, skipPreview: boolean): object {
  const share = current === undefined ? 0 : Math.min(1, (current.done + current.share) / current.pictures);
  const seconds = current === undefined ? 0 : (now - current.startedAt) / 1000;
  return {
    progress: share,
    eta_relative: share > 0 ? (seconds * (1 - share)) / share : 0,
    state: {
      skipped: false,
      interrupted: current?.stop.signal.aborted ?? false,
      stopping_generation: false,
      job: current === undefined ? '' : `Picture ${current.done + 1} out of ${current.pictures}`,
      job_count: current?.pictures ?? 0,
      job_timestamp: current?.job ?? '0',
      job_no: current?.done ?? 0,
      sampling_step: Math.floor((current?.share ?? 0) * STEPS),
      sampling_steps: current === undefined ? 0 : STEPS,
    },
    current_image: skipPreview ? null : (current?.preview ?? null),
    textinfo: null,
  };
}
