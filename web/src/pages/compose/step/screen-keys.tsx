import type { ReactNode } from 'react';
import { pitchOf } from '../score.ts';
import styles from './step.module.css';

interface ScreenKeysProps {
  readonly label: string;
  /** Two octaves around this pitch are shown. */
  readonly near: number;
  onKey(midi: number): void;
}

const BLACK: ReadonlySet<number> = new Set([1, 3, 6, 8, 10]);

/** A keyboard to point at; it moves by octaves with what is written. One stop for the Tab key: letters do the same. */
export function ScreenKeys({ label, near, onKey }: ScreenKeysProps): ReactNode {
  const low = 12 * Math.floor((near - 6) / 12);
  const keys = Array.from({ length: 25 }, (_, i) => low + i);
  const whites = keys.filter((midi) => !BLACK.has(midi % 12));
  return (
    // biome-ignore lint/a11y/useSemanticElements: keys of a piano, no form controls
    <div className={styles.keys} role="group" aria-label={label}>
      {keys.map((midi) => {
        const black = BLACK.has(midi % 12);
        const place = whites.filter((white) => white < midi).length;
        return (
          <button
            key={midi}
            type="button"
            tabIndex={midi === near ? 0 : -1}
            className={black ? styles.black : styles.white}
            style={{ insetInlineStart: `${((place - (black ? 0.3 : 0)) / whites.length) * 100}%` }}
            aria-label={pitchOf(midi)}
            onClick={() => onKey(midi)}
          >
            {midi % 12 === 0 && pitchOf(midi)}
          </button>
        );
      })}
    </div>
  );
}
