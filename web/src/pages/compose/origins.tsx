/** "Where does this bar come from?": of each part that sounds in it, the piece that wrote it, and who has kept it since. */
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { FaultNote } from '../../design/note.tsx';
import { defineWords, useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { useOpName } from '../../work/use-op-name.ts';
import styles from './compose.module.css';
import { type Ancestor, originsOf } from './origin.ts';
import type { Score } from './score.ts';

const WORDS = defineWords({
  title: { en: 'Where bar {bar} comes from', zh: '第 {bar} 小节从何而来' },
  choose: { en: 'Choose a bar to see which piece wrote it.', zh: '选一个小节，看它出自哪一首。' },
  here: { en: 'written in this piece ({op})', zh: '本曲所写（{op}）' },
  kept: { en: ', kept since', zh: '，此后未变' },
  rests: { en: 'Nothing begins in this bar.', zh: '此小节没有音开始。' },
  edited: { en: 'As it was last kept.', zh: '以上次存下的为准。' },
});

/** How far back a line is followed. */
const FARTHEST = 40;

interface OriginsProps {
  readonly id: string;
  /** Index of the bar, and the number that musicians give it; undefined: none is chosen. */
  readonly bar: { readonly index: number; readonly number: number } | undefined;
  readonly edited: boolean;
}

export function Origins({ id, bar, edited }: OriginsProps): ReactNode {
  const say = useWords(WORDS);
  // Only who asks waits for the whole line of pieces.
  const { data: line, fault } = useAnswer(bar ? `line/${id}` : null, (signal) => readLine(id, signal));
  const opName = useOpName();
  const found = bar && line ? originsOf(line, bar.index) : undefined;
  const title = say('title', { bar: bar?.number ?? '…' });
  return (
    <section className={styles.panel} aria-label={title}>
      <h2>{title}</h2>
      {fault && <FaultNote fault={fault} />}
      {!bar && <p className={styles.quiet}>{say('choose')}</p>}
      {edited && bar && <p className={styles.quiet}>{say('edited')}</p>}
      {found?.length === 0 && <p className={styles.quiet}>{say('rests')}</p>}
      {found?.map(({ part, by, kept }) => (
        <p key={part} data-origin={by.id}>
          <strong>{part}</strong>{' '}
          {kept === 0 ? (
            say('here', { op: opName(by.op) })
          ) : (
            <>
              <Link href={`/compose/${by.id}`}>{`${by.title || by.id.slice(0, 7)} (${opName(by.op)})`}</Link>
              {say('kept')}
            </>
          )}
        </p>
      ))}
    </section>
  );
}

/** The piece, what it was made from, and so on back: always the first score among its parents. */
async function readLine(id: string, signal: AbortSignal): Promise<Ancestor[]> {
  const { nodes } = await api.lineage(id, { signal });
  const known = new Map(nodes.map((node) => [node.id, node]));
  const own = known.get(id);
  const line: Ancestor[] = [];
  for (let node = own; node && line.length < FARTHEST; ) {
    const { bytes } = await api.content(node.id, { signal });
    const score = JSON.parse(new TextDecoder().decode(bytes)) as Score;
    line.push({ id: node.id, title: node.title, op: node.op, score });
    node = node.parents.map((parent) => known.get(parent)).find((parent) => parent?.medium === own!.medium);
  }
  return line;
}
