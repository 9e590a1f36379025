/** The house of the studio: the rail at its side, the page in its middle, the words at its edge. */
import { type ReactNode, Suspense, useEffect } from 'react';
import { useConnected } from '../api/events.tsx';
import { defineWords, useBoth, useWords } from '../i18n/words.tsx';
import styles from './app.module.css';
import { Dropped } from './dropped.tsx';
import { PageFault } from './page-fault.tsx';
import { pageOf } from './pages.ts';
import { Rail } from './rail.tsx';
import { useAddress } from './router.tsx';
import { Toasts } from './toasts.tsx';

const WORDS = defineWords({
  skip: { en: 'Skip to the page', zh: '跳到正文' },
  opening: { en: 'Opening …', zh: '正在打开……' },
  away: {
    en: 'The system does not answer. What you do here is kept; it goes on when the system is back (npm start).',
    zh: '系统没有回应。你在这里所做的都会保留，系统恢复后继续（npm start）。',
  },
});

/** The whole studio. */
export function App(): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const address = useAddress();
  const { page, rest } = pageOf(address.pathname);
  const here = useConnected();
  const name = both(page.name);
  useEffect(() => {
    document.title = `${name} · LLMAgentOS`;
  }, [name]);
  return (
    <div className={styles.house}>
      <a className={styles.skip} href="#page">
        {say('skip')}
      </a>
      <Rail page={page} />
      <main id="page" className={styles.page} tabIndex={-1}>
        {!here && (
          <div className={styles.away} role="status">
            {say('away')}
          </div>
        )}
        <PageFault key={page.path}>
          <Suspense fallback={<p className={styles.opening}>{say('opening')}</p>}>
            <page.View rest={rest} />
          </Suspense>
        </PageFault>
      </main>
      <Dropped />
      <Toasts />
    </div>
  );
}
