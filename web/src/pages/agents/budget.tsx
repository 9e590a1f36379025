/** How much an agent may use: steps and time always; tokens and money where a model thinks. */
import type { ModelView, StartAgentRequest } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import styles from './start.module.css';
import { WORDS } from './words.ts';

type Bound = 'steps' | 'minutes' | 'tokens' | 'money';
/** As it is typed. */
export type Given = Readonly<Record<Bound, string>>;

export const NO_BUDGET: Given = { steps: '24', minutes: '15', tokens: '200000', money: '0' };

/** The ends that the system sets. */
const ENDS: Readonly<Record<Bound, readonly [min: number, max: number, whole: boolean]>> = {
  steps: [1, 200, true],
  minutes: [0.5, 240, false],
  tokens: [0, 2_000_000, true],
  money: [0, 100, false],
};

/** Whether everything that is typed can be given. */
export function isGood(budget: Given): boolean {
  return (Object.keys(ENDS) as Bound[]).every((bound) => fits(bound, budget[bound]));
}

/** As the system takes it. */
export function budgetOf({ steps, minutes, tokens, money }: Given): NonNullable<StartAgentRequest['budget']> {
  return { steps: Number(steps), seconds: Number(minutes) * 60, tokens: Number(tokens), money: Number(money) };
}

interface BudgetFieldsProps {
  readonly budget: Given;
  /** Those that think; none: rules, which cost nothing. */
  readonly models: readonly ModelView[];
  onChange(budget: Given): void;
}

export function BudgetFields({ budget, models, onChange }: BudgetFieldsProps): ReactNode {
  const say = useWords(WORDS);
  const [prices] = models.flatMap(({ card }) => (card.prices ? [card.prices as { readonly currency?: string }] : []));
  const paid = prices !== undefined || models.some(({ card }) => typeof card.key === 'string');
  const bounds: readonly Bound[] = [
    'steps',
    'minutes',
    ...(models.length > 0 ? (['tokens'] as const) : []),
    ...(paid ? (['money'] as const) : []),
  ];
  const labelOf = (bound: Bound): string =>
    bound === 'money' && prices?.currency ? say('moneyIn', { currency: prices.currency }) : say(bound);
  return (
    <fieldset className={styles.budget}>
      <legend>{say('budget')}</legend>
      <div className={styles.fields}>
        {bounds.map((bound) => {
          const [min, max] = ENDS[bound];
          return (
            <TextField
              key={bound}
              label={labelOf(bound)}
              inputMode="decimal"
              value={budget[bound]}
              bad={fits(bound, budget[bound]) ? undefined : say('between', { min, max })}
              onChange={(event) =>
                onChange({ ...budget, [bound]: event.target.value.replace(/[^\d.]/g, '').slice(0, 9) })
              }
            />
          );
        })}
      </div>
      <p className={styles.quiet}>{say('budgetHint')}</p>
    </fieldset>
  );
}

function fits(bound: Bound, typed: string): boolean {
  const [min, max, whole] = ENDS[bound];
  const value = Number(typed);
  return typed !== '' && value >= min && value <= max && (!whole || Number.isInteger(value));
}
