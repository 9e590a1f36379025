import type { WorkCard } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { Dialog } from '../../design/dialog.tsx';
import { useWords } from '../../i18n/words.tsx';
import { WorkView } from '../../work/work-view.tsx';
import { WORDS } from './words.ts';
import styles from './works.module.css';

/** Up to four works side by side. */
export function Compare({ works, onClose }: { readonly works: readonly WorkCard[]; onClose(): void }): ReactNode {
  const say = useWords(WORDS);
  return (
    <Dialog title={say('compare')} wide onClose={onClose}>
      <div className={styles.compare}>
        {works.slice(0, 4).map((work) => (
          <figure key={work.id} className={styles.figure}>
            <WorkView work={work} width={640} />
            <figcaption className={styles.quiet}>{work.title}</figcaption>
          </figure>
        ))}
      </div>
    </Dialog>
  );
}
