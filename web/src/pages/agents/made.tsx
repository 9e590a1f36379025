/** Works as cards: large where they are what came of the run, small at the step that made them. */
import type { AgentView, WorkCard } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { Section } from '../../design/page.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { WorkView } from '../../work/work-view.tsx';
import styles from './made.module.css';
import { MEDIA, WORDS } from './words.ts';

/** What came of the run; directions are on the way, and shown at their steps. */
export function Made({ agent }: { readonly agent: AgentView }): ReactNode {
  const say = useWords(WORDS);
  const made = new Set(agent.works.slice(agent.given));
  const cards = (agent.cards ?? []).filter(({ id, medium }) => made.has(id) && medium !== 'plan');
  if (cards.length === 0) return null;
  return (
    <Section title={say('works')}>
      <ul className={styles.made}>
        {cards.map((card) => (
          <li key={card.id} className={styles.large}>
            <WorkView work={card} width={640} />
            <Name card={card} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Works at the step that made them. */
export function SmallCards({ cards }: { readonly cards: readonly WorkCard[] }): ReactNode {
  return (
    <ul className={styles.small}>
      {cards.map((card) => (
        <li key={card.id}>
          {card.medium === 'plan' ? (
            <Name card={card} />
          ) : (
            <>
              <Link href={`/works/${card.id}`} className={styles.sheet} tabIndex={-1} aria-hidden="true">
                <WorkView work={card} tile />
              </Link>
              <Name card={card} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Name({ card }: { readonly card: WorkCard }): ReactNode {
  const both = useBoth();
  const { id, medium, title } = card;
  return (
    <Link href={`/works/${id}`} className={styles.name}>
      {both(MEDIA[medium] ?? { en: medium, zh: medium })} · {title}
    </Link>
  );
}
