/** The candidates of one art side by side: what is being made is seen as it grows; the artist keeps one, or asks for others. */
import type { WorkCard } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import type { LiveJob } from '../../api/events.tsx';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { Button, IconButton } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { Poem } from '../../work/poem.tsx';
import { WorkView } from '../../work/work-view.tsx';
import styles from './candidates.module.css';
import { WORDS } from './words.ts';

type Role = 'poem' | 'picture' | 'tune';

interface CandidatesProps {
  readonly role: Role;
  readonly job: LiveJob;
  readonly works: readonly WorkCard[];
}

/** The page that a work of each art is gone on with. */
const WORKSHOP = { poem: '/write', picture: '/paint', tune: '/compose' } as const;

export function Candidates({ role, job, works }: CandidatesProps): ReactNode {
  const say = useWords(WORDS);
  const [more, setMore] = useState<readonly WorkCard[]>([]);
  const [busy, setBusy] = useState(false);
  const [picked, setPicked] = useState<string>();
  const all = [...works, ...more];
  const choose = (id: string | null): void => {
    setPicked(id ?? undefined);
    api
      .choose({ shown: all.map((work) => work.id), picked: id })
      .then(() => id === null && tell(say('noted')), tellFault);
  };
  const another = (work: WorkCard): void => {
    setBusy(true);
    void anotherLike(role, work)
      .then((made) => setMore([...more, ...made]), tellFault)
      .finally(() => setBusy(false));
  };
  if (all.length === 0) return <Growing role={role} job={job} />;
  return (
    <div className={styles.list}>
      {all.map((work) => (
        <article key={work.id} className={picked === work.id ? `${styles.one} ${styles.picked}` : styles.one}>
          <WorkView work={work} />
          <div className={styles.acts}>
            <IconButton
              icon="check"
              small
              label={say(picked === work.id ? 'picked' : 'pick')}
              on={picked === work.id}
              onClick={() => choose(work.id)}
            />
            <Button small tone="quiet" disabled={busy} onClick={() => another(work)}>
              {say('more')}
            </Button>
            <Link className={styles.link} href={`${WORKSHOP[role]}/${work.id}`}>
              {say('edit')}
            </Link>
            <Link className={styles.link} href={`/works/${work.id}`}>
              {say('open')}
            </Link>
          </div>
        </article>
      ))}
      {all.length > 1 && (
        <div className={styles.none}>
          <Button small tone="quiet" onClick={() => choose(null)}>
            {say('less')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What is seen while nothing is finished: lines as they are written, a picture as it is painted. */
function Growing({ role, job }: { readonly role: Role; readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const open = job.state === 'queued' || job.state === 'running';
  const preview = job.previews.findLast(({ op }) => op === role);
  const picture = preview?.data as { readonly mime?: string; readonly png?: string } | undefined;
  if (!open) return null;
  if (role === 'poem' && preview?.text) return <Poem title="" text={preview.text} />;
  if (role === 'picture' && picture?.png) {
    return (
      <img
        className={styles.growing}
        src={`data:${picture.mime ?? 'image/png'};base64,${picture.png}`}
        alt={say('painting')}
      />
    );
  }
  return <div className={styles.place}>{say('waiting')}</div>;
}

/** An engine is asked as it was; our own ops have all that they need by themselves. */
async function ownOptions({ id, op }: WorkCard): Promise<Record<string, unknown>> {
  return op === 'image/paint-by-model' ? ((await api.work(id)).options as Record<string, unknown>) : {};
}

/** The same wish with other chances: the op of a work once more, or a variation of it. */
async function anotherLike(role: Role, work: WorkCard): Promise<readonly WorkCard[]> {
  const { op, parents } = work;
  const request =
    role === 'picture' && op === 'image/paint'
      ? { op: 'image/vary', inputs: [work.id], options: { count: 1 } }
      : { op, inputs: parents, options: await ownOptions(work), fresh: true };
  const { made } = await runOp(request);
  return made.map((one) => one.work);
}
