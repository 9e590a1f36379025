/** A rhythm tapped on the space bar or with a finger; a tune is then composed on it. */
import { type ReactNode, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import styles from './compose.module.css';
import { WORDS } from './words.ts';

/** Fewest taps that are a rhythm. */
const FEWEST = 4;

export function Tap({
  busy,
  onTaps,
}: {
  readonly busy: boolean;
  onTaps(milliseconds: readonly number[]): void;
}): ReactNode {
  const say = useWords(WORDS);
  const [taps, setTaps] = useState<readonly number[]>([]);
  const tap = (): void => {
    const now = Math.round(performance.now());
    setTaps((before) => (before.length > 0 && now - before.at(-1)! < 25 ? before : [...before, now]));
  };
  return (
    <section className={styles.panel} aria-label={say('tap')}>
      <h2>{say('tap')}</h2>
      <p className={styles.quiet}>{say('tapHint')}</p>
      <button
        type="button"
        className={styles.tapField}
        onPointerDown={tap}
        onKeyDown={(event) => {
          if (event.key !== ' ' || event.repeat) return;
          event.preventDefault();
          tap();
        }}
      >
        {say('taps', { n: taps.length })}
      </button>
      <div className={styles.tools}>
        <Button disabled={busy || taps.length < FEWEST} onClick={() => onTaps(taps.map((at) => at - taps[0]!))}>
          {say('make')}
        </Button>
        <Button tone="quiet" disabled={taps.length === 0} onClick={() => setTaps([])}>
          {say('again')}
        </Button>
      </div>
    </section>
  );
}
