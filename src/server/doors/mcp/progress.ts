import type { Progress } from '../../../kernel/index.ts';

/** What a progress notification says. */
export interface Told {
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

/**
 * Progress that only grows, as the protocol wants it, out of several jobs that each begin anew.
 *
 *   1/3 2/3 3/3 │ 1/8 …  ─▶  1/3 2/3 3/3 │ 4/11 …
 */
export function createClimb(): (progress: Progress) => Told | undefined {
  let base = 0;
  let last = { done: 0, total: 0 };
  let told = 0;
  return ({ done, total, note }) => {
    if (done < last.done || (total ?? 0) !== last.total)
      base = last.done === 0 ? base : base + Math.max(last.done, last.total);
    last = { done, total: total ?? 0 };
    const progress = base + done;
    if (progress <= told) return undefined;
    told = progress;
    return {
      progress,
      ...(total !== undefined && { total: base + total }),
      ...(note !== undefined && { message: `${note.en} · ${note.zh}` }),
    };
  };
}
