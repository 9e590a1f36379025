/** The page for composing: `/compose` is where a piece begins, `/compose/ID` works on one. */
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { FaultNote, ProgressBar } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import styles from './compose.module.css';
import { ComposeDesk } from './compose-desk.tsx';
import type { Score } from './score.ts';
import { Start } from './start.tsx';
import { WORDS } from './words.ts';

export function ComposePage({ rest }: PageProps): ReactNode {
  const say = useWords(WORDS);
  const { data, fault } = useAnswer(rest === '' ? null : `compose/${rest}`, async (signal) => {
    const { bytes } = await api.content(rest, { signal });
    return JSON.parse(new TextDecoder().decode(bytes)) as Score;
  });
  return (
    <div className={styles.page}>
      <h1>{rest === '' ? say('title') : (data?.title ?? say('title'))}</h1>
      {fault && <FaultNote fault={fault} />}
      {rest === '' && <Start />}
      {rest !== '' && !data && !fault && <ProgressBar done={0} label={say('title')} />}
      {rest !== '' && data && <ComposeDesk key={rest} id={rest} kept={data} />}
    </div>
  );
}
