/** The model that fills gaps: the one the artist prefers, else the first there is; null where there is none, undefined while that is not known. */
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';

export function useGapFiller(): string | null | undefined {
  const { data } = useAnswer('models', (signal) => api.models({ signal }));
  const { data: wishes } = useAnswer('model-defaults', (signal) => api.modelDefaults({ signal }));
  if (!data || !wishes) return undefined;
  const names = data.models.filter(({ roles, enabled }) => enabled && roles.includes('gaps')).map(({ name }) => name);
  const preferred = wishes.defaults.gaps;
  return preferred !== undefined && names.includes(preferred) ? preferred : (names[0] ?? null);
}
