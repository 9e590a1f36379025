/** While the artist has taken over: what was made by hand is given to the agent, which then goes on. */
import type { AgentView } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import styles from './agents.module.css';
import type { Lead } from './use-agent.ts';
import { MEDIA, WORDS } from './words.ts';

export function HandBack({ agent, lead }: { readonly agent: AgentView; readonly lead: Lead }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const [chosen, choose] = useState<readonly string[]>([]);
  const { data } = useAnswer('works/hand-back', (signal) => api.works({ limit: 12 }, { signal }));
  const works = data?.works.filter(({ id }) => !agent.works.includes(id)).slice(0, 8) ?? [];
  return (
    <section className={styles.question}>
      <h2>{say('taken')}</h2>
      <p>{say('takenHint')}</p>
      {works.length > 0 && (
        <ul className={styles.tasks}>
          {works.map(({ id, medium, title }) => (
            <li key={id}>
              <label className={styles.pick}>
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={(event) =>
                    choose(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                  }
                />
                {both(MEDIA[medium] ?? { en: medium, zh: medium })} · {title}
              </label>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button tone="seal" onClick={() => void lead({ do: 'hand-back', works: [...chosen] })}>
          {say('handBack')}
        </Button>
      </div>
    </section>
  );
}
