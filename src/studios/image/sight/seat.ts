/** Who sits on a bench, who is out in a boat, comes along when the bench or the boat was moved into view. */
import type { SceneElement } from '../../../kernel/index.ts';
import type { Composition, Placed } from '../composition/index.ts';

/** Where one is on a thing, as a share of its height from its top. */
const SEATS: Readonly<Record<string, number>> = {
  bench: 0.62,
  chair: 0.6,
  bed: 0.5,
  table: 0.15,
  boat: 0.62,
  'sailing-boat': 0.8,
  ship: 0.62,
  sled: 0.6,
  cart: 0.5,
};

/** A composition in which everybody is where they are carried; `elements` are those of its scene. */
export function keepSeated(composition: Composition, elements: readonly SceneElement[]): Composition {
  const placed = composition.placed.map((body): Placed => {
    const relation = body.from === undefined ? undefined : elements[body.from]?.relation;
    if (relation?.how !== 'on') return body;
    const hosts = composition.placed.filter(({ from, element }) => from === relation.to && element in SEATS);
    return hosts.length === 0 ? body : seatedOn(body, hosts);
  });
  return { ...composition, placed: placed.toSorted((a, b) => a.depth - b.depth) };
}

/** On the nearest of the hosts, when it is on none of them. */
function seatedOn(body: Placed, hosts: readonly Placed[]): Placed {
  const { x, y, width, height } = body.box;
  const off = ({ box, element }: Placed): number =>
    Math.max(
      Math.abs(x + width / 2 - (box.x + box.width / 2)) / (0.6 * box.width),
      Math.abs(y + height - (box.y + box.height * SEATS[element]!)) / (0.3 * box.height),
    );
  const host = hosts.reduce((one, other) => (off(other) < off(one) ? other : one));
  if (off(host) <= 1) return body;
  const foot = host.box.y + host.box.height * SEATS[host.element]!;
  const box = { x: host.box.x + (host.box.width - width) / 2, y: foot - height, width, height };
  return { ...body, depth: Math.min(1, host.depth + 0.003), box };
}
