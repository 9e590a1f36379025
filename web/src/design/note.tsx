/** What the page has to say: an error with its mend, an empty place with a way out of it, how far something is. */
import type { ReactNode } from 'react';
import { useSpeech } from '../i18n/words.tsx';
import styles from './note.module.css';

/** An error as the system tells it. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly zh?: { readonly message: string; readonly hint: string } | undefined;
}

/** What went wrong, and how to mend it. */
export function FaultNote({ fault, children }: { readonly fault: Fault; readonly children?: ReactNode }): ReactNode {
  const { language } = useSpeech();
  const { message, hint } = language === 'zh' && fault.zh ? fault.zh : fault;
  return (
    <div className={`${styles.note} ${styles.bad}`} role="alert">
      <strong>{message}</strong>
      <span className={styles.hint}>{hint}</span>
      <span className={styles.code}>{fault.code}</span>
      {children}
    </div>
  );
}

/** A remark; `good` for what went well. */
export function Note({ good, children }: { readonly good?: boolean; readonly children: ReactNode }): ReactNode {
  return <div className={good ? `${styles.note} ${styles.good}` : styles.note}>{children}</div>;
}

/** A place with nothing in it yet: says what to do. */
export function Empty({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles.empty}>{children}</div>;
}

/** How far something is; without `total` it is only known to go on. */
export function ProgressBar({
  done,
  total,
  label,
}: {
  readonly done: number;
  readonly total?: number | undefined;
  readonly label: string;
}): ReactNode {
  const share = total ? Math.min(1, done / total) : undefined;
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
    >
      <div
        className={share === undefined ? `${styles.done} ${styles.unknown}` : styles.done}
        style={share === undefined ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
