/**
 * What the system answered, kept while pages come and go: a page that is opened again shows the last answer at once and asks anew.
 *
 *   const { data, fault, again } = useAnswer(`work/${id}`, (signal) => api.work(id, { signal }));
 */
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Fault } from '../design/note.tsx';
import { faultOf } from './fault.ts';

/** How a question stands. */
export interface Answered<T> {
  /** The last answer; undefined while there is none. */
  readonly data: T | undefined;
  readonly fault: Fault | undefined;
  readonly asking: boolean;
  /** Asks once more. */
  again(): void;
}

interface Entry {
  data: unknown;
  fault: Fault | undefined;
  asking: boolean;
  controller: AbortController | undefined;
  readonly listeners: Set<() => void>;
  /** A new object after every change, so that React sees it. */
  state: object;
}

const entries = new Map<string, Entry>();

/** Asks when it is mounted and when the key changes; null as key: asks nothing. */
export function useAnswer<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>): Answered<T> {
  const entry = key === null ? undefined : entryOf(key);
  const listen = useCallback(
    (listener: () => void) => {
      entry?.listeners.add(listener);
      return () => void entry?.listeners.delete(listener);
    },
    [entry],
  );
  useSyncExternalStore(listen, () => entry?.state);
  const latest = useRef(ask);
  latest.current = ask;
  const again = useCallback(() => {
    if (key !== null) void question(key, (signal) => latest.current(signal));
  }, [key]);
  useEffect(again, [again]);
  return { data: entry?.data as T | undefined, fault: entry?.fault, asking: entry?.asking ?? false, again };
}

/** Forgets what was answered under keys that begin so, and asks anew where it is in sight. */
export function forget(beginning: string): void {
  for (const [key, entry] of entries) {
    if (!key.startsWith(beginning)) continue;
    // Nobody listens, or a page that is just being drawn does not listen yet: the entry itself must stay the one it holds.
    if (entry.listeners.size === 0) Object.assign(entry, { data: undefined, fault: undefined });
    else void question(key, entryAsks.get(key)!);
  }
}

const entryAsks = new Map<string, (signal: AbortSignal) => Promise<unknown>>();

function entryOf(key: string): Entry {
  const known = entries.get(key);
  if (known) return known;
  const entry: Entry = {
    data: undefined,
    fault: undefined,
    asking: false,
    controller: undefined,
    listeners: new Set(),
    state: {},
  };
  entries.set(key, entry);
  return entry;
}

async function question(key: string, ask: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const entry = entryOf(key);
  entryAsks.set(key, ask);
  entry.controller?.abort();
  const controller = new AbortController();
  entry.controller = controller;
  change(entry, { asking: true });
  try {
    const data = await ask(controller.signal);
    if (entry.controller === controller) change(entry, { data, fault: undefined, asking: false });
  } catch (thrown) {
    if (entry.controller === controller) change(entry, { fault: faultOf(thrown), asking: false });
  }
}

function change(entry: Entry, to: Partial<Pick<Entry, 'data' | 'fault' | 'asking'>>): void {
  Object.assign(entry, to);
  entry.state = {};
  for (const listener of entry.listeners) listener();
}
