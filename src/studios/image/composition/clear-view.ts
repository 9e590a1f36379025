/**
 * Clears the view: what was asked for and is hidden, or too small to be seen, is moved aside, made larger, or what stands before it gives way.
 *
 *   layout ─▶ seen? ─ no ─▶ ways to mend (move, enlarge, shrink what hides, bring forward) ─▶ the best of them ─▶ seen? …
 *
 * It knows boxes alone; what is seen of them it is told by a function.
 */
import { type Arrangement, type Body, pulledIn, settled } from './draft.ts';
import type { Ground } from './place.ts';
import { waysToMend } from './ways-to-mend.ts';

/** What is seen of one placed thing: shares of the picture and of its own silhouette, and which others hide it how much. */
export interface Glimpse {
  readonly name: string;
  readonly area: number;
  readonly share: number;
  readonly hiddenBy: ReadonlyMap<string, number>;
}

/** How to look at an arrangement: names by body (in order), and what is seen of all that would be painted. */
export interface Look {
  readonly ground: Ground;
  nameOf(body: Body): string;
  glimpses(arrangement: Arrangement): readonly Glimpse[];
  /** Worth by the rules of composition, 0–1. */
  worth(arrangement: Arrangement): number;
}

/** Shares that must be seen: of the picture, of a body's silhouette, of the picture by what spreads. A little more than is promised. */
export const CLEAR = { area: 0.0007, share: 0.4, spread: 0.0125 } as const;
const ROUNDS = 8;
const ENOUGH = 1e-6;

/** The arrangement with everything seen, or as much as could be reached. */
export function clearView(first: Arrangement, look: Look): Arrangement {
  let best = judged(first, look);
  for (let round = 0; round < ROUNDS && best.lack > ENOUGH; round++) {
    const before = best;
    for (const element of before.hidden.slice(0, 2)) {
      const ways = waysToMend(before.arrangement, element.from, {
        hiders: element.hiders,
        isSmall: element.isSmall,
        ground: look.ground,
        nameOf: look.nameOf,
      });
      for (const way of ways) {
        const held = { ...way, bodies: way.bodies.map((body) => heldIn(body, look.ground)) };
        const tried = judged(held, look);
        if (tried.score < best.score - 1e-4) best = tried;
        if (best.lack <= ENOUGH) break;
      }
      if (best !== before) break;
    }
    if (best === before) break;
  }
  return best.arrangement;
}

const heldIn = (body: Body, { paper }: Ground): Body =>
  body.stature.spread ? body : settled({ ...body, box: pulledIn(body.box, paper.width, 0.85) }, paper.width);

interface Hidden {
  readonly from: number;
  readonly lack: number;
  readonly isSmall: boolean;
  /** Names, the one that hides most first. */
  readonly hiders: readonly string[];
}

interface Judged {
  readonly arrangement: Arrangement;
  /** Sum of what is lacking. */
  readonly lack: number;
  readonly score: number;
  /** The most hidden first. */
  readonly hidden: readonly Hidden[];
}

/** How much is lacking, and of what. */
function judged(arrangement: Arrangement, look: Look): Judged {
  const glimpses = new Map(look.glimpses(arrangement).map((glimpse) => [glimpse.name, glimpse]));
  const hidden = [...Map.groupBy(arrangement.bodies, ({ from }) => from)].map(([from, bodies]): Hidden => {
    const own = bodies.flatMap((body) => glimpses.get(look.nameOf(body)) ?? []);
    const area = own.reduce((sum, glimpse) => sum + glimpse.area, 0);
    const share = own.reduce((sum, glimpse) => sum + glimpse.share, 0) / Math.max(1, own.length);
    const spreads = isGroundSpread(bodies[0]!);
    const least = spreads ? CLEAR.spread : CLEAR.area;
    const lack = Math.max(0, 1 - area / least) + (bodies[0]!.stature.spread ? 0 : Math.max(0, 1 - share / CLEAR.share));
    const by = new Map<string, number>();
    for (const glimpse of own) for (const [name, part] of glimpse.hiddenBy) by.set(name, (by.get(name) ?? 0) + part);
    const hiders = [...by].toSorted((a, b) => b[1] - a[1]).map(([name]) => name);
    return { from, lack, isSmall: area < least, hiders };
  });
  const lack = hidden.reduce((sum, element) => sum + element.lack, 0);
  return {
    arrangement,
    lack,
    score: lack - 0.4 * look.worth(arrangement),
    hidden: hidden.filter((element) => element.lack > 0).toSorted((a, b) => b.lack - a.lack),
  };
}

/** Land and water that cover ground; what is strewn (stars, rain) needs no whole area. */
const isGroundSpread = ({ stature, element }: Body): boolean =>
  stature.spread === 'ground' && (element.kind === 'land' || element.kind === 'water');
