/**
 * One run: what was asked, how it stands and what it wants of the artist; what it made; every step; plan, budget and memory beside.
 */
import type { AgentView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { noteJob } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { FaultNote, Note } from '../../design/note.tsx';
import { Section } from '../../design/page.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { ROLES } from '../../work/roles.ts';
import styles from './agents.module.css';
import { Chip } from './chip.tsx';
import { HandBack } from './hand-back.tsx';
import { Made } from './made.tsx';
import { Named } from './named.tsx';
import { Question, Tell } from './question.tsx';
import { Side } from './side.tsx';
import { Timeline } from './timeline.tsx';
import { type Lead, type Standing, standingOf, useAgent } from './use-agent.ts';
import { WORDS } from './words.ts';

const ENDED: ReadonlySet<Standing> = new Set(['done', 'failed', 'spent']);

export function Run({ id }: { readonly id: string }): ReactNode {
  const say = useWords(WORDS);
  const { data: agent, fault, job, again } = useAgent(id);
  const lead: Lead = async (control) => {
    try {
      const { job: now } = await api.controlAgent(id, control);
      if (now !== undefined) noteJob(await api.job(now));
      return true;
    } catch (thrown) {
      tellFault(thrown);
      return false;
    } finally {
      again();
    }
  };
  if (agent === undefined) return fault ? <FaultNote fault={fault}>{<Back />}</FaultNote> : <Back />;
  const standing = standingOf(agent, job);
  const open = !ENDED.has(standing);
  return (
    <article className={styles.run} aria-busy={standing === 'running' || standing === 'queued'}>
      <Head agent={agent} standing={standing} lead={lead} />
      {agent.question && standing === 'asking' && <Question question={agent.question} lead={lead} />}
      {standing === 'taken' && <HandBack agent={agent} lead={lead} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          {agent.outcome !== undefined && (
            <Note good={standing === 'done'}>
              <Named agent={agent} text={agent.outcome} />
            </Note>
          )}
          <Made agent={agent} />
          <Section title={say('timeline')}>
            <Timeline agent={agent} live={standing === 'running' ? job : undefined} />
          </Section>
          {open && <Tell lead={lead} />}
        </div>
        <Side agent={agent} lead={open ? lead : undefined} />
      </div>
    </article>
  );
}

function Back(): ReactNode {
  const say = useWords(WORDS);
  return (
    <Link href="/agents" className={styles.back}>
      ← {say('all')}
    </Link>
  );
}

interface HeadProps {
  readonly agent: AgentView;
  readonly standing: Standing;
  readonly lead: Lead;
}

function Head({ agent, standing, lead }: HeadProps): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const { brief, role, model, fellBack } = agent;
  const by = model === null ? say('byRules') : fellBack ? say('fellBack', { model }) : model;
  return (
    <header className={styles.head}>
      <Back />
      <h1 className={styles.title}>{brief}</h1>
      <div className={styles.row}>
        <span role="status">
          <Chip standing={standing} />
        </span>
        <span className={styles.quiet}>
          {both(ROLES[role]?.name ?? { en: role, zh: role })} · {by}
          {model !== null && <Prompt agent={agent} />}
        </span>
        <Controls agent={agent} standing={standing} lead={lead} />
      </div>
    </header>
  );
}

/** Which state of its role's prompt it goes by, and that the file has changed since. */
function Prompt({ agent: { prompt } }: { readonly agent: AgentView }): ReactNode {
  const say = useWords(WORDS);
  if (!prompt) return null;
  const mark = markOf(prompt);
  return ` · ${prompt.now ? say('promptNow', { mark, now: markOf(prompt.now) }) : say('prompt', { mark })}`;
}

/** Version and the beginning of the digest. */
const markOf = ({ version, digest }: { readonly version: number; readonly digest: string }): string =>
  `${version} · ${digest.slice(0, 12)}`;

function Controls({ agent, standing, lead }: HeadProps): ReactNode {
  const say = useWords(WORDS);
  const { job } = agent;
  const busy = standing === 'running' || standing === 'queued';
  return (
    <div className={styles.controls}>
      {busy && (
        <Button small icon="pause" onClick={() => void lead({ do: 'pause' })}>
          {say('pause')}
        </Button>
      )}
      {(busy || standing === 'pausing') && job !== undefined && (
        <Button small icon="stop" onClick={() => void api.cancelJob(job).catch(tellFault)}>
          {say('stop')}
        </Button>
      )}
      {(standing === 'paused' || standing === 'stopped' || standing === 'pausing') && (
        <Button small tone="seal" icon="play" onClick={() => void lead({ do: 'resume' })}>
          {say('goOn')}
        </Button>
      )}
      {(busy || standing === 'paused' || standing === 'stopped') && (
        <Button small tone="quiet" onClick={() => void lead({ do: 'take-over' })}>
          {say('takeOver')}
        </Button>
      )}
      {ENDED.has(standing) && (
        <Link href="/agents" className={styles.another}>
          {say('another')}
        </Link>
      )}
    </div>
  );
}
