import type { ReactNode } from 'react';
import { IconButton } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import styles from './plan-cards.module.css';
import type { PlanDocument, PlanPart } from './plan-document.ts';
import { PLAN_WORDS } from './plan-words.ts';

/** What every card is given. */
export interface CardProps {
  readonly plan: PlanDocument;
  /** The artist changed a part, which is held from then on; undefined: nothing is held by it. */
  onChange(part: PlanPart | undefined, to: Partial<PlanDocument>): void;
  /** The artist holds a part, or lets it go. */
  onLock(part: PlanPart): void;
}

interface FrameProps extends Pick<CardProps, 'plan' | 'onLock'> {
  readonly title: string;
  /** The part that the lock beside the title holds; none: the card's rows have locks of their own. */
  readonly part?: PlanPart;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A card: its title, its lock, what stands on it. */
export function Card({ title, part, wide, plan, onLock, children }: FrameProps): ReactNode {
  return (
    <div className={wide ? `${styles.card} ${styles.wide}` : styles.card}>
      <div className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        {part && <Lock {...{ part, plan, onLock }} name={title} />}
      </div>
      {children}
    </div>
  );
}

interface LockProps extends Pick<CardProps, 'plan' | 'onLock'> {
  readonly part: PlanPart;
  readonly name: string;
}

/** Holds one part. */
export function Lock({ part, name, plan, onLock }: LockProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const held = plan.locked?.includes(part) ?? false;
  return (
    <IconButton
      icon={held ? 'lock' : 'unlock'}
      small
      on={held}
      label={say('hold', { part: name })}
      onClick={() => onLock(part)}
    />
  );
}

/** A field with a lock of its own beside it. */
export function Held({ children, ...lock }: LockProps & { readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles.held}>
      {children}
      <Lock {...lock} />
    </div>
  );
}
