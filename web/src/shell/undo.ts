/**
 * Undo without end for one document, and its autosave: every change is a step; steps and document are kept in this browser until
 * the document is closed, so that a page that was left or crashed opens as it was.
 *
 *   const draft = useDraft('write/new', EMPTY);   draft.set(next)   draft.undo()   draft.redo()
 */
import { useCallback, useEffect, useRef, useState } from 'react';

/** A document being worked on. */
export interface Draft<T> {
  readonly now: T;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** One step; changes with the same `join` within a second become one step, as letters of a word do. */
  set(next: T | ((now: T) => T), options?: { readonly join?: string }): void;
  undo(): void;
  redo(): void;
  /** Starts anew from a document, with no steps behind it. */
  reset(to: T): void;
}

interface Steps<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

/** Steps that are kept in the browser; in memory there is no end to them. */
const KEPT_STEPS = 200;

/** The draft of a name; begins with what was kept under it, else with `first`. */
export function useDraft<T>(name: string, first: T): Draft<T> {
  const key = `llmagentos.draft.${name}`;
  const [steps, setSteps] = useState<Steps<T>>(() => kept<T>(key) ?? { past: [], now: first, future: [] });
  const joined = useRef<{ join: string; at: number }>({ join: '', at: 0 });
  useEffect(() => {
    const timer = setTimeout(() => keep(key, steps), 300);
    return () => clearTimeout(timer);
  }, [key, steps]);
  useEffect(() => {
    const save = (): void => keep(key, steps);
    addEventListener('pagehide', save);
    return () => removeEventListener('pagehide', save);
  }, [key, steps]);
  const latest = useRef(steps);
  latest.current = steps;
  // A page of the studio that is left for another is not hidden: it ends.
  useEffect(() => () => keep(key, latest.current), [key]);
  const set = useCallback<Draft<T>['set']>((next, { join = '' } = {}) => {
    const at = Date.now();
    const together = join !== '' && joined.current.join === join && at - joined.current.at < 1000;
    joined.current = { join, at };
    setSteps(({ past, now }) => {
      const value = typeof next === 'function' ? (next as (now: T) => T)(now) : next;
      return { past: together ? past : [...past, now], now: value, future: [] };
    });
  }, []);
  const undo = useCallback(() => setSteps(stepBack), []);
  const redo = useCallback(() => setSteps(stepOn), []);
  const reset = useCallback((to: T) => setSteps({ past: [], now: to, future: [] }), []);
  return { now: steps.now, canUndo: steps.past.length > 0, canRedo: steps.future.length > 0, set, undo, redo, reset };
}

/** Ctrl/⌘ Z and Shift Z or Y, while the page is in sight and no text field has its own. */
export function useUndoKeys({ undo, redo }: Pick<Draft<unknown>, 'undo' | 'redo'>, { inFields = false } = {}): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (!inFields && (event.target as Element).closest('input:not([type=range]), textarea, [contenteditable]'))
        return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [undo, redo, inFields]);
}

function stepBack<T>(steps: Steps<T>): Steps<T> {
  const before = steps.past.at(-1);
  if (steps.past.length === 0) return steps;
  return { past: steps.past.slice(0, -1), now: before as T, future: [steps.now, ...steps.future] };
}

function stepOn<T>(steps: Steps<T>): Steps<T> {
  if (steps.future.length === 0) return steps;
  return { past: [...steps.past, steps.now], now: steps.future[0] as T, future: steps.future.slice(1) };
}

function keep<T>(key: string, { past, now, future }: Steps<T>): void {
  try {
    localStorage.setItem(
      key,
      JSON.stringify({ past: past.slice(-KEPT_STEPS), now, future: future.slice(0, KEPT_STEPS) }),
    );
  } catch {
    // No room: the document matters more than its steps.
    localStorage.setItem(key, JSON.stringify({ past: [], now, future: [] }));
  }
}

function kept<T>(key: string): Steps<T> | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as Steps<T>);
  } catch {
    return undefined;
  }
}
