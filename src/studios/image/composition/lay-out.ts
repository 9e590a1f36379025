/**
 * Lays a scene out on the paper: many drafts by chance within what the words allow, judged by the rules of composition, the best kept.
 *
 *   plan.scene ─▶ paper, horizon ─▶ drafts (place, relate) ─▶ judged ─▶ composition
 */
import { createRandom, type Random } from '../../../core/index.ts';
import type { Plan, SceneElement } from '../../../kernel/index.ts';
import { addGround } from './add-ground.ts';
import { statesOf } from './astride.ts';
import { clearView, type Glimpse } from './clear-view.ts';
import type { Arrangement, Body } from './draft.ts';
import { judgeLayout, type LayoutWorth } from './judge-layout.ts';
import { lightOf, openSky, SHINING } from './light.ts';
import { type Mode, modeOf } from './mode.ts';
import { choosePalette } from './palette.ts';
import { type Paper, paperOf } from './paper.ts';
import { type Ground, isOnField, leadOf, placeAll } from './place.ts';
import { relateAll } from './relate.ts';
import { rowsOf } from './rows.ts';
import { statureOf } from './stature.ts';
import type { Box, Composition, Placed } from './types.ts';
import { findVoids } from './voids.ts';

export interface LayoutOptions {
  readonly seed: string;
  /** How many alternatives to give; default 1. */
  readonly count?: number;
  /** Drafts judged for each; default 40. */
  readonly drafts?: number;
  /** Written on it where there is room. */
  readonly inscription?: Composition['inscription'] | undefined;
  /** Pixels that were asked for: they decide the shape of the paper. */
  readonly size?: readonly [number, number] | undefined;
  /** What is seen of all that is placed; with it hidden things are brought into view. */
  readonly sight?: ((composition: Composition) => readonly Glimpse[]) | undefined;
}

export interface Layout {
  readonly composition: Composition;
  readonly mode: Mode;
  readonly worth: LayoutWorth;
}

/** Lays out the scene of a plan; alternatives differ in seed. A plan without a scene gives its ground alone. */
export function layOut(
  plan: Plan,
  { seed, count = 1, drafts = 40, inscription, size, sight }: LayoutOptions,
): Layout[] {
  return Array.from({ length: count }, (_, nth) => {
    const own = `${seed}/${nth}`;
    const tries = Array.from({ length: drafts }, (_, i) => draft(plan, createRandom(`${own}/draft-${i}`), size));
    const best = tries.reduce((a, b) => (b.worth.total > a.worth.total ? b : a));
    const { composition, worth } = sight
      ? cleared(plan, best, own, sight)
      : { ...best, composition: compose(plan, best, own) };
    return { mode: best.ground.mode, worth, composition: { ...composition, inscription } };
  });
}

/** A draft with everything in view. */
function cleared(
  plan: Plan,
  draft: Draft,
  seed: string,
  sight: NonNullable<LayoutOptions['sight']>,
): { composition: Composition; worth: LayoutWorth } {
  const { ground } = draft;
  const lead = leadOf(plan.scene?.elements ?? []);
  const composed = ({ bodies, omitted }: Arrangement): Composition =>
    compose(plan, { ...draft, bodies, voids: voidsOf(bodies, ground.paper) }, seed, omitted);
  const worthOf = ({ bodies }: Arrangement): LayoutWorth =>
    judgeLayout(bodies, lead, voidsOf(bodies, ground.paper), ground.paper);
  const first: Arrangement = { bodies: draft.bodies, omitted: new Set() };
  const best = clearView(first, {
    ground,
    nameOf: nameOfBody,
    glimpses: (arrangement) => sight(composed(arrangement)),
    worth: (arrangement) => worthOf(arrangement).total,
  });
  return { composition: composed(best), worth: worthOf(best) };
}

const voidsOf = (bodies: readonly Body[], paper: Paper): Box[] =>
  findVoids(
    bodies.filter(({ stature }) => !stature.spread).map(({ box }) => box),
    paper,
  );

interface Draft {
  readonly ground: Ground;
  readonly view: Composition['view'];
  readonly bodies: readonly Body[];
  readonly voids: readonly Box[];
  readonly worth: LayoutWorth;
}

