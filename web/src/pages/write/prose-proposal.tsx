/** What the model proposes, as a difference to what stands there: deleted words struck, new words marked. */
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { ProgressBar } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './prose-desk.module.css';
import { PROSE_WORDS } from './prose-words.ts';
import { diffWords } from './spans.ts';
import desk from './verse-desk.module.css';
import { WORDS } from './words.ts';

interface ProseProposalProps {
  readonly before: string;
  readonly text: string;
  /** The job that still writes; null while it is being handed in; undefined once it is done. */
  readonly job: string | null | undefined;
  onAccept(): void;
  onReject(): void;
  onAnother(): void;
}

export function ProseProposal({ before, text, job, onAccept, onReject, onAnother }: ProseProposalProps): ReactNode {
  const say = useWords(PROSE_WORDS);
  const says = useWords(WORDS);
  return (
    <section className={desk.change} aria-label={says('changes')}>
      <h2>{before === '' ? say('continuation') : says('changes')}</h2>
      <div className={styles.diff}>
        {diffWords(before, text).map(({ kind, text: words }, i) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: steps stand in their order
          if (kind === 'same') return <span key={i}>{words}</span>;
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          return kind === 'out' ? <del key={i}>{words}</del> : <ins key={i}>{words}</ins>;
        })}
      </div>
      {job !== undefined && <ProgressBar done={0} label={says('writing')} />}
      <div className={desk.tools}>
        {job === undefined ? (
          <>
            <Button tone="seal" icon="check" onClick={onAccept}>
              {says('accept')}
            </Button>
            <Button icon="again" onClick={onAnother}>
              {say('another')}
            </Button>
            <Button onClick={onReject}>{says('reject')}</Button>
          </>
        ) : (
          job && <Button onClick={() => void api.cancelJob(job).catch(tellFault)}>{says('cancel')}</Button>
        )}
      </div>
    </section>
  );
}
