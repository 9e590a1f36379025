/** What the machine would change, character by character, before anything is changed. */
import type { ReactNode } from 'react';
import { Button } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import { changesTo, type Manuscript } from './manuscript.ts';
import styles from './verse-desk.module.css';
import { WORDS } from './words.ts';

export function Proposal({
  sheet,
  lines,
  onAccept,
  onReject,
}: {
  readonly sheet: Manuscript;
  readonly lines: readonly string[];
  onAccept(): void;
  onReject(): void;
}): ReactNode {
  const say = useWords(WORDS);
  const changed = new Map(changesTo(sheet.lines, lines).map((one) => [`${one.line}:${one.place}`, one]));
  return (
    <section className={styles.change} aria-label={say('changes')}>
      <h2>{say('changes')}</h2>
      <div className={styles.proposal} lang="zh-Hans">
        {lines.map((text, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines stand in their order
          <div key={line}>
            {[...text].map((character, place) => {
              const change = changed.get(`${line}:${place}`);
              // biome-ignore lint/suspicious/noArrayIndexKey: places stand in their order
              if (!change) return <span key={place}>{character}</span>;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <span key={place}>
                  {change.from && <del>{change.from}</del>}
                  <ins>{change.to}</ins>
                </span>
              );
            })}
          </div>
        ))}
      </div>
      <div className={styles.tools}>
        <Button tone="seal" icon="check" onClick={onAccept}>
          {say('accept')}
        </Button>
        <Button onClick={onReject}>{say('reject')}</Button>
      </div>
    </section>
  );
}
