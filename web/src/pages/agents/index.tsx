/** Agents: a brief goes to somebody who plans, acts and looks; the artist watches, leads, and keeps what comes. */
import type { ReactNode } from 'react';
import { Sheet } from '../../design/page.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { Past } from './past.tsx';
import { Run } from './run.tsx';
import { Start } from './start.tsx';
import { WORDS } from './words.ts';

export function AgentsPage({ rest }: PageProps): ReactNode {
  const say = useWords(WORDS);
  if (rest !== '') return <Run key={rest} id={rest} />;
  return (
    <Sheet title={say('title')} lead={say('lead')}>
      <Start />
      <Past />
    </Sheet>
  );
}
