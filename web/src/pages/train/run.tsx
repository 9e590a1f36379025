/** One training as it goes on: its steps, what was read, the loss as it falls, and before beside after at the end. */
import { type ReactNode, useRef } from 'react';
import { type LiveJob, useEvents } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { FaultNote, Note, ProgressBar } from '../../design/note.tsx';
import { Facts } from '../../design/page.tsx';
import { sayCount, sayDuration } from '../../i18n/measures.ts';
import { useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { Curve } from './curve.tsx';
import { Outcome } from './outcome.tsx';
import styles from './train.module.css';
import { WORDS } from './words.ts';

/** What is told of a step of training. */
interface TrainingFacts {
  readonly step?: number;
  readonly steps?: number;
  readonly loss?: number;
  readonly secondsLeft?: number;
}

export function TrainingRun({ job }: { readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const open = job.state === 'queued' || job.state === 'running';
  return (
    <article className={styles.run} aria-busy={open}>
      <div className={styles.row}>
        <h3 className={styles.grow}>{both(job.title)}</h3>
        {open && (
          <Button small onClick={() => void api.cancelJob(job.id).catch(tellFault)}>
            {say('cancel')}
          </Button>
        )}
      </div>
      <ol className={styles.steps}>
        {job.made.map(({ work }) => (
          <li key={work.id}>{say(work.op as 'model/train')}</li>
        ))}
      </ol>
      {open && <Going job={job} />}
      {job.state === 'cancelled' && <Note>{say('stopped')}</Note>}
      {job.state === 'failed' && job.error && <FaultNote fault={job.error} />}
      <DataReport job={job} />
      {job.state === 'done' && <Outcome job={job} />}
    </article>
  );
}

function Going({ job }: { readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const { language } = useSpeech();
  const points = useRef<(readonly [number, number])[]>([]);
  useEvents((event) => {
    if (event.type !== 'job-preview' || event.job !== job.id) return;
    const { step, loss } = (event.data ?? {}) as TrainingFacts;
    if (step !== undefined && loss !== undefined)
      points.current = [...points.current, [step, loss] as const].slice(-2000);
  });
  const facts = (job.previews.findLast(({ op }) => op === 'model/train')?.data ?? {}) as TrainingFacts;
  const { done = 0, total, note } = job.progress ?? {};
  const label = facts.steps ? say('step', { step: facts.step ?? 0, steps: facts.steps }) : note ? both(note) : '…';
  return (
    <>
      <ProgressBar done={done} total={total} label={label} />
      <span className={styles.quiet} role="status">
        {label}
        {facts.secondsLeft !== undefined && ` · ${say('left', { time: sayDuration(facts.secondsLeft, language) })}`}
      </span>
      <Curve points={points.current} />
    </>
  );
}

/** What was read and what was left out, as soon as it is known. */
function DataReport({ job }: { readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const corpus = job.made.find(({ work }) => work.op.endsWith('/clean'))?.work.id;
  const { data } = useAnswer(corpus ? `work/corpus/${corpus}` : null, (signal) => api.work(corpus!, { signal }));
  const facts = (data?.document ?? {}) as Readonly<Record<string, unknown>>;
  const rows = (['documents', 'characters', 'tunes', 'notes', 'dropped'] as const).flatMap((name) =>
    typeof facts[name] === 'number' ? [[say(name), sayCount(facts[name], language)] as const] : [],
  );
  return rows.length > 0 ? <Facts facts={rows} /> : null;
}
