/** Things to fill in; every one has a label that is read aloud and seen. */
import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';

interface Labelled {
  readonly label: string;
  /** A line of help under it. */
  readonly hint?: string | undefined;
  /** What is wrong with what stands there. */
  readonly bad?: string | undefined;
}

interface Shell extends Labelled {
  readonly id: string;
  readonly value?: string;
  readonly children: ReactNode;
}

function Shell({ id, label, hint, bad, value, children }: Shell): ReactNode {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {value !== undefined && <span className={styles.value}>{value}</span>}
      </label>
      {children}
      {hint && !bad && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      {bad && (
        <span id={`${id}-hint`} className={styles.bad} role="alert">
          {bad}
        </span>
      )}
    </div>
  );
}

/** One line of text, or of a number, a date … */
export function TextField({ label, hint, bad, ...rest }: Labelled & ComponentProps<'input'>): ReactNode {
  const id = useId();
  return (
    <Shell {...{ id, label, hint, bad }}>
      <input
        id={id}
        className={styles.input}
        aria-invalid={bad !== undefined}
        aria-describedby={hint || bad ? `${id}-hint` : undefined}
        {...rest}
      />
    </Shell>
  );
}

/** Several lines of text. */
export function TextArea({ label, hint, bad, ...rest }: Labelled & ComponentProps<'textarea'>): ReactNode {
  const id = useId();
  return (
    <Shell {...{ id, label, hint, bad }}>
      <textarea
        id={id}
        className={styles.input}
        aria-invalid={bad !== undefined}
        aria-describedby={hint || bad ? `${id}-hint` : undefined}
        {...rest}
      />
    </Shell>
  );
}

interface SelectProps<V extends string> extends Labelled {
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly disabled?: boolean;
  onChoose(value: V): void;
}

/** One of several. */
export function Select<V extends string>({
  label,
  hint,
  bad,
  value,
  choices,
  disabled,
  onChoose,
}: SelectProps<V>): ReactNode {
  const id = useId();
  return (
    <Shell {...{ id, label, hint, bad }}>
      <select
        id={id}
        className={styles.input}
        value={value}
        disabled={disabled}
        onChange={(event) => onChoose(event.target.value as V)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Shell>
  );
}

interface SliderProps extends Labelled {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** How the value is said; default: as it is. */
  readonly said?: string;
  readonly disabled?: boolean;
  onSlide(value: number): void;
}

/** A number between two ends. */
export function Slider({ label, hint, bad, value, said, onSlide, ...rest }: SliderProps): ReactNode {
  const id = useId();
  return (
    <Shell {...{ id, label, hint, bad }} value={said ?? String(value)}>
      <input
        id={id}
        type="range"
        className={styles.range}
        value={value}
        aria-valuetext={said}
        onChange={(event) => onSlide(Number(event.target.value))}
        {...rest}
      />
    </Shell>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  onSwitch(on: boolean): void;
}

/** On or off. */
export function Switch({ label, on, disabled, onSwitch }: SwitchProps): ReactNode {
  return (
    <label className={styles.switch}>
      <input
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        disabled={disabled}
        onChange={(event) => onSwitch(event.target.checked)}
      />
      {label}
    </label>
  );
}
