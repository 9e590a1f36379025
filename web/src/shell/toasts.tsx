/** Short words at the edge of the page: what was done, with a way back; what went wrong, with its mend. */
import { type ReactNode, useSyncExternalStore } from 'react';
import { faultOf } from '../api/fault.ts';
import { Button, IconButton } from '../design/button.tsx';
import { type Fault, FaultNote } from '../design/note.tsx';
import { defineWords, useWords } from '../i18n/words.tsx';
import styles from './toasts.module.css';

const WORDS = defineWords({
  undo: { en: 'Undo', zh: '撤销' },
  away: { en: 'Dismiss', zh: '收起' },
  words: { en: 'Messages', zh: '消息' },
});

interface Toast {
  readonly id: number;
  readonly text?: string;
  readonly fault?: Fault;
  readonly undo?: () => void;
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

/** Says what was done; with `undo` there is a button for taking it back. It goes after 8 seconds. */
export function tell(text: string, undo?: () => void): void {
  show({ id: ++last, text, ...(undo ? { undo } : {}) }, 8000);
}

/** Says what went wrong; it stays until it is put away. */
export function tellFault(thrown: unknown): void {
  show({ id: ++last, fault: faultOf(thrown) }, 20_000);
}

function show(toast: Toast, stay: number): void {
  change([...toasts.slice(-3), toast]);
  setTimeout(() => putAway(toast.id), stay);
}

function putAway(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where they stand. */
export function Toasts(): ReactNode {
  const say = useWords(WORDS);
  const shown = useSyncExternalStore(listen, () => toasts);
  return (
    <section className={styles.toasts} aria-live="polite" aria-label={say('words')}>
      {shown.map(({ id, text, fault, undo }) => (
        <div key={id} className={styles.toast}>
          {fault ? <FaultNote fault={fault} /> : <span>{text}</span>}
          {undo && (
            <Button
              small
              icon="undo"
              onClick={() => {
                undo();
                putAway(id);
              }}
            >
              {say('undo')}
            </Button>
          )}
          <IconButton small icon="close" label={say('away')} onClick={() => putAway(id)} />
        </div>
      ))}
    </section>
  );
}
