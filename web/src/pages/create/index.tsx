/** Create: a sentence goes in; a poem, a picture and a tune that belong together come out, one after another. */
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { followJob, type LiveJob, noteJob, useJob } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { keptRecipe, type Recipe } from '../../shell/recipe.ts';
import { go, useAddress } from '../../shell/router.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { type Draft, useDraft } from '../../shell/undo.ts';
import { BriefBox, NO_WISH, type Wish } from './brief-box.tsx';
import styles from './create.module.css';
import { wishOf } from './from-file.ts';
import { PlanCards, type Renew } from './plan-cards.tsx';
import { Restored } from './restored.tsx';
import { Together } from './together.tsx';
import { useMade } from './use-made.ts';
import { WORDS } from './words.ts';

export function CreatePage(_: PageProps): ReactNode {
  const say = useWords(WORDS);
  const { searchParams } = useAddress();
  const id = searchParams.get('job');
  const draft = useDraft<Wish>('create', NO_WISH);
  const recipe = useRestored(searchParams.get('restored'), draft);
  const job = useKnownJob(id);
  const made = useMade(job);
  const plan = made.find(({ role }) => role === 'plan')?.work.id ?? wishedPlan(job);
  const hold = useRef<Renew>(undefined);
  const onHold = useCallback((renew: Renew | undefined) => {
    hold.current = renew;
  }, []);
  const make = async (wish: Wish, given?: string): Promise<void> => {
    try {
      const { brief, arts, count, seed, options } = wish;
      const planId = given ?? (await hold.current?.(brief.trim()));
      const asked = {
        brief: brief.trim(),
        ...(planId ? { plan: planId } : {}),
        ...(arts.length > 0 ? { arts: [...arts] } : {}),
        ...(count > 1 ? { count } : {}),
        ...(seed !== '' ? { seed: Number(seed) } : {}),
        ...(options as Record<string, Record<string, unknown>> | undefined),
      };
      draft.set(wish);
      go(`/?job=${noteJob(await api.createJob(asked)).id}`);
    } catch (thrown) {
      tellFault(thrown);
    }
  };
  const anew = (): void => {
    const { options: _, ...wish } = draft.now;
    draft.set(wish);
    go('/');
  };
  return (
    <div className={styles.page}>
      <BriefBox
        key={recipe?.work}
        wish={draft.now}
        small={job !== undefined || recipe !== undefined}
        onChange={(wish) => draft.set(wish, { join: 'brief' })}
        onMake={(wish) => void make(wish)}
      />
      {recipe && <Restored recipe={recipe} />}
      {job && (
        <>
          <Together job={job} made={made} />
          {plan && (
            <PlanCards
              id={plan}
              brief={draft.now.brief}
              onHold={onHold}
              onMake={(edited) => void make({ ...draft.now, brief: draft.now.brief || job.title.en }, edited)}
            />
          )}
          <div>
            <Button icon="plus" onClick={anew}>
              {say('anew')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** The recipe of a file that was let go over the page; its wish stands in the box, one step that can be undone. */
function useRestored(work: string | null, draft: Draft<Wish>): Recipe | undefined {
  const recipe = useMemo(() => {
    const kept = work === null ? undefined : keptRecipe();
    return kept?.work === work ? kept : undefined;
  }, [work]);
  const { set } = draft;
  useEffect(() => {
    if (recipe) set(wishOf(recipe));
  }, [recipe, set]);
  return recipe;
}

/** The plan that a job was given instead of words. */
function wishedPlan(job: LiveJob | undefined): string | undefined {
  return (job?.options as { readonly plan?: string } | null | undefined)?.plan;
}

/** A job of the address; after the page was loaded again it is asked for, with the works it has made. */
function useKnownJob(id: string | null) {
  const job = useJob(id);
  const missing = id !== null && job === undefined;
  useEffect(() => {
    if (!missing || id === null) return;
    const controller = new AbortController();
    followJob(id, controller.signal).catch((thrown) => {
      if (controller.signal.aborted) return;
      tellFault(thrown);
      go('/', { replace: true });
    });
    // It goes on being followed when it is known; only leaving the page ends it.
    return () => undefined;
  }, [missing, id]);
  return job;
}
