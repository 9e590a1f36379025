/** Other words for a place, with how likely a model that reads both sides of it finds each; in verse only those that keep the form. */
import { type ReactNode, useEffect, useState } from 'react';
import { faultOf } from '../../api/fault.ts';
import { api } from '../../api/studio.ts';
import { type Fault, FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { OTHER_WORDS } from './other-words-words.ts';
import type { Range } from './spans.ts';
import { sayShare } from './suggestions.tsx';
import { useGapFiller } from './use-gap-filler.ts';
import styles from './verse-desk.module.css';

interface Found {
  readonly now: string;
  readonly candidates: readonly { readonly text: string; readonly probability: number }[];
  readonly refused: number;
  readonly model: string;
}

interface OtherWordsProps {
  readonly text: string;
  readonly place: Range;
  readonly locks: readonly Range[];
  /** Absent: prose or free verse. */
  readonly form?: string;
  /** Of the form; '' is its own. */
  readonly rhymeBook?: string;
  onTake(words: string): void;
}

/** Waits a little, so that quick moves ask nothing. */
const PAUSE = 350;

export function OtherWords({ text, place, locks, form, rhymeBook, onTake }: OtherWordsProps): ReactNode {
  const say = useWords(OTHER_WORDS);
  const model = useGapFiller();
  const [found, setFound] = useState<Found>();
  const [fault, setFault] = useState<Fault>();
  const { from, to } = place;
  const held = JSON.stringify(locks);
  useEffect(() => {
    if (!model) return;
    const controller = new AbortController();
    const wish = { ...(form && { form }), ...(rhymeBook && { rhymeBook }) };
    const options = { model, text, from, to, locks: JSON.parse(held) as Range[], ...wish };
    const timer = setTimeout(() => {
      api.ask({ op: 'text/alternatives', options }, { signal: controller.signal }).then(
        ({ report }) => {
          setFound(report as unknown as Found);
          setFault(undefined);
        },
        (thrown: unknown) => {
          if (controller.signal.aborted) return;
          setFound(undefined);
          setFault(faultOf(thrown));
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [model, text, from, to, held, form, rhymeBook]);
  const now = text.slice(from, to);
  const fresh = found?.now === now ? found : undefined;
  return (
    <section className={styles.panel} aria-label={say('title')}>
      <h2>{say('title')}</h2>
      {model === null && <p className={styles.quiet}>{say('none')}</p>}
      {fault && <FaultNote fault={fault} />}
      {fresh?.candidates.length === 0 && <p className={styles.quiet}>{say('nothing')}</p>}
      <div className={styles.branches}>
        {fresh?.candidates.map(({ text: words, probability }) => (
          <button
            key={words}
            type="button"
            className={words === now ? `${styles.branch} ${styles.taken}` : styles.branch}
            aria-pressed={words === now}
            onClick={() => onTake(words)}
          >
            <span>{words}</span>
            <span className={styles.chance}>{sayShare(probability)}</span>
            <span className={styles.bar} style={{ inlineSize: `${Math.max(4, probability * 100)}%` }} />
          </button>
        ))}
      </div>
      {fresh && (
        <p className={styles.quiet}>
          {say('by', { model: fresh.model })} {fresh.refused > 0 && say('refused', { n: fresh.refused })}
        </p>
      )}
    </section>
  );
}
