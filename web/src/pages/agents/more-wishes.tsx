/** What most runs leave as it is: works to begin from, and a model of its own for each role that a director calls. */
import type { ModelView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { Select } from '../../design/field.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { ROLES } from '../../work/roles.ts';
import { PickWorks } from './pick-works.tsx';
import styles from './start.module.css';
import { WORDS } from './words.ts';

/** Names of models by role; `rules`: none. Roles that are absent think as the director does. */
export type RoleModels = Readonly<Record<string, string>>;

export const RULES = 'rules';

/** As the system takes them: null for rules, and no model that is gone. */
export function modelsOf(chosen: RoleModels, models: readonly ModelView[]): Record<string, string | null> {
  const known = Object.entries(chosen).filter(([, name]) => name === RULES || models.some((one) => one.name === name));
  return Object.fromEntries(known.map(([role, name]) => [role, name === RULES ? null : name]));
}

interface RoleModelFieldsProps {
  readonly chosen: RoleModels;
  readonly models: readonly ModelView[];
  onChange(chosen: RoleModels): void;
}

export function RoleModelFields({ chosen, models, onChange }: RoleModelFieldsProps): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const choices = [
    { value: '', label: say('asDirector') },
    { value: RULES, label: say('rules') },
    ...models.map(({ name }) => ({ value: name, label: name })),
  ];
  return (
    <details className={styles.more}>
      <summary>{say('roleModels')}</summary>
      <p className={styles.quiet}>{say('roleModelsHint')}</p>
      <div className={styles.fields}>
        {Object.entries(ROLES)
          .filter(([role]) => role !== 'director')
          .map(([role, { name }]) => (
            <Select
              key={role}
              label={both(name)}
              value={choices.some(({ value }) => value === chosen[role]) ? chosen[role]! : ''}
              choices={choices}
              onChoose={(model) => {
                const { [role]: _, ...others } = chosen;
                onChange(model === '' ? others : { ...others, [role]: model });
              }}
            />
          ))}
      </div>
    </details>
  );
}

interface StartingWorksProps {
  readonly chosen: readonly string[];
  onChoose(works: readonly string[]): void;
}

export function StartingWorks({ chosen, onChoose }: StartingWorksProps): ReactNode {
  const say = useWords(WORDS);
  const count = chosen.length > 0 ? ` (${chosen.length})` : '';
  return (
    <details className={styles.more}>
      <summary>
        {say('startingWorks')}
        {count}
      </summary>
      <p className={styles.quiet}>{say('startingWorksHint')}</p>
      <PickWorks chosen={chosen} onChoose={onChoose} />
    </details>
  );
}
