/** Works of the artist's, to be ticked: what an agent begins from, or what it is handed back. */
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useBoth, useWords } from '../../i18n/words.tsx';
import styles from './agents.module.css';
import { MEDIA, WORDS } from './words.ts';

/** The newest are offered; one that is ticked stays in sight. */
const OFFERED = 8;

interface PickWorksProps {
  readonly chosen: readonly string[];
  /** Not offered. */
  readonly without?: readonly string[];
  onChoose(works: readonly string[]): void;
}

export function PickWorks({ chosen, without = [], onChoose }: PickWorksProps): ReactNode {
  const both = useBoth();
  const say = useWords(WORDS);
  const { data } = useAnswer('works/pick', (signal) => api.works({ limit: OFFERED * 3 }, { signal }));
  const offered = data?.works.filter(({ id }) => !without.includes(id)) ?? [];
  const works = offered.filter(({ id }, i) => i < OFFERED || chosen.includes(id));
  if (works.length === 0) return <p className={styles.quiet}>{say('noWorks')}</p>;
  return (
    <ul className={styles.tasks}>
      {works.map(({ id, medium, title }) => (
        <li key={id}>
          <label className={styles.pick}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) => onChoose(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
            {both(MEDIA[medium] ?? { en: medium, zh: medium })} · {title}
          </label>
        </li>
      ))}
    </ul>
  );
}
