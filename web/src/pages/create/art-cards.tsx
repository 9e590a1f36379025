/** Cards of what one art alone reads: the form of the verse; style, key and tempo of the music. */
import type { ReactNode } from 'react';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
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
  const music = plan.music ?? {};
  const put = (name: 'style' | 'tonic' | 'mode', value: string): void => {
    const { [name]: _, ...rest } = music;
    onChange(name === 'style' ? 'style' : 'key', { music: value === '' ? rest : { ...rest, [name]: value } });
  };
  const field = (name: 'style' | 'tonic' | 'mode'): ReactNode => (
    <TextField label={say(name)} value={music[name] ?? ''} onChange={(event) => put(name, event.target.value)} />
  );
  return (
    <Card title={say('music')} plan={plan} onLock={onLock}>
      <Held part="style" name={say('style')} plan={plan} onLock={onLock}>
        {field('style')}
      </Held>
      <Held part="key" name={say('key')} plan={plan} onLock={onLock}>
        <div className={styles.pair}>
          {field('tonic')}
          {field('mode')}
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
