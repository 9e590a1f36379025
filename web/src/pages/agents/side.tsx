/** Beside the steps: the plan as it stands, what was used of the budget, what it keeps in mind. */
import type { AgentView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { ProgressBar } from '../../design/note.tsx';
import { sayDuration } from '../../i18n/measures.ts';
import { useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { Plan } from './plan.tsx';
import styles from './side.module.css';
import type { Lead } from './use-agent.ts';
import { TOOLS, WORDS } from './words.ts';

/** `lead` is absent where it has ended. */
export function Side({ agent, lead }: { readonly agent: AgentView; readonly lead: Lead | undefined }): ReactNode {
  return (
    <aside className={styles.side}>
      <Plan agent={agent} lead={lead} />
      <Used agent={agent} />
      <Mind agent={agent} />
    </aside>
  );
}

function Used({ agent: { used, budget, model } }: { readonly agent: AgentView }): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const time = (seconds: number): string => sayDuration(seconds, language);
  const count = (value: number): string => value.toLocaleString(language);
  const money = (value: number): string => String(Math.round(value * 10_000) / 10_000);
  const rows = [
    ['steps', used.steps, budget.steps, count],
    ['minutes', used.seconds, budget.seconds, time],
    ...(model === null ? [] : ([['tokens', used.tokens, budget.tokens, count]] as const)),
    ...(model === null || (budget.money === 0 && used.money === 0)
      ? []
      : ([['money', used.money, budget.money, money]] as const)),
  ] as const;
  return (
    <section className={styles.part}>
      <h2>{say('used')}</h2>
      <ul className={styles.meters}>
        {rows.map(([name, done, total, write]) => (
          <li key={name}>
            <span className={styles.meter}>
              <span>{say(name === 'minutes' ? 'time' : name)}</span>
              <span className={styles.figure}>{say('of', { used: write(done), all: write(total) })}</span>
            </span>
            <ProgressBar done={done} total={total} label={say(name === 'minutes' ? 'time' : name)} />
          </li>
        ))}
      </ul>
      {model === null && <p className={styles.quiet}>{say('free')}</p>}
    </section>
  );
}

function Mind({ agent }: { readonly agent: AgentView }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const { memory, taint, grants } = agent;
  if (memory.length === 0 && taint === undefined) return null;
  return (
    <section className={styles.part}>
      <h2>{say('mind')}</h2>
      <ul className={styles.memory} hidden={memory.length === 0}>
        {memory.map(({ from, text }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is kept in mind is only ever added to
          <li key={i}>
            <span className={styles.quiet}>{say(from)}</span> {text}
          </li>
        ))}
      </ul>
      {taint && (
        <p className={styles.quiet}>
          {say('tainted', { source: both(TOOLS[taint.source] ?? { en: taint.source, zh: taint.source }) })}
        </p>
      )}
      {grants.length > 0 && (
        <p className={styles.quiet}>{say('allowed', { what: grants.map((grant) => say(grant)).join(' · ') })}</p>
      )}
    </section>
  );
}
