/** The ways in which a hidden thing may come into view; each a new arrangement, none of them judged. */
import { sitsOn } from './astride.ts';
import type { Arrangement, Body } from './draft.ts';
import type { Ground } from './place.ts';

interface Case {
  /** Names of what hides it, the worst first. */
  readonly hiders: readonly string[];
  /** Whether it leaves too little on the paper even where nothing hides it. */
  readonly isSmall: boolean;
  readonly ground: Ground;
  nameOf(body: Body): string;
}

/** Ways to mend one element by its place in the scene; gentle ones first. */
export function waysToMend(
  arrangement: Arrangement,
  from: number,
  { hiders, isSmall, ground, nameOf }: Case,
): Arrangement[] {
  const { bodies, omitted } = arrangement;
  const own = bodies.filter((body) => body.from === from);
  const worst = hiders.slice(0, 3);
  const others = worst.flatMap((name) => bodies.find((body) => nameOf(body) === name && body.from !== from) ?? []);
  const with_ = (next: readonly Body[]): Arrangement => ({ bodies: next, omitted });
  const ways: Arrangement[] = [];
  for (const name of worst.filter((each) => each.endsWith('-added')))
    ways.push({ bodies, omitted: new Set([...omitted, name]) });
  if (!own[0]!.stature.spread && !sitsOn(own[0]!, bodies)) {
    if (isSmall) for (const by of [1.3, 1.8, 2.6]) ways.push(with_(scaled(bodies, from, by)));
    for (const x of placesFor(own[0]!, bodies, ground)) ways.push(with_(movedTo(bodies, from, x)));
    for (const by of [1.3, 1.7]) ways.push(with_(scaled(bodies, from, by)));
    if (own.length > 1) for (const by of [1.35, 1.9]) ways.push(with_(spreadOut(bodies, from, by)));
    for (const by of [0.3, 0.6, 1]) ways.push(with_(raised(bodies, from, by, ground)));
  }
  // Too small a rider needs a larger mount.
  if (isSmall && sitsOn(own[0]!, bodies))
    for (const by of [1.3, 1.8, 2.6]) ways.push(with_(scaled(bodies, own[0]!.element.relation!.to, by)));
  for (const other of others) {
    // Who sits astride stays in the saddle.
    if (other.stature.spread || sitsOn(other, bodies)) continue;
    for (const by of [0.8, 0.6]) ways.push(with_(scaled(bodies, other.from, by)));
    if (other.element.relation?.to !== from)
      for (const x of placesFor(other, bodies, ground)) ways.push(with_(movedTo(bodies, other.from, x)));
  }
  for (const other of others) {
    ways.push(with_(forward(bodies, from, other.depth)));
    for (const by of [1.3, 1.8]) ways.push(with_(forward(scaled(bodies, from, by), from, other.depth)));
  }
  return ways;
}

const SIDES = { left: [0.1, 0.24, 0.36], centre: [0.44, 0.5, 0.56], right: [0.64, 0.76, 0.9] } as const;
const ANYWHERE = [0.08, 0.2, 0.32, 0.44, 0.56, 0.68, 0.8, 0.92];

/** Middles (x) where its words still hold. */
function placesFor(body: Body, bodies: readonly Body[], { paper }: Ground): number[] {
  const { side, relation } = body.element;
  const to = relation && bodies.find(({ from }) => from === relation.to);
  if (!to || to.stature.spread || to.stature.aloft)
    return (side ? SIDES[side] : ANYWHERE).map((share) => share * paper.width);
  const { x, width } = to.box;
  const near = relation.how === 'on' || relation.how === 'in' || relation.how === 'above' || relation.how === 'under';
  if (near) return [0.15, 0.3, 0.5, 0.7, 0.85].map((share) => x + width * share);
  const away = width / 2 + body.box.width * 0.6;
  const sides = [-1.6, -1.15, -1, -0.7, 0.7, 1, 1.15, 1.6].map((by) => x + width / 2 + by * away);
  return sides.filter((at) => at > 0 && at < paper.width);
}

/** Everything that stands on, in or by an element, however indirectly, and the element itself. */
function companyOf(bodies: readonly Body[], from: number): Set<number> {
  const company = new Set([from]);
  for (let grown = -1; grown !== company.size; ) {
    grown = company.size;
    for (const { element, from: own } of bodies)
      if (element.relation && company.has(element.relation.to)) company.add(own);
  }
  return company;
}

function movedTo(bodies: readonly Body[], from: number, x: number): Body[] {
  const own = bodies.filter((body) => body.from === from);
  const left = Math.min(...own.map(({ box }) => box.x));
  const right = Math.max(...own.map(({ box }) => box.x + box.width));
  const by = x - (left + right) / 2;
  const company = companyOf(bodies, from);
  return bodies.map((body) =>
    company.has(body.from) && !body.stature.spread ? { ...body, box: { ...body.box, x: body.box.x + by } } : body,
  );
}

/** Larger or smaller about its foot, with those that stand on it; what hangs or flies about its middle. */
function scaled(bodies: readonly Body[], from: number, by: number): Body[] {
  const carrier = bodies.find((body) => body.from === from)!;
  return bodies.map((body) => {
    const { element, stature, from: own } = body;
    const how = element.relation?.to === from ? element.relation.how : undefined;
    const isCarried = (how === 'on' || how === 'in') && !stature.spread && !carrier.stature.spread;
    if (own !== from && !isCarried) return body;
    const { x, y, width, height } = own === from ? body.box : carrier.box;
    const centre = [x + width / 2, y + height * (stature.aloft && own === from ? 0.5 : 1)] as const;
    const box = {
      x: centre[0] + (body.box.x - centre[0]) * by,
      y: centre[1] + (body.box.y - centre[1]) * by,
      width: body.box.width * by,
      height: body.box.height * by,
    };
    return { ...body, box };
  });
}

function spreadOut(bodies: readonly Body[], from: number, by: number): Body[] {
  const own = bodies.filter((body) => body.from === from);
  const middle = own.reduce((sum, { box }) => sum + box.x + box.width / 2, 0) / own.length;
  return bodies.map((body) => {
    if (body.from !== from) return body;
    const { x, width } = body.box;
    return { ...body, box: { ...body.box, x: middle + (x + width / 2 - middle) * by - width / 2 } };
  });
}

/** Higher on the paper, as what lies farther off. */
function raised(bodies: readonly Body[], from: number, by: number, { paper }: Ground): Body[] {
  const company = companyOf(bodies, from);
  const own = bodies.filter((body) => body.from === from);
  const room = Math.min(...own.map(({ box }) => box.y)) - 0.02 * paper.height;
  const lift = Math.min(Math.max(0, room), Math.max(...own.map(({ box }) => box.height)) * by);
  return bodies.map((body) =>
    company.has(body.from) && !body.stature.spread ? { ...body, box: { ...body.box, y: body.box.y - lift } } : body,
  );
}

/** Before what hides it, with all that stands on it. */
function forward(bodies: readonly Body[], from: number, depth: number): Body[] {
  const company = companyOf(bodies, from);
  const nearest = Math.min(...bodies.filter((body) => body.from === from).map((body) => body.depth));
  const by = Math.max(0, depth - nearest + 0.004);
  return bodies.map((body) => (company.has(body.from) ? { ...body, depth: Math.min(1, body.depth + by) } : body));
}
