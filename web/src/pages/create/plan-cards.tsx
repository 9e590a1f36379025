/**
 * The plan as cards that can be read and changed. What is changed becomes a new plan (`plan/edit`), and the next making stands
 * on it; a field that was locked stays as it is when the words are read again.
 */
import type { ReactNode } from 'react';
import { useState } from 'react';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button, IconButton } from '../../design/button.tsx';
import { Select, Slider, TextField } from '../../design/field.tsx';
import { FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './plan-cards.module.css';
import { changesOf, HOURS, type PlanDocument, SEASONS, withoutOf } from './plan-document.ts';
import { PLAN_WORDS } from './plan-words.ts';
import { SceneCard } from './scene-card.tsx';
import { WORDS } from './words.ts';

interface PlanCardsProps {
  /** Id of the plan. */
  readonly id: string;
  /** Asked to make again, on a plan with the artist's changes. */
  onMake(plan: string): void;
}

export function PlanCards({ id, onMake }: PlanCardsProps): ReactNode {
  const say = useWords(WORDS);
  const { data, fault } = useAnswer(`work/plan/${id}`, (signal) => api.work(id, { signal }));
  return (
    <section className={styles.plan} aria-label={say('plan')}>
      <div>
        <h2>{say('plan')}</h2>
        <p className={styles.lead}>{say('planLead')}</p>
      </div>
      {fault && <FaultNote fault={fault} />}
      {data?.document !== undefined && <Cards key={id} id={id} first={data.document as PlanDocument} onMake={onMake} />}
    </section>
  );
}

function Cards({ id, first, onMake }: PlanCardsProps & { readonly first: PlanDocument }): ReactNode {
  const say = useWords(WORDS);
  const [plan, setPlan] = useState(first);
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      const changes = changesOf(first, plan);
      const without = withoutOf(first, plan);
      if (Object.keys(changes).length === 0 && without.length === 0) return onMake(id);
      const { works } = await runOp({ op: 'plan/edit', inputs: [id], options: { changes, without } });
      onMake(works[0]!);
    } catch (thrown) {
      tellFault(thrown);
    } finally {
      setBusy(false);
    }
  };
  const change = (to: Partial<PlanDocument>): void => setPlan({ ...plan, ...to });
  return (
    <>
      <div className={styles.cards}>
        <Themes plan={plan} onChange={change} />
        <Mood plan={plan} onChange={change} />
        <Setting plan={plan} onChange={change} />
        <Palette plan={plan} onChange={change} />
        <SceneCard plan={plan} onChange={change} />
        <Verse plan={plan} onChange={change} />
        <Music plan={plan} onChange={change} />
      </div>
      <div>
        <Button icon="again" disabled={busy} onClick={() => void make()}>
          {say('again')}
        </Button>
      </div>
    </>
  );
}

interface CardProps {
  readonly plan: PlanDocument;
  onChange(to: Partial<PlanDocument>): void;
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles.card}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </div>
  );
}

function Themes({ plan, onChange }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const [word, setWord] = useState('');
  const add = (): void => {
    if (word.trim() === '') return;
    onChange({ themes: [...plan.themes, { word: word.trim(), source: '', weight: 1 }] });
    setWord('');
  };
  return (
    <Card title={say('themes')}>
      <div className={styles.chips}>
        {plan.themes.map((theme) => (
          <span key={theme.word} className={styles.chip}>
            {theme.word}
            <IconButton
              icon="close"
              small
              label={say('remove', { word: theme.word })}
              onClick={() => onChange({ themes: plan.themes.filter((one) => one !== theme) })}
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

function Mood({ plan: { mood }, onChange }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  return (
    <Card title={say('mood')}>
      <Slider
        label={`${say('sorrow')} – ${say('joy')}`}
        min={-1}
        max={1}
        step={0.1}
        value={mood.valence}
        said={mood.valence.toFixed(1)}
        onSlide={(valence) => onChange({ mood: { ...mood, valence } })}
      />
      <Slider
        label={`${say('still')} – ${say('storm')}`}
        min={-1}
        max={1}
        step={0.1}
        value={mood.arousal}
        said={mood.arousal.toFixed(1)}
        onSlide={(arousal) => onChange({ mood: { ...mood, arousal } })}
      />
    </Card>
  );
}

function Setting({ plan, onChange }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const choices = <V extends string>(values: readonly V[]) => [
    { value: 'none' as const, label: say('none') },
    ...values.map((value) => ({ value, label: say(value as 'spring') })),
  ];
  return (
    <Card title={say('setting')}>
      <Select
        label={say('season')}
        value={plan.season ?? 'none'}
        choices={choices(SEASONS)}
        onChoose={(season) => onChange({ season: season === 'none' ? undefined : season })}
      />
      <Select
        label={say('hour')}
        value={plan.hour ?? 'none'}
        choices={choices(HOURS)}
        onChoose={(hour) => onChange({ hour: hour === 'none' ? undefined : hour })}
      />
    </Card>
  );
}

function Palette({ plan: { palette = [] }, onChange }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const put = (i: number, colour: string): void =>
    onChange({ palette: palette.map((one, j) => (j === i ? colour : one)) });
  return (
    <Card title={say('palette')}>
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
          onClick={() => onChange({ palette: [...palette, '#a93226'] })}
        />
        {palette.length > 0 && (
          <IconButton
            icon="minus"
            small
            tone="plain"
            label={say('removeColour')}
            onClick={() => onChange({ palette: palette.length === 1 ? undefined : palette.slice(0, -1) })}
          />
        )}
      </div>
    </Card>
  );
}

function Verse({ plan, onChange }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const verse = plan.verse ?? {};
  return (
    <Card title={say('verse')}>
      <TextField
        label={say('form')}
        hint={say('formHint')}
        value={verse.form ?? ''}
        onChange={(event) => {
          const { form: _, formProposed: __, ...rest } = verse;
          onChange({ verse: event.target.value === '' ? rest : { ...rest, form: event.target.value } });
        }}
      />
    </Card>
  );
}

function Music({ plan, onChange }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const music = plan.music ?? {};
  const put = (name: 'style' | 'tonic' | 'mode', value: string): void => {
    const { [name]: _, ...rest } = music;
    onChange({ music: value === '' ? rest : { ...rest, [name]: value } });
  };
  return (
    <Card title={say('music')}>
      <TextField
        label={say('style')}
        value={music.style ?? ''}
        onChange={(event) => put('style', event.target.value)}
      />
      <div className={styles.pair}>
        <TextField
          label={say('tonic')}
          value={music.tonic ?? ''}
          onChange={(event) => put('tonic', event.target.value)}
        />
        <TextField label={say('mode')} value={music.mode ?? ''} onChange={(event) => put('mode', event.target.value)} />
      </div>
      <TextField
        label={say('tempo')}
        type="number"
        min={30}
        max={240}
        value={plan.tempo ?? ''}
        onChange={(event) => onChange({ tempo: event.target.value === '' ? undefined : Number(event.target.value) })}
      />
    </Card>
  );
}
