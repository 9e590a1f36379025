/**
 * A model tells of every token; nobody reads so fast. Of progress and previews only the latest in each tenth of a second goes
 * on its way; everything else goes at once, and after what was told before it.
 */
import type { TaskEvent } from '../../kernel/index.ts';

/** Between two of a kind, in milliseconds. */
const PAUSE = 100;

export interface Calm {
  emit(event: TaskEvent): void;
  /** Lets go what is held back; call it at the end. */
  flush(): void;
}

/** `emit` is told less often than `Calm.emit`. */
export function calmEvents(emit: (event: TaskEvent) => void): Calm {
  const held = new Map<string, TaskEvent>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const event of held.values()) emit(event);
    held.clear();
  };
  const later = (): void => {
    timer = undefined;
    if (held.size === 0) return;
    flush();
    timer = setTimeout(later, PAUSE);
  };
  return {
    flush,
    emit: (event) => {
      const key = keyOf(event);
      if (key === undefined) {
        flush();
        emit(event);
        return;
      }
      held.delete(key);
      held.set(key, event);
      if (timer !== undefined) return;
      flush();
      timer = setTimeout(later, PAUSE);
    },
  };
}

/** Which later event takes this one's place; undefined: none. */
function keyOf(event: TaskEvent): string | undefined {
  if (event.type === 'job-progress') return event.type;
  return event.type === 'job-preview' ? `${event.op} ${event.candidate ?? 0}` : undefined;
}
