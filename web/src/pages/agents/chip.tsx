import type { ReactNode } from 'react';
import { useWords } from '../../i18n/words.tsx';
import styles from './agents.module.css';
import type { Standing } from './use-agent.ts';
import { WORDS } from './words.ts';

const LOOK: Readonly<Partial<Record<Standing, string | undefined>>> = {
  running: styles.busy,
  queued: styles.busy,
  pausing: styles.busy,
  asking: styles.asking,
  done: styles.good,
  failed: styles.bad,
  spent: styles.bad,
};

/** How an agent stands, in a word. */
export function Chip({ standing }: { readonly standing: Standing }): ReactNode {
  const say = useWords(WORDS);
  return <span className={`${styles.chip} ${LOOK[standing] ?? ''}`}>{say(standing)}</span>;
}
