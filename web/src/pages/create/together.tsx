/** What comes of one sentence: poem, picture and tune in their places, each with its candidates, as they are made. */
import type { ReactNode } from 'react';
import type { LiveJob } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { FaultNote, Note, ProgressBar } from '../../design/note.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { Candidates } from './candidates.tsx';
import styles from './together.module.css';
import type { Made } from './use-made.ts';
import { WORDS } from './words.ts';

type Role = 'poem' | 'picture' | 'tune';
const DOING = { plan: 'reading', scene: 'reading', poem: 'writing', picture: 'painting', tune: 'composing' } as const;
const ROLES: readonly Role[] = ['poem', 'picture', 'tune'];

export function Together({ job, made }: { readonly job: LiveJob; readonly made: readonly Made[] }): ReactNode {
  const say = useWords(WORDS);
  const open = job.state === 'queued' || job.state === 'running';
  const asked = askedRoles(job, made, open);
  return (
    <section className={styles.together} aria-busy={open}>
      {open && <Going job={job} made={made} />}
      {job.state === 'cancelled' && <Note>{say('cancelled')}</Note>}
      {job.state === 'failed' && job.error && <FaultNote fault={job.error} />}
      <div className={asked.length === 1 ? `${styles.places} ${styles.alone}` : styles.places}>
        {asked.map((role) => (
          <div key={role} className={styles[role]}>
            <h2 className={styles.name}>{say(role)}</h2>
            <Candidates role={role} job={job} works={made.filter((one) => one.role === role).map(({ work }) => work)} />
          </div>
        ))}
      </div>
    </section>
  );
}

/** How far it is, and a way to stop it. */
function Going({ job, made }: { readonly job: LiveJob; readonly made: readonly Made[] }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const doing = job.state === 'queued' && job.ahead ? say('queued', { n: job.ahead }) : say(DOING[nextRole(made)]);
  return (
    <div className={styles.going}>
      <span role="status">
        {doing} {job.progress?.note && <span className={styles.quiet}>{both(job.progress.note)}</span>}
      </span>
      <Button small onClick={() => void api.cancelJob(job.id).catch(tellFault)}>
        {say('cancel')}
      </Button>
      <div className={styles.bar}>
        <ProgressBar done={job.progress?.done ?? 0} total={job.progress?.total} label={doing} />
      </div>
    </div>
  );
}

function nextRole(made: readonly Made[]): keyof typeof DOING {
  const has = (role: string): boolean => made.some((one) => one.role === role);
  if (!has('plan')) return 'plan';
  if (has('tune')) return 'tune';
  if (has('picture')) return 'tune';
  if (has('scene')) return 'picture';
  return has('poem') ? 'picture' : 'poem';
}

/** The places to show: those that were asked for, and those that came. While nothing is known, all three. */
function askedRoles(job: LiveJob, made: readonly Made[], open: boolean): readonly Role[] {
  const { arts } = ((job.options as { wish?: { arts?: Role[] } } | null)?.wish ?? job.options ?? {}) as {
    arts?: Role[];
  };
  const wanted = arts ?? (open ? ROLES : []);
  return ROLES.filter((role) => wanted.includes(role) || made.some((one) => one.role === role));
}
