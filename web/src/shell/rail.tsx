/** The rail: the pages, the jobs that run, language and theme. A bar at the foot on a telephone. */
import { type ReactNode, useState } from 'react';
import { useJobs } from '../api/events.tsx';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { defineWords, useBoth, useSpeech, useWords } from '../i18n/words.tsx';
import { JobsTray } from './jobs-tray.tsx';
import { PAGES, type Page } from './pages.ts';
import styles from './rail.module.css';
import { Link } from './router.tsx';
import { useShownTheme, useTheme } from './theme.ts';

const WORDS = defineWords({
  pages: { en: 'Pages', zh: '各页' },
  more: { en: 'More', zh: '更多' },
  language: { en: '中：切换到中文', zh: 'En: switch to English' },
  light: { en: 'Light', zh: '浅色' },
  dark: { en: 'Dark', zh: '深色' },
  jobs: { en: '{n} running', zh: '{n} 项进行中' },
  noJobs: { en: 'Jobs', zh: '任务' },
});

/** `page`: the one that is open. */
export function Rail({ page }: { readonly page: Page }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const [more, setMore] = useState(false);
  return (
    <header className={styles.rail}>
      <Link href="/" className={styles.brand} aria-label="LLMAgentOS">
        <img src="/seal.svg" alt="" width="30" height="30" />
        <span>LLMAgentOS</span>
      </Link>
      <nav aria-label={say('pages')} className={more ? `${styles.pages} ${styles.open}` : styles.pages}>
        {PAGES.map((one) => (
          <Link
            key={one.path}
            href={one.path}
            className={one.first ? styles.link : `${styles.link} ${styles.second}`}
            aria-current={one === page ? 'page' : undefined}
            onClick={() => setMore(false)}
          >
            <Icon name={one.icon} />
            <span>{both(one.name)}</span>
          </Link>
        ))}
        <button
          type="button"
          className={`${styles.link} ${styles.more}`}
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          <Icon name="more" />
          <span>{say('more')}</span>
        </button>
      </nav>
      <div className={styles.foot}>
        <Running />
        <Speech />
        <Shade />
      </div>
    </header>
  );
}

function Running(): ReactNode {
  const say = useWords(WORDS);
  const [open, setOpen] = useState(false);
  const running = useJobs().filter((job) => job.state === 'running' || job.state === 'queued').length;
  return (
    <>
      <button type="button" className={styles.jobs} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={running > 0 ? `${styles.dot} ${styles.busy}` : styles.dot} />
        {running > 0 ? say('jobs', { n: running }) : say('noJobs')}
      </button>
      {open && <JobsTray onClose={() => setOpen(false)} />}
    </>
  );
}

function Speech(): ReactNode {
  const say = useWords(WORDS);
  const { language, speak } = useSpeech();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className={styles.speech}
      lang={other === 'zh' ? 'zh-Hans' : 'en'}
      title={say('language')}
      aria-label={say('language')}
      onClick={() => speak(other)}
    >
      {other === 'zh' ? '中' : 'En'}
    </button>
  );
}

function Shade(): ReactNode {
  const say = useWords(WORDS);
  const [, choose] = useTheme();
  const shown = useShownTheme();
  const other = shown === 'dark' ? 'light' : 'dark';
  return <IconButton icon={other} label={say(other)} small onClick={() => choose(other)} />;
}
