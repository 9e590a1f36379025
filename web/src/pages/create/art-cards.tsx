/** Cards of what one art alone reads: the form of the verse; style, key and tempo of the music. */
import type { ReactNode } from 'react';
import { Select, TextField } from '../../design/field.tsx';
import { type Both, useBoth, useWords } from '../../i18n/words.tsx';
import { MODE_WORDS, STYLE_WORDS, TONICS } from './music-words.ts';
import { Card, type CardProps, Held } from './plan-card.tsx';
import styles from './plan-cards.module.css';
import { PLAN_WORDS } from './plan-words.ts';

export function Verse({ plan, onChange, onLock }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const verse = plan.verse ?? {};
  return (
    <Card title={say('verse')} plan={plan} onLock={onLock}>
      <Held part="form" name={say('form')} plan={plan} onLock={onLock}>
        <TextField
          label={say('form')}
          hint={say('formHint')}
          value={verse.form ?? ''}
          onChange={(event) => {
            const { form: _, formProposed: __, ...rest } = verse;
            onChange('form', { verse: event.target.value === '' ? rest : { ...rest, form: event.target.value } });
          }}
        />
      </Held>
    </Card>
  );
}

export function Music({ plan, onChange, onLock }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const both = useBoth();
  const music = plan.music ?? {};
  const put = (name: 'style' | 'tonic' | 'mode', value: string): void => {
    const { [name]: _, ...rest } = music;
    onChange(name === 'style' ? 'style' : 'key', { music: value === '' ? rest : { ...rest, [name]: value } });
  };
  const choose = (name: 'style' | 'tonic' | 'mode', known: readonly Choice[]): ReactNode => (
    <Select
      label={say(name)}
      value={music[name] ?? ''}
      choices={withOwn([{ value: '', label: say('anything') }, ...known], music[name])}
      onChoose={(value) => put(name, value)}
    />
  );
  return (
    <Card title={say('music')} plan={plan} onLock={onLock}>
      <Held part="style" name={say('style')} plan={plan} onLock={onLock}>
        {choose('style', choicesOf(STYLE_WORDS, both))}
      </Held>
      <Held part="key" name={say('key')} plan={plan} onLock={onLock}>
        <div className={styles.pair}>
          {choose(
            'tonic',
            TONICS.map((value) => ({ value, label: value.replace('b', '♭').replace('#', '♯') })),
          )}
          {choose('mode', choicesOf(MODE_WORDS, both))}
        </div>
      </Held>
      <Held part="tempo" name={say('tempo')} plan={plan} onLock={onLock}>
        <TextField
          label={say('tempo')}
          type="number"
          min={30}
          max={240}
          value={plan.tempo ?? ''}
          onChange={(event) =>
            onChange('tempo', { tempo: event.target.value === '' ? undefined : Number(event.target.value) })
          }
        />
      </Held>
    </Card>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function choicesOf(words: Readonly<Record<string, Both>>, both: (said: Both) => string): Choice[] {
  return Object.entries(words).map(([value, said]) => ({ value, label: both(said) }));
}

/** A plan from elsewhere may say what no list holds: it stays to be chosen. */
function withOwn(choices: readonly Choice[], own: string | undefined): readonly Choice[] {
  return own === undefined || choices.some(({ value }) => value === own)
    ? choices
    : [...choices, { value: own, label: own }];
}