function draft(plan: Plan, random: Random, size: LayoutOptions['size']): Draft {
  const elements = plan.scene?.elements ?? [];
  const paper = paperOf(plan.scene?.format, size ?? plan.scene?.size);
  const mode = modeOf(elements);
  const view = plan.scene?.view ?? viewOf(elements, paper);
  const ground = { paper, mode, horizon: horizonOf(view, mode, paper, random), roomy: roomyOf(elements) };
  const bodies = placeAll(elements, ground, random.fork('place'));
  relateAll(bodies, ground, random.fork('relate'));
  const voids = voidsOf(bodies, paper);
  return { ground, view, bodies, voids, worth: judgeLayout(bodies, leadOf(elements), voids, paper) };
}

/** One body alone in a landscape is seen nearly twice as large as among many. */
function roomyOf(elements: readonly SceneElement[]): number {
  const bodies = elements.filter((element) => {
    const isScenery = ['land', 'water', 'weather', 'sky'].includes(element.kind);
    return !isScenery && !statureOf(element, 0.5).spread;
  });
  return [1, 1.9, 1.6, 1.35, 1.2][bodies.length] ?? 1;
}

/** Tall paper and many mountains look deep, wide water level; from a height else. */
function viewOf(elements: readonly SceneElement[], { width, height }: Paper): Composition['view'] {
  const mountains = elements.filter(({ kind }) => kind === 'land').length;
  if (height > width * 1.6) return 'deep';
  return mountains > 1 && height >= width ? 'deep' : 'level';
}

function horizonOf(view: Composition['view'], mode: Mode, { height }: Paper, random: Random): number {
  if (mode === 'close-up' || mode === 'abstract') return height * 1.1;
  if (mode === 'sky') return height * 0.9;
  const [low, high] = { level: [0.5, 0.62], deep: [0.42, 0.52], high: [0.26, 0.36] }[view];
  return height * (low! + (high! - low!) * random.next());
}

function compose(plan: Plan, best: Draft, seed: string, omitted: ReadonlySet<string> = new Set()): Composition {
  const { paper, horizon } = best.ground;
  const random = createRandom(`${seed}/mood`);
  const bodies = [...best.bodies].sort((a, b) => a.depth - b.depth || a.from - b.from || a.nth - b.nth);
  const lamps = bodies.flatMap(({ element, box, stature }) => {
    const source = SHINING[element.id];
    if (!source) return [];
    return [{ source, box: stature.spread === 'sky' ? openSky(box, bodies, best.ground, random.fork('glow')) : box }];
  });
  const lead = bodies.find(({ from }) => from === leadOf(plan.scene?.elements ?? []));
  const added = addGround(plan, bodies, best.ground, seed, random.fork('ground')).filter(
    ({ name }) => !omitted.has(name),
  );
  const windy = plan.scene?.weather === 'wind' || plan.scene?.weather === 'storm';
  return {
    ...paper,
    view: best.view,
    horizon,
    weather: plan.scene?.weather ?? 'clear',
    season: plan.season ?? (plan.scene?.weather === 'snow' ? 'winter' : undefined),
    hour: plan.hour,
    mood: plan.mood,
    light: lightOf(plan, lamps, paper, random),
    wind: (random.next() < 0.5 ? -1 : 1) * (windy ? 0.8 : 0.2 * random.next()),
    palette: choosePalette(plan, random),
    placed: [
      ...bodies.map((body): Placed => placedOf(body, seed, bodies)),
      ...rowsOf(bodies, paper, seed),
      ...added,
    ].toSorted((a, b) => a.depth - b.depth),
    voids:
      added.length > 0
        ? findVoids(
            [...bodies.filter(({ stature }) => !stature.spread), ...added].map(({ box }) => box),
            paper,
          )
        : best.voids,
    focus: lead ? [lead.box.x + lead.box.width / 2, lead.box.y + lead.box.height / 2] : [paper.width / 2, horizon],
    seed,
  };
}

function placedOf(body: Body, seed: string, bodies: readonly Body[]): Placed {
  const { element, from, nth, of, depth, box, mirrored } = body;
  const name = nameOfBody({ element, from, nth, of });
  return {
    name,
    element: element.id,
    kind: element.kind,
    states: [
      ...statesOf(body, bodies),
      ...(isOnField(body) ? ['tilled'] : []),
      ...(element.relation?.how === 'reflected-in' ? ['reflected'] : []),
    ],
    box,
    depth,
    mirrored,
    colour: element.colour,
    seed: `${seed}/${name}`,
    from,
  };
}

const nameOfBody = ({ element, from, nth, of }: Pick<Body, 'element' | 'from' | 'nth' | 'of'>): string =>
  `${element.id}-${from}${of > 1 ? `-${nth + 1}` : ''}`;
