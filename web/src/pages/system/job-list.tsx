/** All jobs: what waits, runs and has ended, how long each took, what came of it. */
import { type ReactNode, useState } from 'react';
import { type LiveJob, useJobs } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { Empty, FaultNote, ProgressBar } from '../../design/note.tsx';
import { sayDuration, sayTime } from '../../i18n/measures.ts';
import { defineWords, useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { useOpName } from '../../work/use-op-name.ts';
import styles from './job-list.module.css';

const WORDS = defineWords({
  none: {
    en: 'No jobs yet. What you ask for appears here, and can be stopped here.',
    zh: '还没有任务。你要求的事会出现在这里，也可以在这里停下。',
  },
  queued: { en: 'waiting', zh: '等候' },
  running: { en: 'running', zh: '进行中' },
  done: { en: 'done', zh: '完成' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  lost: { en: 'interrupted', zh: '中断' },
  cancel: { en: 'Cancel', zh: '取消' },
  cancelAll: { en: 'Cancel all that wait or run', zh: '取消所有等候和进行中的任务' },
  more: { en: 'Show more', zh: '显示更多' },
  ahead: { en: '{n} before it', zh: '前面还有 {n} 项' },
  result: { en: 'See', zh: '查看' },
});

export function JobList(): ReactNode {
  const say = useWords(WORDS);
  const [shown, setShown] = useState(20);
  const jobs = useJobs();
  const open = jobs.filter(isOpen);
  if (jobs.length === 0) return <Empty>{say('none')}</Empty>;
  return (
    <div className={styles.list}>
      {open.length > 1 && (
        <div>
          <Button small onClick={() => open.forEach(({ id }) => void api.cancelJob(id).catch(tellFault))}>
            {say('cancelAll')}
          </Button>
        </div>
      )}
      <ul className={styles.jobs}>
        {[...open, ...jobs.filter((job) => !isOpen(job))].slice(0, shown).map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
      {jobs.length > shown && (
        <div>
          <Button small onClick={() => setShown(shown + 50)}>
            {say('more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function JobRow({ job }: { readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const { language } = useSpeech();
  const opName = useOpName();
  const [work] = job.works.slice(-1);
  return (
    <li className={styles.job}>
      <span className={`${styles.state} ${styles[job.state] ?? ''}`}>{say(job.state)}</span>
      <div className={styles.what}>
        <span>{both(job.title)}</span>
        <span className={styles.quiet}>
          {opName(job.op)} · {sayTime(job.createdAt, language)}
          {job.endedAt &&
            job.startedAt &&
            ` · ${sayDuration((Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000, language)}`}
          {job.state === 'queued' && job.ahead !== undefined && ` · ${say('ahead', { n: job.ahead })}`}
          {isOpen(job) && job.progress?.note && ` · ${both(job.progress.note)}`}
        </span>
        {job.state === 'running' && (
          <ProgressBar done={job.progress?.done ?? 0} total={job.progress?.total} label={both(job.title)} />
        )}
        {job.state === 'failed' && job.error && <FaultNote fault={job.error} />}
      </div>
      {isOpen(job) && (
        <Button small onClick={() => void api.cancelJob(job.id).catch(tellFault)}>
          {say('cancel')}
        </Button>
      )}
      {!isOpen(job) && work && <Link href={`/works/${work}`}>{say('result')}</Link>}
    </li>
  );
}

function isOpen({ state }: LiveJob): boolean {
  return state === 'queued' || state === 'running';
}
