import type { SceneElement } from '../../../kernel/index.ts';

/** The elements of a new reading with the locked ones of an earlier scene before them; a locked one stands for its id. Relations follow. */
export function keepLocked(read: readonly SceneElement[], earlier: readonly SceneElement[]): SceneElement[] {
  const kept = earlier.filter(({ locked }) => locked);
  const fresh = read.filter(({ id }) => !kept.some((old) => old.id === id));
  const all = [...kept, ...fresh];
  const placeOf = (element: SceneElement | undefined): number =>
    element === undefined
      ? -1
      : all.includes(element)
        ? all.indexOf(element)
        : all.findIndex(({ id }) => id === element.id);
  return all.map((element) => {
    const { relation, ...rest } = element;
    if (!relation) return element;
    const to = placeOf((element.locked ? earlier : read)[relation.to]);
    return to < 0 || to === all.indexOf(element) ? rest : { ...rest, relation: { how: relation.how, to } };
  });
}
