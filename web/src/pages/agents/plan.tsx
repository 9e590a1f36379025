/** The plan as it stands; what is still to do can be changed at any step. */
import type { AgentView } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { Button, IconButton } from '../../design/button.tsx';
import { Select, TextField } from '../../design/field.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { ROLES } from '../../work/roles.ts';
import styles from './side.module.css';
import type { Lead } from './use-agent.ts';
import { WORDS } from './words.ts';

interface Task {
  readonly role: string;
  readonly goal: string;
}

const SIGNS = { open: '○', done: '●', dropped: '–' } as const;

interface PlanProps {
  readonly agent: AgentView;
  /** Absent: it has ended. */
  readonly lead: Lead | undefined;
}

export function Plan({ agent: { plan, brief }, lead }: PlanProps): ReactNode {
  const say = useWords(WORDS);
  const [draft, setDraft] = useState<readonly Task[]>();
  const open = plan.filter(({ state }) => state === 'open').map(({ role, goal }) => ({ role, goal }));
  const save = async (tasks: readonly Task[]): Promise<void> => {
    const given = tasks.filter(({ goal }) => goal.trim() !== '');
    if (await lead?.({ do: 'edit-plan', tasks: [...given] })) setDraft(undefined);
  };
  return (
    <section className={styles.part}>
      <h2>{say('plan')}</h2>
      {plan.length === 0 && draft === undefined && <p className={styles.quiet}>{say('noPlan')}</p>}
      <Tasks brief={brief} plan={draft === undefined ? plan : plan.filter(({ state }) => state !== 'open')} />
      {draft !== undefined && (
        <Changing
          tasks={draft}
          brief={brief}
          onChange={setDraft}
          onSave={() => void save(draft)}
          onLeave={() => setDraft(undefined)}
        />
      )}
      {lead && draft === undefined && (
        <div>
          <Button small onClick={() => setDraft(open)}>
            {say('changePlan')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Tasks({ plan, brief }: Pick<AgentView, 'plan' | 'brief'>): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  if (plan.length === 0) return null;
  return (
    <ul className={styles.plan}>
      {plan.map(({ role, goal, state }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tasks stand in their order
        <li key={i} className={styles[state]}>
          <span role="img" aria-label={say(`task-${state}`)}>
            {SIGNS[state]}
          </span>
          <span>
            <strong>{both(ROLES[role]?.name ?? { en: role, zh: role })}</strong>{' '}
            {goal !== brief && <span className={styles.goal}>{goal}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface ChangingProps {
  readonly tasks: readonly Task[];
  /** What a new task begins with. */
  readonly brief: string;
  onChange(tasks: readonly Task[]): void;
  onSave(): void;
  onLeave(): void;
}

function Changing({ tasks, brief, onChange, onSave, onLeave }: ChangingProps): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const change = (at: number, part: Partial<Task>): void =>
    onChange(tasks.map((task, i) => (i === at ? { ...task, ...part } : task)));
  return (
    <form
      className={styles.changing}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      {tasks.map(({ role, goal }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tasks stand in their order
        <fieldset key={i} className={styles.task}>
          <legend className="unseen">{say('taskOf', { n: i + 1 })}</legend>
          <Select
            label={say('role')}
            value={role}
            choices={Object.entries(ROLES)
              .filter(([name]) => name !== 'director')
              .map(([value, { name }]) => ({ value, label: both(name) }))}
            onChoose={(value) => change(i, { role: value })}
          />
          <TextField
            label={say('goal')}
            value={goal}
            maxLength={4000}
            onChange={(event) => change(i, { goal: event.target.value })}
          />
          <IconButton
            icon="close"
            small
            label={say('dropTask')}
            onClick={() => onChange(tasks.filter((_, other) => other !== i))}
          />
        </fieldset>
      ))}
      <div className={styles.row}>
        <Button small icon="plus" onClick={() => onChange([...tasks, { role: 'poet', goal: brief.slice(0, 4000) }])}>
          {say('addTask')}
        </Button>
      </div>
      <div className={styles.row}>
        <Button small type="submit" tone="seal">
          {say('keepPlan')}
        </Button>
        <Button small tone="quiet" onClick={onLeave}>
          {say('leavePlan')}
        </Button>
      </div>
    </form>
  );
}
