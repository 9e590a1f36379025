import type { Say } from '../messages.ts';

const CELLS = 24;

/** A bar of 24 cells, filled to `share` (0–1). */
export function progressBar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * CELLS);
  return '━'.repeat(filled) + '┄'.repeat(CELLS - filled);
}

/** A span of seconds as a person says it: `8 s`, `3 min`, `2 h 5 min`. */
export function sayDuration(seconds: number, say: Say): string {
  const whole = Math.round(seconds);
  if (whole < 60) return say('time.seconds', { seconds: whole });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return say('time.minutes', { minutes });
  return say('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
