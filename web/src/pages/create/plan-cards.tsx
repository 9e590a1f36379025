/**
 * The plan as cards that can be read, changed and held.
 *
 *   cards ─▶ plan/edit ─┬▶ made again, as it stands
 *                       └▶ plan/renew: what is locked stays, the rest is proposed anew ─▶ made
 */
import { type ReactNode, useEffect, useState } from 'react';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { Music, Verse } from './art-cards.tsx';
import { Mood, Palette, Setting, Themes } from './direction-cards.tsx';
import type { CardProps } from './plan-card.tsx';
import styles from './plan-cards.module.css';
import { changesOf, holdsAnything, type PlanDocument, withHeld, withLock, withoutOf } from './plan-document.ts';
import { SceneCard } from './scene-card.tsx';
import { WORDS } from './words.ts';

/** Reads words into a plan in which everything held stays. */
export type Renew = (brief: string) => Promise<string>;

interface PlanCardsProps {
  /** Id of the plan. */
  readonly id: string;
  /** The words in the box above: what is not locked is read from them. */
  readonly brief: string;
  /** Asked to make on another plan. */
  onMake(plan: string): void;
  /** Told how other words are read with what is held here; undefined while nothing is held. */
  onHold(renew: Renew | undefined): void;
}

export function PlanCards({ id, ...rest }: PlanCardsProps): ReactNode {
  const say = useWords(WORDS);
  const { data, fault } = useAnswer(`work/plan/${id}`, (signal) => api.work(id, { signal }));
  return (
    <section className={styles.plan} aria-label={say('plan')}>
      <div>
        <h2>{say('plan')}</h2>
        <p className={styles.lead}>{say('planLead')}</p>
      </div>
      {fault && <FaultNote fault={fault} />}
      {data?.document !== undefined && <Cards key={id} id={id} first={data.document as PlanDocument} {...rest} />}
    </section>
  );
}

function Cards({ id, first, brief, onMake, onHold }: PlanCardsProps & { readonly first: PlanDocument }): ReactNode {
  const say = useWords(WORDS);
  const [plan, setPlan] = useState(first);
  const [busy, setBusy] = useState(false);
  const after = (steps: () => Promise<string>): void => {
    setBusy(true);
    steps()
      .then(onMake, tellFault)
      .finally(() => setBusy(false));
  };
  useEffect(() => {
    onHold(holdsAnything(plan) ? async (words) => renewed(await edited(id, first, plan), words) : undefined);
    return () => onHold(undefined);
  }, [id, first, plan, onHold]);
  const card: CardProps = {
    plan,
    onChange: (part, to) => setPlan(withHeld(plan, part, to)),
    onLock: (part) => setPlan(withLock(plan, part)),
  };
  return (
    <>
      <div className={styles.cards}>
        <Themes {...card} />
        <Mood {...card} />
        <Setting {...card} />
        <Palette {...card} />
        <SceneCard {...card} />
        <Verse {...card} />
        <Music {...card} />
      </div>
      <div className={styles.acts}>
        <Button icon="again" disabled={busy} onClick={() => after(() => edited(id, first, plan))}>
          {say('again')}
        </Button>
        <Button
          disabled={busy}
          onClick={() => after(async () => renewed(await edited(id, first, plan), brief.trim() || plan.brief))}
        >
          {say('renew')}
        </Button>
      </div>
    </>
  );
}

/** The plan with the artist's changes as a work; the same one where nothing changed. */
async function edited(id: string, first: PlanDocument, plan: PlanDocument): Promise<string> {
  const changes = changesOf(first, plan);
  const without = withoutOf(first, plan);
  if (Object.keys(changes).length === 0 && without.length === 0) return id;
  return (await runOp({ op: 'plan/edit', inputs: [id], options: { changes, without } })).works[0]!;
}

async function renewed(id: string, brief: string): Promise<string> {
  return (await runOp({ op: 'plan/renew', inputs: [id], options: { brief }, fresh: true })).works[0]!;
}
