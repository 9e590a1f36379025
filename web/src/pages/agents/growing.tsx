import type { ReactNode } from 'react';
import type { LiveJob } from '../../api/events.tsx';
import { useWords } from '../../i18n/words.tsx';
import { Poem } from '../../work/poem.tsx';
import styles from './made.module.css';
import { WORDS } from './words.ts';

/** What is being made right now: lines as they are written, a picture as it is painted; nothing where a work has come since. */
export function Growing({ job }: { readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const preview = job.previews.at(-1);
  const { mime = 'image/png', png } = (preview?.data ?? {}) as { readonly mime?: string; readonly png?: string };
  if (png) return <img className={styles.growing} src={`data:${mime};base64,${png}`} alt={say('now')} />;
  return preview?.text ? (
    <div className={styles.growing}>
      <Poem title="" text={preview.text} small />
    </div>
  ) : null;
}
