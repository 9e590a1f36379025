import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonLook {
  /** `seal`: the one thing to do next; at most one in sight. */
  readonly tone?: 'plain' | 'seal' | 'quiet';
  readonly small?: boolean;
  readonly icon?: IconName;
}

/** A button with words, and a sign before them where `icon` names one. */
export function Button({
  tone = 'plain',
  small,
  icon,
  children,
  className,
  ...rest
}: ComponentProps<'button'> & ButtonLook): ReactNode {
  return (
    <button type="button" className={look(tone, small, false, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  /** What it does, in words: read aloud and shown on hovering. */
  readonly label: string;
  /** Given: it is a switch, and this is how it stands. */
  readonly on?: boolean;
  readonly tone?: 'plain' | 'quiet';
  readonly small?: boolean;
}

/** A button that is a sign alone. */
export function IconButton({ icon, label, on, tone = 'quiet', small, className, ...rest }: IconButtonProps): ReactNode {
  const lit = on ? ` ${styles.on}` : '';
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={on}
      className={look(tone, small, true, className) + lit}
      {...rest}
    >
      <Icon name={icon} filled={on === true} />
    </button>
  );
}

function look(
  tone: 'plain' | 'seal' | 'quiet',
  small: boolean | undefined,
  square: boolean,
  more: string | undefined,
): string {
  const toned = tone === 'plain' ? undefined : styles[tone];
  return [styles.button, toned, small && styles.small, square && styles.square, more].filter(Boolean).join(' ');
}
