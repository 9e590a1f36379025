/** The box at the beginning of everything: one sentence, and what is wished besides. */
import { type ReactNode, useId, useState } from 'react';
import { Button, IconButton } from '../../design/button.tsx';
import { Select, Switch, TextField } from '../../design/field.tsx';
import { useSpeech, useWords } from '../../i18n/words.tsx';
import styles from './brief-box.module.css';
import { EXAMPLES, WORDS } from './words.ts';

export type Art = 'poem' | 'picture' | 'tune';

/** What is asked for. */
export interface Wish {
  readonly brief: string;
  /** None: what the brief asks for. */
  readonly arts: readonly Art[];
  readonly count: number;
  /** Empty: drawn. */
  readonly seed: string;
  /** Options of the op that makes each art, from a file that was brought back. */
  readonly options?: Readonly<Partial<Record<Art, Readonly<Record<string, unknown>>>>>;
}

export const NO_WISH: Wish = { brief: '', arts: [], count: 1, seed: '' };

interface BriefBoxProps {
  readonly wish: Wish;
  /** Small, above works that are there already. */
  readonly small: boolean;
  onChange(wish: Wish): void;
  onMake(wish: Wish): void;
}

const ARTS: readonly Art[] = ['poem', 'picture', 'tune'];

export function BriefBox({ wish, small, onChange, onMake }: BriefBoxProps): ReactNode {
  const say = useWords(WORDS);
  const id = useId();
  const make = (): void => {
    if (wish.brief.trim() !== '') onMake(wish);
  };
  return (
    <form
      className={small ? `${styles.box} ${styles.small}` : styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <label className={styles.ask} htmlFor={id}>
        {say('ask')}
      </label>
      <div className={styles.line}>
        <textarea
          id={id}
          className={styles.brief}
          rows={small ? 1 : 2}
          value={wish.brief}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange({ ...wish, brief: event.target.value })}
          onKeyDown={(event) => {
            const send =
              event.key === 'Enter' &&
              !event.nativeEvent.isComposing &&
              (event.ctrlKey || event.metaKey || !event.shiftKey);
            if (!send) return;
            event.preventDefault();
            make();
          }}
        />
        <Button type="submit" tone="seal" disabled={wish.brief.trim() === ''}>
          {say('make')}
        </Button>
      </div>
      <p id={`${id}-hint`} className={small ? 'unseen' : styles.hint}>
        {say('hint')}
      </p>
      {!small && <Examples onTake={(brief) => onMake({ ...wish, brief })} />}
      <Options wish={wish} onChange={onChange} />
    </form>
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

function Options({ wish, onChange }: Pick<BriefBoxProps, 'wish' | 'onChange'>): ReactNode {
  const say = useWords(WORDS);
  const [chosen, choose] = useState<boolean>();
  const open = chosen ?? wish.seed !== '';
  const turn = (art: Art, on: boolean): void =>
    onChange({ ...wish, arts: on ? [...wish.arts, art] : wish.arts.filter((one) => one !== art) });
  return (
    <div>
      <Button small tone="quiet" aria-expanded={open} onClick={() => choose(!open)}>
        {say('options')}
      </Button>
      {open && (
        <div className={styles.options}>
          <fieldset className={styles.arts}>
            <legend>{say('arts')}</legend>
            {ARTS.map((art) => (
              <Switch key={art} label={say(art)} on={wish.arts.includes(art)} onSwitch={(on) => turn(art, on)} />
            ))}
          </fieldset>
          <Select
            label={say('count')}
            value={String(wish.count)}
            choices={['1', '2', '3', '4'].map((value) => ({ value, label: value }))}
            onChoose={(count) => onChange({ ...wish, count: Number(count) })}
          />
          <TextField
            label={say('seed')}
            hint={say('seedHint')}
            inputMode="numeric"
            pattern="[0-9]*"
            value={wish.seed}
            onChange={(event) => onChange({ ...wish, seed: event.target.value.replace(/\D/g, '').slice(0, 15) })}
          />
          {ARTS.map((art) => {
            const { [art]: given, ...others } = wish.options ?? {};
            return given && <Given key={art} options={given} onDrop={() => onChange({ ...wish, options: others })} />;
          })}
        </div>
      )}
    </div>
  );
}

/** Options that came with a file, and a way to go without them. */
function Given({ options, onDrop }: { readonly options: object; onDrop(): void }): ReactNode {
  const say = useWords(WORDS);
  return (
    <div className={styles.given}>
      <code>{JSON.stringify(options)}</code>
      <IconButton icon="close" small label={say('usual')} onClick={onDrop} />
    </div>
  );
}
