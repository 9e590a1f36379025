/** What the system says of the sheet: proved, or each fault with its reason; and whose hand wrote how much. */
import type { ReactNode } from 'react';
import { Note } from '../../design/note.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { type At, type FormSheet, type Manuscript, machineShare } from './manuscript.ts';
import type { Marks } from './use-marks.ts';
import styles from './verse-desk.module.css';
import { WORDS } from './words.ts';

interface JudgementProps {
  readonly sheet: Manuscript;
  readonly marks: Marks | undefined;
  readonly form: FormSheet | undefined;
  onGo(at: At): void;
}

export function Judgement({ sheet, marks, form, onGo }: JudgementProps): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const share = machineShare(sheet.lines);
  return (
    <section className={styles.panel} aria-label={say('proof')}>
      <h2>{say('proof')}</h2>
      <div aria-live="polite" className={styles.faults}>
        {share === undefined && <p className={styles.quiet}>{say('begin')}</p>}
        {share !== undefined && marks?.valid && (
          <Note good>
            {marks.finished && form
              ? say('good', { form: `${form.name}·${form.variant}`, book: marks.rhymeBook })
              : say('goodSoFar')}
          </Note>
        )}
        {share !== undefined && marks && marks.violations.length > 0 && (
          <>
            <span className={styles.quiet}>{say('faults', { n: marks.violations.length })}</span>
            {marks.violations.map(({ rule, line, place, message }) => (
              <button
                key={`${rule}${line}:${place ?? ''}${message.zh}`}
                type="button"
                className={styles.fault}
                onClick={() => onGo({ line, place: place ?? 0 })}
              >
                {both(message)}
              </button>
            ))}
          </>
        )}
      </div>
      {share !== undefined && (
        <div className={styles.legend}>
          <span>
            {say('human')} {Math.round((1 - share) * 100)}%
          </span>
          <span className={styles.byMachine}>
            {say('machine')} {Math.round(share * 100)}%
          </span>
        </div>
      )}
    </section>
  );
}
