/** Things that lie nowhere by their words: umbrellas are held, lanterns hang. */
import { type Body, boxAt } from './draft.ts';

/** An umbrella that lies nowhere is held by somebody: over the head, the handle before the breast. Changes the bodies. */
export function shelter(bodies: readonly Body[]): void {
  const isFree = ({ element: { id, relation } }: Body): boolean => {
    const to = bodies.find(({ from }) => from === relation?.to);
    return id === 'umbrella' && (!to || to.element.kind === 'weather' || to.element.kind === 'person');
  };
  const people = bodies.filter(({ element }) => element.kind === 'person');
  for (const [i, umbrella] of bodies.filter(isFree).entries()) {
    const holder = people[i];
    if (!holder) return;
    const { x, y, width, height } = holder.box;
    const size = height * 0.72;
    umbrella.depth = Math.min(1, holder.depth + 0.002);
    umbrella.box = boxAt(x + width * 0.5, y + height * 0.42, size, size);
  }
}

/** Lanterns that are nowhere hang under the eaves of the nearest building, or from a tree. Changes the bodies. */
export function hangLanterns(bodies: readonly Body[]): void {
  const hosts = bodies
    .filter(
      ({ element: { id, kind }, stature }) =>
        !stature.aloft && (kind === 'building' || kind === 'tree') && !/^(?:bridge|wall|forest)$/u.test(id),
    )
    .toSorted(
      (a, b) => Number(b.element.kind === 'building') - Number(a.element.kind === 'building') || b.depth - a.depth,
    );
  const isFree = ({ element: { id, relation, states = [], depth, side } }: Body): boolean =>
    id === 'lantern' &&
    !relation &&
    !depth &&
    !side &&
    !states.some((state) => /^(?:drifting|floating|flying)$/u.test(state));
  for (const [i, lantern] of bodies.filter(isFree).entries()) {
    const host = hosts[Math.floor(i / 2) % Math.max(1, hosts.length)];
    if (!host) return;
    const { x, y, width, height } = host.box;
    const tall = Math.max(34, height * 0.24);
    lantern.depth = Math.min(1, host.depth + 0.003);
    const by = lantern.box.width / lantern.box.height;
    lantern.box = boxAt(x + width * (i % 2 === 0 ? 0.26 : 0.74), y + height * 0.5 + tall * 0.8, tall * by, tall);
  }
}
