/**
 * Errands that go on for long stand among the jobs while they do, so that the artist sees what keeps the machine busy and can
 * stop it. Short ones would only flicker there.
 */
import type { Bilingual, DeskView } from '../../kernel/index.ts';
import type { Errand } from '../errand.ts';
import type { OtherJobs } from './other-jobs.ts';

/** An errand that somebody is on. */
export interface GoingErrand {
  readonly id: string;
  readonly errand: Errand;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Asks it to stop; whoever asked for it is told `core/cancelled`. */
  cancel(): void;
}

/** From so many milliseconds on an errand is long. */
const LONG = 3000;

/** Jobs that the desk does not keep, some of which it can stop. */
export interface PassingJobs extends OtherJobs {
  /** Stops one; undefined where there is none that could be stopped. */
  cancel(id: string): DeskView | undefined;
}

/** Adds the long ones among the errands that are going on to the jobs of others. */
export function withLongErrands(
  others: OtherJobs,
  going: () => readonly GoingErrand[],
  clock: { now(): number },
): PassingJobs {
  const long = (): readonly GoingErrand[] => going().filter(({ since }) => clock.now() - since >= LONG);
  return {
    find: async (id) => {
      const one = long().find((each) => each.id === id);
      return one ? toView(one) : others.find(id);
    },
    list: async ({ state, limit }) => {
      const own = state === undefined || state === 'running' ? long().map(toView) : [];
      return [...own, ...(await others.list({ limit, ...(state && { state }) }))];
    },
    cancel: (id) => {
      const one = long().find((each) => each.id === id);
      one?.cancel();
      return one && { ...toView(one), state: 'cancelled' };
    },
  };
}

function toView({ id, errand, since }: GoingErrand): DeskView {
  const at = new Date(since).toISOString();
  return {
    id,
    task: { kind: 'op', op: opOf(errand), inputs: 'id' in errand ? [errand.id] : [], options: null, fresh: false },
    title: titleOf(errand),
    state: 'running',
    seed: null,
    createdAt: at,
    startedAt: at,
    works: [],
    report: null,
  };
}

function opOf(errand: Errand): string {
  return errand.errand === 'ask' ? errand.request.op : errand.errand;
}

function titleOf(errand: Errand): Bilingual {
  switch (errand.errand) {
    case 'ask':
      return { en: `Answering ${errand.request.op}`, zh: `回答 ${errand.request.op}` };
    case 'replay':
      return { en: 'Making a work again', zh: '重放作品' };
    case 'export':
      return { en: `Writing a work as ${errand.format}`, zh: `把作品写成 ${errand.format}` };
    case 'thumbnail':
      return { en: 'Drawing a small picture', zh: '绘制缩略图' };
    case 'critique':
      return { en: 'Measuring a work', zh: '测量作品' };
  }
}
