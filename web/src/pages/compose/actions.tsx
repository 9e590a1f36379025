/** What can be made of a piece: each act is an op of the music studio, and gives a new work. */
import { type ReactNode, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/field.tsx';
import { useSpeech, useWords } from '../../i18n/words.tsx';
import styles from './compose.module.css';
import { ENSEMBLES, KEYS, MODES, ROLES, VARIATIONS, WORDS } from './words.ts';

interface ActionsProps {
  /** Chosen bars as musicians write them, `5-8`. */
  readonly bars: string | undefined;
  readonly part: string;
  readonly busy: boolean;
  onAct(op: string, options: object): void;
}

export function Actions({ bars, part, busy, onAct }: ActionsProps): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const act = (op: string, options: object = {}) => ({ disabled: busy, onClick: () => onAct(`music/${op}`, options) });
  return (
    <section className={styles.panel} aria-label={say('act')}>
      <h2>{say('act')}</h2>
      <div className={styles.tools}>
        <Button
          small
          disabled={busy || bars === undefined}
          title={bars === undefined ? say('fillNone') : undefined}
          onClick={() => onAct('music/fill', { bars, part })}
        >
          {say('fill', { bars: bars ?? '…' })}
        </Button>
        <Button small {...act('continue', { bars: 8 })}>
          {say('continue')}
        </Button>
        <Button small {...act('harmonise', { again: true })}>
          {say('harmonise')}
        </Button>
        <Button small {...act('reharmonise')}>
          {say('reharmonise')}
        </Button>
      </div>
      <Choice label={say('vary')} choices={VARIATIONS} busy={busy} onGo={(kind) => onAct('music/vary', { kind })} />
      <Choice
        label={say('arrange')}
        choices={ENSEMBLES}
        busy={busy}
        onGo={(ensemble) => onAct('music/arrange', { ensemble, language })}
      />
      <Choice
        label={say('addPart')}
        choices={ROLES}
        busy={busy}
        onGo={(role) => onAct('music/write-part', { role, language })}
      />
      <Choice
        label={say('transpose')}
        choices={KEYS.map((value) => ({ value, en: value, zh: value }))}
        busy={busy}
        onGo={(to) => onAct('music/transpose', { to })}
      />
      <Choice label={say('mode')} choices={MODES} busy={busy} onGo={(mode) => onAct('music/change-mode', { mode })} />
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly en: string; readonly zh: string }[];
  readonly busy: boolean;
  onGo(value: string): void;
}

function Choice({ label, choices, busy, onGo }: ChoiceProps): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const [value, setValue] = useState(choices[0]!.value);
  return (
    <div className={styles.row}>
      <Select
        label={label}
        value={value}
        choices={choices.map((choice) => ({ value: choice.value, label: choice[language] }))}
        onChoose={setValue}
      />
      <Button small disabled={busy} aria-label={`${label}: ${say('go')}`} onClick={() => onGo(value)}>
        {say('go')}
      </Button>
    </div>
  );
}
