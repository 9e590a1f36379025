/** The engines of the artist's that paint from words, and the one that is preferred. */
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';

/** Stands for our own painters among the engines. */
export const OURS = '';

/** Our own small networks have panels of their own. */
const HOUSE = 'house';

export interface Engines {
  readonly names: readonly string[];
  /** A name, or `OURS`. */
  readonly preferred: string;
}

/** `last`: the model that made what is on the paper; who worked with it goes on with it. */
export function useEngines(last: string | undefined): Engines {
  const { data } = useAnswer('models', (signal) => api.models({ signal }));
  const { data: wishes } = useAnswer('model-defaults', (signal) => api.modelDefaults({ signal }));
  const names = (data?.models ?? [])
    .filter(({ roles, driver, enabled }) => enabled && driver !== HOUSE && roles.includes('picture'))
    .map(({ name }) => name);
  const preferred = [last, wishes?.defaults.picture].find((name) => name !== undefined && names.includes(name));
  return { names, preferred: preferred ?? OURS };
}
