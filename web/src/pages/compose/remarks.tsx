/** What the critic says of the saved piece, at its bars, with a mend for each. */
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { type Answered, useAnswer } from '../../api/use-answer.ts';
import { FaultNote } from '../../design/note.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import styles from './compose.module.css';
import { WORDS } from './words.ts';

export interface Finding {
  readonly rule: string;
  readonly severity: 'fault' | 'warning' | 'hint' | 'note';
  readonly bar: number;
  readonly beat: number;
  readonly part?: string;
  readonly message: { readonly en: string; readonly zh: string };
  readonly mend: { readonly en: string; readonly zh: string };
}

export function useFindings(id: string): Answered<readonly Finding[]> {
  return useAnswer(`findings/${id}`, async (signal) => {
    const { report } = await api.ask({ op: 'music/check', inputs: [id] }, { signal });
    return (report as { findings: readonly Finding[] }).findings;
  });
}

/** The worst remark of each bar, by index. */
export function remarksOf(findings: readonly Finding[] | undefined, first: number): ReadonlyMap<number, string> {
  const worst = new Map<number, string>();
  for (const { bar, severity } of findings ?? []) {
    if (severity === 'note') continue;
    if (severity === 'fault' || !worst.has(bar - first)) worst.set(bar - first, severity);
  }
  return worst;
}

interface RemarksProps {
  readonly findings: Answered<readonly Finding[]>;
  readonly edited: boolean;
  onGo(bar: number): void;
}

export function Remarks({ findings: { data, fault }, edited, onGo }: RemarksProps): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  // What is only said for information comes last.
  const list = [...(data ?? [])]
    .sort((a, b) => Number(a.severity === 'note') - Number(b.severity === 'note'))
    .slice(0, 60);
  return (
    <section className={styles.panel} aria-label={say('remarks')}>
      <h2>{say('remarks')}</h2>
      {fault && <FaultNote fault={fault} />}
      {edited && <p className={styles.quiet}>{say('remarksOld')}</p>}
      {data && list.length === 0 && <p className={styles.quiet}>{say('noRemarks')}</p>}
      {list.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: remarks are no form
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <div className={styles.remarks} tabIndex={0} role="group" aria-label={say('remarks')}>
          {list.map(({ rule, severity, bar, beat, message, mend }, i) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: remarks stand in their order
              key={i}
              className={[styles.remark, severity === 'fault' && styles.fault, severity === 'note' && styles.said]
                .filter(Boolean)
                .join(' ')}
              data-rule={rule}
            >
              <span>{both(message)}</span>
              <span className={styles.quiet}>{both(mend)}</span>
              <button type="button" className={styles.link} onClick={() => onGo(bar)}>
                {say('goTo', { bar })}
                {beat > 1 ? ` · ${Math.round(beat * 100) / 100}` : ''}
              </button>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
