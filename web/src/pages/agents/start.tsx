/** The form that calls an agent: a brief, who, with what, and how much it may use. */
import type { ModelView } from '@llmagentos/sdk/client';
import { type ReactNode, useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { noteJob } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/field.tsx';
import { useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { go } from '../../shell/router.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { useDraft } from '../../shell/undo.ts';
import { ROLES } from '../../work/roles.ts';
import { BudgetFields, budgetOf, type Given, isGood, NO_BUDGET } from './budget.tsx';
import { modelsOf, RoleModelFields, type RoleModels, RULES, StartingWorks } from './more-wishes.tsx';
import styles from './start.module.css';
import { EXAMPLES, WORDS } from './words.ts';

interface Wish {
  readonly brief: string;
  readonly role: string;
  /** Empty: as is usual here; `rules`: none. */
  readonly model: string;
  /** Of roles that a director calls. */
  readonly roleModels: RoleModels;
  readonly works: readonly string[];
  readonly budget: Given;
}

const NO_WISH: Wish = {
  brief: '',
  role: 'director',
  model: '',
  roleModels: {},
  works: [],
  budget: NO_BUDGET,
};

export function Start(): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const draft = useDraft<Wish>('agents', NO_WISH);
  // What was kept by an older page lacks some.
  const wish: Wish = { ...NO_WISH, ...draft.now };
  const { models, usual } = useChatModels();
  const [busy, setBusy] = useState(false);
  const model = models.find(({ name }) => name === (wish.model || usual));
  const roleModels = modelsOf(wish.roleModels, models);
  const others = wish.role === 'director' ? Object.values(roleModels) : [];
  const thinking = models.filter((one) => one === model || others.includes(one.name));
  const change = (part: Partial<Wish>): void => draft.set({ ...wish, ...part }, { join: Object.keys(part).join() });
  const ready = wish.brief.trim() !== '' && isGood(wish.budget) && !busy;
  const start = async (): Promise<void> => {
    setBusy(true);
    try {
      const { brief, role, budget, works } = wish;
      const asked = {
        ...{ brief: brief.trim(), role, model: model?.name ?? null, budget: budgetOf(budget), works: [...works] },
        ...(role === 'director' && { models: roleModels }),
      };
      const { agent, job } = await api.startAgent(asked);
      noteJob(job);
      // Before the form goes, so that the next one begins without a brief.
      flushSync(() => draft.set((now) => ({ ...now, brief: '', works: [] })));
      go(`/agents/${agent.id}`);
    } catch (thrown) {
      tellFault(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.start}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void start();
      }}
    >
      <Brief
        value={wish.brief}
        onChange={(brief) => change({ brief })}
        onSend={() => ready && void start()}
        ready={ready}
      />
      <Examples onTake={(brief) => change({ brief })} />
      <div className={styles.fields}>
        <Select
          label={say('role')}
          hint={both(ROLES[wish.role]!.does)}
          value={wish.role}
          choices={Object.entries(ROLES).map(([value, { name }]) => ({ value, label: both(name) }))}
          onChoose={(role) => change({ role })}
        />
        <Select
          label={say('model')}
          hint={useModelHint(model)}
          value={model?.name ?? RULES}
          choices={[{ value: RULES, label: say('rules') }, ...models.map(({ name }) => ({ value: name, label: name }))]}
          onChoose={(name) => change({ model: name })}
        />
      </div>
      {wish.role === 'director' && models.length > 0 && (
        <RoleModelFields
          chosen={wish.roleModels}
          models={models}
          onChange={(chosen) => change({ roleModels: chosen })}
        />
      )}
      <StartingWorks chosen={wish.works} onChoose={(works) => change({ works })} />
      <BudgetFields budget={wish.budget} models={thinking} onChange={(budget) => change({ budget })} />
    </form>
  );
}

interface BriefProps {
  readonly value: string;
  readonly ready: boolean;
  onChange(value: string): void;
  onSend(): void;
}

function Brief({ value, ready, onChange, onSend }: BriefProps): ReactNode {
  const say = useWords(WORDS);
  const id = useId();
  return (
    <>
      <label className={styles.ask} htmlFor={id}>
        {say('brief')}
      </label>
      <div className={styles.line}>
        <textarea
          id={id}
          className={styles.brief}
          rows={2}
          maxLength={20_000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.shiftKey) return;
            event.preventDefault();
            onSend();
          }}
        />
        <Button type="submit" tone="seal" disabled={!ready}>
          {say('start')}
        </Button>
      </div>
    </>
  );
}

function Examples({ onTake }: { onTake(brief: string): void }): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  return (
    <div className={styles.examples}>
      <span>{say('examples')}</span>
      {EXAMPLES.map((example) => (
        <button key={example.en} type="button" className={styles.example} onClick={() => onTake(example[language])}>
          {example[language]}
        </button>
      ))}
    </div>
  );
}

/** Models that can be spoken to, and the one that is taken where nobody names one. */
function useChatModels(): { readonly models: readonly ModelView[]; readonly usual: string } {
  const { data } = useAnswer('models', (signal) => api.models({ signal }));
  const { data: preferred } = useAnswer('model-defaults', (signal) => api.modelDefaults({ signal }));
  const models = (data?.models ?? []).filter(
    (one) => one.enabled && one.fault === undefined && one.roles.includes('chat'),
  );
  return { models, usual: preferred?.defaults.chat ?? '' };
}

function useModelHint(model: ModelView | undefined): string {
  const say = useWords(WORDS);
  if (model === undefined) return say('rulesHint');
  const { baseUrl } = model.card;
  return typeof baseUrl === 'string' && URL.canParse(baseUrl)
    ? say('away', { host: new URL(baseUrl).host })
    : say('modelHint');
}
