/** What came of a step: works, a plan, scores with their evidence, differences; else what the agent was told, folded away. */
import type { AgentView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { Table } from '../../design/page.tsx';
import { type Both, useBoth, useWords } from '../../i18n/words.tsx';
import { ROLES } from '../../work/roles.ts';
import styles from './agents.module.css';
import { SmallCards } from './made.tsx';
import { Named, useCardsOf } from './named.tsx';
import type { Step } from './use-agent.ts';
import { WORDS } from './words.ts';

interface Facts {
  readonly agent?: string;
  readonly repairs?: number;
  readonly ratings?: readonly {
    readonly criterion: string;
    readonly title?: Both;
    readonly score: number;
    readonly evidence: string;
  }[];
  readonly differences?: readonly { readonly is: 'same' | 'in' | 'out'; readonly text: string }[];
}

interface ResultProps {
  readonly agent: AgentView;
  readonly step: Step;
}

export function Result({ agent, step }: ResultProps): ReactNode {
  const say = useWords(WORDS);
  const cards = useCardsOf(agent);
  const { works, seen, failed } = step;
  const facts = (step.facts ?? {}) as Facts;
  const made = works.map((id) => cards.get(id)).filter((card) => card !== undefined);
  // The steps of an agent that was called say it themselves.
  if (facts.agent !== undefined) return null;
  return (
    <>
      {made.length > 0 && <SmallCards cards={made} />}
      {facts.repairs ? <p className={styles.quiet}>{say('repairs', { n: facts.repairs })}</p> : null}
      {facts.ratings && facts.ratings.length > 0 && <Ratings ratings={facts.ratings} />}
      {facts.differences && <Differences differences={facts.differences} />}
      <Decided agent={agent} act={step.act} />
      {failed !== undefined && <p className={styles.wrong}>{seen}</p>}
      {failed === undefined && seen !== '' && (
        <details className={styles.saw}>
          <summary>{say('saw')}</summary>
          <pre>{seen}</pre>
        </details>
      )}
    </>
  );
}

/** Acts on itself. */
function Decided({ agent, act }: { readonly agent: AgentView; readonly act: Step['act'] }): ReactNode {
  const both = useBoth();
  const { kind, tasks, text, question, words } = act as {
    readonly kind: string;
    readonly tasks?: readonly { readonly role: string; readonly goal: string }[];
    readonly text?: string;
    readonly question?: string;
    readonly words?: string;
  };
  if (kind === 'plan')
    return (
      <ul className={styles.tasks}>
        {tasks?.map(({ role, goal }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tasks stand in their order
          <li key={i}>
            <strong>{both(ROLES[role]?.name ?? { en: role, zh: role })}</strong> {goal !== agent.brief && goal}
          </li>
        ))}
      </ul>
    );
  // What the agent of this page says at its end stands above all steps; scores have been shown at theirs.
  const shown = agent.below !== undefined || agent.steps.some(({ facts }) => (facts as Facts | undefined)?.ratings);
  if (kind === 'finish')
    return shown ? null : (
      <p className={styles.quiet}>
        <Named agent={agent} text={words ?? ''} />
      </p>
    );
  const said = text ?? question;
  return said === undefined ? null : <p className={styles.noted}>{said}</p>;
}

function Ratings({ ratings }: { readonly ratings: NonNullable<Facts['ratings']> }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  return (
    <Table
      label={say('scores')}
      heads={[say('criterion'), say('score'), say('evidence')]}
      rows={ratings.map(({ criterion, title, score, evidence }) => [
        title ? both(title) : criterion,
        `${score}/10`,
        evidence,
      ])}
    />
  );
}

function Differences({ differences }: { readonly differences: NonNullable<Facts['differences']> }): ReactNode {
  return (
    <p className={styles.noted}>
      {differences.map(({ is, text }, i) => {
        const key = `${i} ${is}`;
        if (is === 'same') return <span key={key}>{text}</span>;
        return is === 'in' ? <ins key={key}>{text}</ins> : <del key={key}>{text}</del>;
      })}
    </p>
  );
}
