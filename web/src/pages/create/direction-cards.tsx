/** Cards of what holds for all arts: themes, mood, season and hour, colours. */
import { type ReactNode, useState } from 'react';
import { IconButton } from '../../design/button.tsx';
import { Select, Slider, TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import { Card, type CardProps, Held } from './plan-card.tsx';
import styles from './plan-cards.module.css';
import { HOURS, SEASONS } from './plan-document.ts';
import { PLAN_WORDS } from './plan-words.ts';

export function Themes({ plan, onChange, onLock }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const [word, setWord] = useState('');
  const add = (): void => {
    if (word.trim() === '') return;
    onChange('themes', { themes: [...plan.themes, { word: word.trim(), source: '', weight: 1 }] });
    setWord('');
  };
  return (
    <Card title={say('themes')} part="themes" plan={plan} onLock={onLock}>
      <div className={styles.chips}>
        {plan.themes.map((theme) => (
          <span key={theme.word} className={styles.chip}>
            {theme.word}
            <IconButton
              icon="close"
              small
              label={say('remove', { word: theme.word })}
              onClick={() => onChange('themes', { themes: plan.themes.filter((one) => one !== theme) })}
            />
          </span>
        ))}
      </div>
      <TextField
        label={say('addTheme')}
        value={word}
        onChange={(event) => setWord(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && add()}
      />
    </Card>
  );
}

export function Mood({ plan, onChange, onLock }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const { mood } = plan;
  return (
    <Card title={say('mood')} part="mood" plan={plan} onLock={onLock}>
      <Slider
        label={`${say('sorrow')} – ${say('joy')}`}
        min={-1}
        max={1}
        step={0.1}
        value={mood.valence}
        said={mood.valence.toFixed(1)}
        onSlide={(valence) => onChange('mood', { mood: { ...mood, valence } })}
      />
      <Slider
        label={`${say('still')} – ${say('storm')}`}
        min={-1}
        max={1}
        step={0.1}
        value={mood.arousal}
        said={mood.arousal.toFixed(1)}
        onSlide={(arousal) => onChange('mood', { mood: { ...mood, arousal } })}
      />
    </Card>
  );
}

export function Setting({ plan, onChange, onLock }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const choices = <V extends string>(values: readonly V[]) => [
    { value: 'none' as const, label: say('none') },
    ...values.map((value) => ({ value, label: say(value as 'spring') })),
  ];
  return (
    <Card title={say('setting')} plan={plan} onLock={onLock}>
      <Held part="season" name={say('season')} plan={plan} onLock={onLock}>
        <Select
          label={say('season')}
          value={plan.season ?? 'none'}
          choices={choices(SEASONS)}
          onChoose={(season) => onChange('season', { season: season === 'none' ? undefined : season })}
        />
      </Held>
      <Held part="hour" name={say('hour')} plan={plan} onLock={onLock}>
        <Select
          label={say('hour')}
          value={plan.hour ?? 'none'}
          choices={choices(HOURS)}
          onChoose={(hour) => onChange('hour', { hour: hour === 'none' ? undefined : hour })}
        />
      </Held>
    </Card>
  );
}

export function Palette({ plan, onChange, onLock }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const { palette = [] } = plan;
  const put = (i: number, colour: string): void =>
    onChange('palette', { palette: palette.map((one, j) => (j === i ? colour : one)) });
  return (
    <Card title={say('palette')} part="palette" plan={plan} onLock={onLock}>
      {palette.length === 0 && <p className={styles.lead}>{say('noPalette')}</p>}
      <div className={styles.swatches}>
        {palette.map((colour, i) => (
          <input
            // biome-ignore lint/suspicious/noArrayIndexKey: a swatch is its place
            key={i}
            type="color"
            className={styles.swatch}
            aria-label={say('colour', { n: i + 1 })}
            value={colour}
            onChange={(event) => put(i, event.target.value)}
          />
        ))}
        <IconButton
          icon="plus"
          small
          tone="plain"
          label={say('addColour')}
          onClick={() => onChange('palette', { palette: [...palette, '#a93226'] })}
        />
        {palette.length > 0 && (
          <IconButton
            icon="minus"
            small
            tone="plain"
            label={say('removeColour')}
            onClick={() => onChange('palette', { palette: palette.length === 1 ? undefined : palette.slice(0, -1) })}
          />
        )}
      </div>
    </Card>
  );
}
