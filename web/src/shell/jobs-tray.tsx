/** The tray over the rail's foot: what runs, how far it is, a way to stop it; what ended last. */
import { type ReactNode, useEffect, useRef } from 'react';
import { type LiveJob, useJobs } from '../api/events.tsx';
import { api } from '../api/studio.ts';
import { IconButton } from '../design/button.tsx';
import { ProgressBar } from '../design/note.tsx';
import { defineWords, useBoth, useWords } from '../i18n/words.tsx';
import styles from './jobs-tray.module.css';
import { Link } from './router.tsx';
import { tellFault } from './toasts.tsx';

const WORDS = defineWords({
  title: { en: 'Jobs', zh: '任务' },
  none: { en: 'Nothing has been asked for yet.', zh: '还没有任务。' },
  cancel: { en: 'Cancel', zh: '取消' },
  queued: { en: 'waiting', zh: '等候' },
  running: { en: 'running', zh: '进行中' },
  done: { en: 'done', zh: '完成' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  lost: { en: 'lost', zh: '中断' },
  all: { en: 'All jobs', zh: '所有任务' },
});

/** Closes on Escape and on a click elsewhere. */
export function JobsTray({ onClose }: { onClose(): void }): ReactNode {
  const say = useWords(WORDS);
  const ref = useRef<HTMLDivElement>(null);
  const jobs = useJobs().slice(0, 8);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    const onDown = (event: PointerEvent): void => {
      if (!ref.current?.parentElement?.contains(event.target as Node)) onClose();
    };
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onDown);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onDown);
    };
  }, [onClose]);
  return (
    <div ref={ref} className={styles.tray}>
      <h3>{say('title')}</h3>
      {jobs.length === 0 && <p className={styles.quiet}>{say('none')}</p>}
      {jobs.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
      <Link href="/system" onClick={onClose}>
        {say('all')}
      </Link>
    </div>
  );
}

/** One job as a line. */
export function JobLine({ job }: { readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const open = job.state === 'queued' || job.state === 'running';
  return (
    <div className={styles.job}>
      <div className={styles.head}>
        <span className={styles.name}>{both(job.title)}</span>
        <span className={styles.quiet}>{say(job.state)}</span>
        {open && (
          <IconButton small icon="close" label={say('cancel')} onClick={() => api.cancelJob(job.id).catch(tellFault)} />
        )}
      </div>
      {job.state === 'running' && (
        <ProgressBar done={job.progress?.done ?? 0} total={job.progress?.total} label={both(job.title)} />
      )}
      {open && job.progress?.note && <span className={styles.quiet}>{both(job.progress.note)}</span>}
    </div>
  );
}
