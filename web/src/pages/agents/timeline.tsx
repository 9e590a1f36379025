/**
 * What happened, step by step: the thought, the act, what came of it. The steps of an agent that was called stand inside the step
 * that called it.
 */
import type { AgentView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import type { LiveJob } from '../../api/events.tsx';
import { useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { OP_NAMES, opOfTool } from '../../work/op-names.ts';
import { ROLES } from '../../work/roles.ts';
import styles from './agents.module.css';
import { Growing } from './growing.tsx';
import { Named } from './named.tsx';
import { Result } from './result.tsx';
import type { Below, Step } from './use-agent.ts';
import { TOOLS, WORDS } from './words.ts';

type Act = { readonly kind: string; readonly tool?: string; readonly input?: unknown };

interface TimelineProps {
  readonly agent: AgentView;
  /** The job, while it runs. */
  readonly live: LiveJob | undefined;
}

export function Timeline({ agent, live }: TimelineProps): ReactNode {
  const say = useWords(WORDS);
  const { steps, pending, below = [], cards = [] } = agent;
  const called = new Set(steps.map(calledBy));
  const calls = (pending?.act as Act | undefined)?.tool === 'delegate';
  const working = calls ? below.findLast(({ id }) => !called.has(id)) : undefined;
  if (steps.length === 0 && pending === undefined && live === undefined)
    return <p className={styles.quiet}>{say('nothing')}</p>;
  return (
    <ol className={styles.steps}>
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added
        <li key={i} className={styles.step}>
          <Thought
            agent={agent}
            number={i + 1}
            words={step.words}
            act={step.act as unknown as Act}
            failed={step.failed !== undefined}
          />
          <Called agent={{ ...agent, below, cards }} one={below.find(({ id }) => id === calledBy(step))} />
          <Result agent={agent} step={step} />
        </li>
      ))}
      {(pending ?? live) && (
        <li className={live ? `${styles.step} ${styles.now}` : styles.step} aria-current="step">
          {pending ? (
            <Thought
              agent={agent}
              number={steps.length + 1}
              words={pending.words}
              act={pending.act as unknown as Act}
              now={live !== undefined}
            />
          ) : (
            <p className={styles.act}>{say('thinking')}</p>
          )}
          <Called agent={{ ...agent, below, cards }} one={pending ? working : undefined} live={live} />
          {live && !working && <Growing job={live} />}
        </li>
      )}
    </ol>
  );
}

/** The agent that a step called. */
function calledBy({ facts }: Step): string | undefined {
  const { agent } = (facts ?? {}) as { readonly agent?: unknown };
  return typeof agent === 'string' ? agent : undefined;
}

interface ThoughtProps {
  readonly agent: AgentView;
  readonly number: number;
  readonly words: string;
  readonly act: Act;
  readonly failed?: boolean;
  readonly now?: boolean;
}

/** Why, and what it did. */
function Thought({ agent, number, words, act, failed = false, now = false }: ThoughtProps): ReactNode {
  const both = useBoth();
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const tool = act.kind === 'use' ? (act.tool ?? '') : act.kind;
  const done = TOOLS[tool] ?? OP_NAMES[opOfTool(tool)] ?? { en: tool, zh: tool };
  const { role } = (act.input ?? {}) as { readonly role?: string };
  const whom = tool === 'delegate' && role ? ROLES[role]?.name : undefined;
  return (
    <>
      <span className={styles.mark} aria-hidden="true">
        {number}
      </span>
      <p className={styles.act}>
        <span className="unseen">{say('step', { n: number })}</span>
        <span className={failed ? `${styles.tool} ${styles.wrong}` : styles.tool}>
          {both(done)}
          {whom && (language === 'zh' ? both(whom) : ` the ${both(whom)}`)}
          {now && ' …'}
        </span>
        {failed && <span className={styles.wrong}> ✗</span>}
      </p>
      {words !== '' && (
        <p className={styles.thought}>
          <Named agent={agent} text={words} />
        </p>
      )}
    </>
  );
}

interface CalledProps {
  readonly agent: AgentView & Required<Pick<AgentView, 'below' | 'cards'>>;
  readonly one: Below | undefined;
  readonly live?: LiveJob | undefined;
}

function Called({ agent, one, live }: CalledProps): ReactNode {
  const both = useBoth();
  const say = useWords(WORDS);
  if (one === undefined) return null;
  const { role, model, steps, outcome } = one;
  const inside = { ...one, cards: agent.cards };
  return (
    <section className={styles.called} aria-label={both(ROLES[role]?.name ?? { en: role, zh: role })}>
      <h3 className={styles.calledName}>
        {both(ROLES[role]?.name ?? { en: role, zh: role })}
        <span className={styles.quiet}>
          {model ?? say('byRules')} · {say('count', { n: steps.length })}
        </span>
      </h3>
      <Timeline agent={inside} live={live} />
      {outcome !== undefined && one.phase !== 'done' && (
        <p className={styles.wrong}>
          <Named agent={inside} text={outcome} />
        </p>
      )}
    </section>
  );
}
