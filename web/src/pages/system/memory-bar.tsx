import type { SystemView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { sayBytes } from '../../i18n/measures.ts';
import { defineWords, useWords } from '../../i18n/words.tsx';
import styles from './memory-bar.module.css';

const WORDS = defineWords({
  said: { en: '{used} of {total}; {own} by the studio', zh: '共 {total}，已用 {used}，其中画室 {own}' },
});

/** How full the machine's memory is, and how much of it is ours. */
export function MemoryBar({ memory: { total, free, process } }: { readonly memory: SystemView['memory'] }): ReactNode {
  const say = useWords(WORDS);
  const text = say('said', { used: sayBytes(total - free), total: sayBytes(total), own: sayBytes(process) });
  return (
    <div className={styles.memory}>
      <div className={styles.bar} aria-hidden="true">
        <div className={styles.own} style={{ width: `${(100 * process) / total}%` }} />
        <div className={styles.other} style={{ width: `${(100 * Math.max(0, total - free - process)) / total}%` }} />
      </div>
      <span>{text}</span>
    </div>
  );
}
