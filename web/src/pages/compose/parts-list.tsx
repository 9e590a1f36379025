/** The parts: which one is edited, which are heard. */
import type { CSSProperties, ReactNode } from 'react';
import { useWords } from '../../i18n/words.tsx';
import styles from './compose.module.css';
import { colourOf } from './roll-ground.tsx';
import type { Score } from './score.ts';
import { WORDS } from './words.ts';

/** Parts that are silent, and parts that alone are heard. */
export interface Hearing {
  readonly muted: ReadonlySet<string>;
  readonly solo: ReadonlySet<string>;
}

/** Loudness of each part, 0 or 1. */
export function gainsOf({ parts }: Score, { muted, solo }: Hearing): number[] {
  return parts.map(({ id }) => ((solo.size > 0 ? solo.has(id) : !muted.has(id)) ? 1 : 0));
}

interface PartsListProps {
  readonly score: Score;
  readonly part: number;
  readonly hearing: Hearing;
  onPart(part: number): void;
  onHearing(hearing: Hearing): void;
}

export function PartsList({ score, part, hearing, onPart, onHearing }: PartsListProps): ReactNode {
  const say = useWords(WORDS);
  return (
    <div className={styles.parts}>
      {score.parts.map(({ id, name }, i) => (
        <div key={id} className={styles.partLine} style={{ '--part': colourOf(i) } as CSSProperties}>
          <button
            type="button"
            className={styles.partName}
            aria-pressed={i === part}
            title={say('edit', { part: name })}
            onClick={() => onPart(i)}
          >
            {name || id}
          </button>
          <button
            type="button"
            className={styles.letter}
            aria-label={say('solo', { part: name || id })}
            title={say('solo', { part: name || id })}
            aria-pressed={hearing.solo.has(id)}
            onClick={() => onHearing({ ...hearing, solo: toggled(hearing.solo, id) })}
          >
            S
          </button>
          <button
            type="button"
            className={styles.letter}
            aria-label={say('mute', { part: name || id })}
            title={say('mute', { part: name || id })}
            aria-pressed={hearing.muted.has(id)}
            onClick={() => onHearing({ ...hearing, muted: toggled(hearing.muted, id) })}
          >
            M
          </button>
        </div>
      ))}
    </div>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
