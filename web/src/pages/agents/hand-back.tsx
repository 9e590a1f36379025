/** While the artist has taken over: what was made by hand is given to the agent, which then goes on. */
import type { AgentView } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import styles from './agents.module.css';
import { PickWorks } from './pick-works.tsx';
import type { Lead } from './use-agent.ts';
import { WORDS } from './words.ts';

export function HandBack({ agent, lead }: { readonly agent: AgentView; readonly lead: Lead }): ReactNode {
  const say = useWords(WORDS);
  const [chosen, choose] = useState<readonly string[]>([]);
  return (
    <section className={styles.question}>
      <h2>{say('taken')}</h2>
      <p>{say('takenHint')}</p>
      <PickWorks chosen={chosen} without={agent.works} onChoose={choose} />
      <div>
        <Button tone="seal" onClick={() => void lead({ do: 'hand-back', works: [...chosen] })}>
          {say('handBack')}
        </Button>
      </div>
    </section>
  );
}
