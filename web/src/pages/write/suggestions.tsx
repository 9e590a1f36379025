/** The characters that fit under the cursor, with how likely each is: a click takes another branch. */
import { type ReactNode, useEffect, useState } from 'react';
import { faultOf } from '../../api/fault.ts';
import { api } from '../../api/studio.ts';
import { type Fault, FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { type At, type Manuscript, textOf } from './manuscript.ts';
import styles from './verse-desk.module.css';
import { WORDS } from './words.ts';

interface Suggestion {
  readonly character: string;
  readonly probability: number;
}

/** Waits a little, so that quick typing asks nothing. */
const PAUSE = 350;

export function Suggestions({
  sheet,
  at,
  onTake,
}: {
  readonly sheet: Manuscript;
  readonly at: At;
  onTake(character: string): void;
}): ReactNode {
  const say = useWords(WORDS);
  const [found, setFound] = useState<readonly Suggestion[]>();
  const [fault, setFault] = useState<Fault>();
  const text = textOf(sheet.lines).join('\n');
  const { form, rhymeBook } = sheet;
  const { line, place } = at;
  const locked = sheet.lines[line]?.[place]?.locked === true;
  useEffect(() => {
    const controller = new AbortController();
    const options = { lines: text.split('\n'), form, line, place, ...(rhymeBook && { rhymeBook }) };
    const timer = setTimeout(() => {
      api.ask({ op: 'verse/suggest', options }, { signal: controller.signal }).then(
        ({ report }) => {
          setFound((report as { characters: readonly Suggestion[] }).characters);
          setFault(undefined);
        },
        (thrown: unknown) => {
          if (!controller.signal.aborted) setFault(faultOf(thrown));
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, form, rhymeBook, line, place]);
  const now = sheet.lines[line]?.[place]?.c;
  return (
    <section className={styles.panel} aria-label={say('suggest')}>
      <h2>{say('suggest')}</h2>
      {fault && <FaultNote fault={fault} />}
      {found?.length === 0 && <p className={styles.quiet}>{say('noSuggest')}</p>}
      <div className={styles.branches}>
        {found?.map(({ character, probability }) => (
          <button
            key={character}
            type="button"
            className={character === now ? `${styles.branch} ${styles.taken}` : styles.branch}
            aria-pressed={character === now}
            disabled={locked}
            onClick={() => onTake(character)}
          >
            <span lang="zh-Hans">{character}</span>
            <span className={styles.chance}>{sayShare(probability)}</span>
            <span className={styles.bar} style={{ inlineSize: `${Math.max(4, probability * 100)}%` }} />
          </button>
        ))}
      </div>
      <p className={styles.quiet}>{say('suggestHint')}</p>
    </section>
  );
}

/** A probability as people read it. */
export function sayShare(probability: number): string {
  return probability < 0.001 ? '<0.1%' : `${(probability * 100).toFixed(probability < 0.1 ? 1 : 0)}%`;
}
