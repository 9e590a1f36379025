/** The works on the wall: as many as were scrolled to, asked for in pages, asked anew when works change. */
import type { WorkCard } from '@llmagentos/sdk/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useEvents } from '../../api/events.tsx';
import { faultOf } from '../../api/fault.ts';
import { api } from '../../api/studio.ts';
import type { Fault } from '../../design/note.tsx';

export interface Wall {
  readonly works: readonly WorkCard[];
  /** How many fit the query. */
  readonly total: number;
  readonly fault: Fault | undefined;
  readonly asked: boolean;
  /** Asks for the next page, unless it is being asked for or there is none. */
  more(): void;
  /** Shows a changed work at once. */
  put(works: readonly WorkCard[]): void;
  again(): void;
}

type WallQuery = NonNullable<Parameters<typeof api.works>[0]>;

const PAGE = 120;

export function useWall(query: WallQuery): Wall {
  const key = JSON.stringify(query);
  const [state, setState] = useState({ key: '', works: [] as readonly WorkCard[], total: 0 });
  const [fault, setFault] = useState<Fault>();
  const busy = useRef<AbortController | undefined>(undefined);
  const ask = useCallback(
    (before: readonly WorkCard[], limit: number) => {
      busy.current?.abort();
      const controller = new AbortController();
      busy.current = controller;
      const last = before.at(-1)?.id;
      const { signal } = controller;
      api.works({ ...(JSON.parse(key) as WallQuery), limit, ...(last ? { before: last } : {}) }, { signal }).then(
        ({ works, total }) => {
          busy.current = undefined;
          setFault(undefined);
          setState({ key, works: [...before, ...works], total });
        },
        (thrown) => {
          if (!signal.aborted) setFault(faultOf(thrown));
        },
      );
    },
    [key],
  );
  const again = useCallback(
    () => ask([], Math.min(500, Math.max(PAGE, state.works.length))),
    [ask, state.works.length],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the query changes, not when a page came
  useEffect(() => ask([], PAGE), [ask]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEvents((event) => {
    if (event.type !== 'works-changed' && event.type !== 'job-end' && event.type !== 'reset') return;
    clearTimeout(timer.current);
    timer.current = setTimeout(again, 300);
  });
  return {
    works: state.works,
    total: state.total,
    fault,
    asked: state.key === key,
    more: () => {
      if (!busy.current && state.key === key && state.works.length < state.total) ask(state.works, PAGE);
    },
    put: (changed) => {
      const byId = new Map(changed.map((work) => [work.id, work]));
      setState((now) => ({ ...now, works: now.works.map((work) => byId.get(work.id) ?? work) }));
    },
    again,
  };
}
