import type { WorkPage } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { useBoth } from '../../i18n/words.tsx';
import styles from './work-page.module.css';

/** What was measured, each with its name in words; shares of one are drawn as bars. */
export function Measures({ measures }: { readonly measures: WorkPage['measures'] }): ReactNode {
  const both = useBoth();
  return (
    <ul className={styles.measures}>
      {measures.map(({ name, value, summary }) => (
        <li key={name} className={styles.measure}>
          <span>{both(summary)}</span>
          <span className={styles.bar} aria-hidden="true">
            <span className={styles.fill} style={{ width: `${100 * Math.min(1, Math.max(0, value))}%` }} />
          </span>
          <span className={styles.value}>
            {Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3))}
          </span>
        </li>
      ))}
    </ul>
  );
}
