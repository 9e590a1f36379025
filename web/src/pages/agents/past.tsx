/** Runs so far; before the first one, what an agent can do. */
import type { AgentView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { useJob } from '../../api/events.tsx';
import { FaultNote } from '../../design/note.tsx';
import { Section } from '../../design/page.tsx';
import { sayDuration, sayTime } from '../../i18n/measures.ts';
import { useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { ROLES } from '../../work/roles.ts';
import styles from './agents.module.css';
import { Chip } from './chip.tsx';
import { standingOf, useAgents } from './use-agent.ts';
import { WORDS } from './words.ts';

export function Past(): ReactNode {
  const say = useWords(WORDS);
  const { data, fault } = useAgents();
  if (fault) return <FaultNote fault={fault} />;
  if (data === undefined) return null;
  if (data.agents.length === 0) return <p className={styles.none}>{say('none')}</p>;
  return (
    <Section title={say('past')}>
      <ul className={styles.past}>
        {data.agents.map((agent) => (
          <PastLine key={agent.id} agent={agent} />
        ))}
      </ul>
    </Section>
  );
}

function PastLine({ agent }: { readonly agent: AgentView }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const { language } = useSpeech();
  const job = useJob(agent.job);
  const { id, brief, role, model, used, createdAt } = agent;
  const facts = [
    both(ROLES[role]?.name ?? { en: role, zh: role }),
    model ?? say('byRules'),
    say('count', { n: used.steps }),
    sayDuration(used.seconds, language),
    sayTime(createdAt, language),
  ];
  return (
    <li className={styles.pastLine}>
      <Link href={`/agents/${id}`} className={styles.pastBrief}>
        {brief}
      </Link>
      <Chip standing={standingOf(agent, job)} />
      <span className={styles.quiet}>{facts.join(' · ')}</span>
    </li>
  );
}
