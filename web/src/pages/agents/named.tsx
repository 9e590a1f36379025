import type { AgentView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { useBoth } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import styles from './agents.module.css';
import { MEDIA } from './words.ts';

/** What an agent says, with the works that it calls w1, w2 … as links to them. */
export function Named({ agent, text }: { readonly agent: AgentView; readonly text: string }): ReactNode {
  const both = useBoth();
  const cards = useCardsOf(agent);
  return (
    <span className={styles.said}>
      {text.split(/\b(w\d+)\b/).map((piece, i) => {
        const id = /^w\d+$/.test(piece) ? agent.works[Number(piece.slice(1)) - 1] : undefined;
        if (id === undefined) return piece;
        const card = cards.get(id);
        const medium = card && (MEDIA[card.medium] ?? { en: card.medium, zh: card.medium });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence, in their order
          <Link key={i} href={`/works/${id}`}>
            {medium ? both(medium) : piece}
          </Link>
        );
      })}
    </span>
  );
}

/** Works of an agent and of those below, by their ids. */
export function useCardsOf({ cards = [] }: AgentView): ReadonlyMap<string, NonNullable<AgentView['cards']>[number]> {
  return new Map(cards.map((card) => [card.id, card]));
}
