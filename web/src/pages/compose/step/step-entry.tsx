/** Note by note: by the computer's keys, by a MIDI keyboard, or by the keys on the screen. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../../../design/button.tsx';
import { useWords } from '../../../i18n/words.tsx';
import { tell, tellFault } from '../../../shell/toasts.tsx';
import { useMidiInput } from '../midi-keys.tsx';
import { touch } from '../player.ts';
import { endOf, firstBarNumber, midiOf, type Score } from '../score.ts';
import { addToLast, type Caret, enter, LENGTHS, midiOfLetter, shiftLast, signsOf, takeBack } from './enter.ts';
import { ScreenKeys } from './screen-keys.tsx';
import styles from './step.module.css';
import { WORDS } from './words.ts';

interface StepEntryProps {
  readonly score: Score;
  readonly part: number;
  readonly caret: Caret;
  onCaret(caret: Caret): void;
  onChange(score: Score): void;
}

/** Where one begins. */
export const FIRST_CARET: Caret = { at: 0, length: 'quarter', dotted: false, entered: [] };

export function StepEntry(props: StepEntryProps): ReactNode {
  const { caret, onCaret } = props;
  const say = useWords(WORDS);
  const field = useRef<HTMLDivElement>(null);
  const acts = useActs(props);
  useEffect(() => field.current?.focus(), []);
  return (
    <section className={styles.step} aria-label={say('title')}>
      <div className={styles.row}>
        {LENGTHS.map(({ key, name }) => (
          <Button
            key={name}
            small
            tone={caret.length === name ? 'plain' : 'quiet'}
            aria-pressed={caret.length === name}
            aria-keyshortcuts={key}
            onClick={() => onCaret({ ...caret, length: name })}
          >
            {say(name)}
          </Button>
        ))}
        <Button
          small
          tone={caret.dotted ? 'plain' : 'quiet'}
          aria-pressed={caret.dotted}
          onClick={() => onCaret({ ...caret, dotted: !caret.dotted })}
        >
          {say('dotted')}
        </Button>
        <Button small tone="quiet" onClick={() => acts.write([])}>
          {say('rest')}
        </Button>
        <IconButton small icon="undo" label={say('back')} onClick={acts.back} />
        <IconButton
          small
          icon="back"
          label={say('toStart')}
          onClick={() => onCaret({ ...caret, at: 0, entered: [] })}
        />
        <Midi onDown={acts.press} onUp={acts.release} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a place that takes keys, no form control */}
      <div
        ref={field}
        className={styles.field}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: notes are written by keyboard here
        tabIndex={0}
        aria-label={placeSaid(say, props)}
        onKeyDown={(event) => onStepKey(event, { ...props, ...acts })}
      >
        {placeSaid(say, props)}
        <span className={styles.help}>{say('help')}</span>
      </div>
      <ScreenKeys near={acts.near} onKey={(midi) => acts.write([midi])} label={say('keys')} />
    </section>
  );
}

interface Acts {
  /** The pitch entered last. */
  readonly near: number;
  write(pitches: readonly number[]): void;
  join(midi: number): void;
  back(): void;
  shift(by: number): void;
  press(midi: number): void;
  release(midi: number): void;
}

function useActs({ score, part, caret, onCaret, onChange }: StepEntryProps): Acts {
  const say = useWords(WORDS);
  const held = useRef(new Set<number>());
  const last = score.parts[part]!.notes.filter(({ at }) => at === caret.entered.at(-1));
  const near = last.length > 0 ? midiOf(last.at(-1)!.pitch) : 67;
  const write = (pitches: readonly number[]): void => {
    const next = enter(score, part, caret, pitches);
    if (!next) tell(say('stop'));
    if (!next) return;
    for (const midi of pitches) touch(midi);
    onChange(next.score);
    onCaret(next.caret);
  };
  const join = (midi: number): void => {
    const next = addToLast(score, part, caret, midi);
    if (!next) return;
    touch(midi);
    onChange(next);
  };
  return {
    near,
    write,
    join,
    back: () => {
      const next = takeBack(score, part, caret);
      if (next.score !== score) onChange(next.score);
      onCaret(next.caret);
    },
    shift: (by) => {
      if (last.length === 0) return;
      onChange(shiftLast(score, part, caret, by));
      touch(near + by);
    },
    // Keys that are held together make a chord.
    press: (midi) => {
      if (held.current.size === 0) write([midi]);
      else join(midi);
      held.current.add(midi);
    },
    release: (midi) => void held.current.delete(midi),
  };
}

function onStepKey(event: KeyboardEvent, { score, caret, onCaret, ...acts }: StepEntryProps & Acts): void {
  const key = event.key.toLowerCase();
  const upwards = key === 'arrowup' ? 1 : key === 'arrowdown' ? -1 : 0;
  const length = LENGTHS.find((one) => one.key === key);
  const midi = key.length === 1 ? midiOfLetter(key, acts.near, signsOf(score.bars[0]!.key)) : undefined;
  if (upwards !== 0) acts.shift(upwards * (event.ctrlKey || event.metaKey ? 12 : 1));
  else if (event.ctrlKey || event.metaKey || event.altKey) return;
  else if (length) onCaret({ ...caret, length: length.name });
  else if (key === '.') onCaret({ ...caret, dotted: !caret.dotted });
  else if (key === '0') acts.write([]);
  else if (key === 'backspace') acts.back();
  else if (midi !== undefined && event.shiftKey) acts.join(midi);
  else if (midi !== undefined) acts.write([midi]);
  else return;
  event.preventDefault();
}

function placeSaid(say: ReturnType<typeof useWords<keyof typeof WORDS>>, { score, caret }: StepEntryProps): string {
  if (caret.at >= endOf(score)) return say('end');
  const index = score.bars.findLastIndex(({ at }) => at <= caret.at);
  const beat = 1 + Math.round(((caret.at - score.bars[index]!.at) / score.ticksPerQuarter) * 100) / 100;
  const length = say(caret.length) + (caret.dotted ? ` ${say('dotted')}` : '');
  return say('field', { bar: index + firstBarNumber(score), beat, length });
}

function Midi({ onDown, onUp }: { onDown(midi: number): void; onUp(midi: number): void }): ReactNode {
  const say = useWords(WORDS);
  const [access, setAccess] = useState<MIDIAccess>();
  useMidiInput(access, { onDown, onUp });
  if (typeof navigator.requestMIDIAccess !== 'function') return null;
  if (!access)
    return (
      <Button small onClick={() => navigator.requestMIDIAccess().then(setAccess, tellFault)}>
        {say('midi')}
      </Button>
    );
  const names = [...access.inputs.values()].map(({ name }) => name).join(', ');
  return <span className={styles.help}>{say('midiOn', { names: names || say('midiNone') })}</span>;
}
