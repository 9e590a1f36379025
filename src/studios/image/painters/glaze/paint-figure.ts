/**
 * One figure in glazes of ink or colour: what is behind is lifted, the body washed, its contour and its lines drawn.
 *
 *   shape ─▶ lift ─▶ wash by material and light ─▶ contour with breathing pressure ─▶ strokes wet or dry
 */
import type { Random } from '../../../../core/index.ts';
import {
  type BrushStroke,
  drawBrush,
  filledPatch,
  type Glaze,
  type Grain,
  lift,
  type Patch,
  patchAround,
  pigmentOf,
  type Sheet,
  stain,
  type WashOptions,
  washed,
} from '../../brush/index.ts';
import type { Composition } from '../../composition/index.ts';
import type { Figure, Material, Shape, Stroke } from '../../figures/types.ts';
import { mixHex, type Noise, type Point } from '../../raster/index.ts';
import { type Air, litColour, reflected } from '../plain/index.ts';
import { type Band, hide } from './bands.ts';
import { LINES, MANNERS, type Manner } from './manner.ts';

/** How a painter of glazes works; factors are 1 for ink. */
export interface GlazeLook {
  /** Lines near and far. */
  readonly nearInk: string;
  readonly farInk: string;
  /** Width and strength of contours. */
  readonly contour: number;
  readonly contourWidth: number;
  /** 0 even lines (铁线描) … 1 lines that breathe. */
  readonly breath: number;
  /** 0 ink alone … 1 the things' own colours; above 0.85 bodies are colour altogether, lit by the hour. */
  readonly colour: number;
  /** 0 dry … 1 wet. */
  readonly wetness: number;
  /** Factors of feathered edges, of cloudiness, of dry brush. */
  readonly feather: number;
  readonly uneven: number;
  readonly dry: number;
}

/** What all figures of one painting share. */
export interface GlazeRoom {
  readonly composition: Composition;
  readonly sheet: Sheet;
  /** Pixels to a unit. */
  readonly scale: number;
  readonly grain: Grain;
  readonly noise: Noise;
  readonly bands: readonly Band[];
  readonly look: GlazeLook;
  readonly air: Air;
  /** Sky and ground under everything; painters of colour leave their bodies clear of it. */
  readonly backdrop: Glaze | undefined;
}

interface Hand {
  readonly room: GlazeRoom;
  readonly band: number;
  /** 0 far … 1 near. */
  readonly depth: number;
  readonly random: Random;
  /** Strength of everything at this depth. */
  readonly strength: number;
  readonly ink: string;
}

/** Paints a figure onto its band. */
export function paintFigure(room: GlazeRoom, band: number, { placed, shapes }: Figure, random: Random): void {
  const { depth } = placed;
  const strength = 0.34 + 0.66 * depth ** 0.8;
  const hand: Hand = {
    room,
    band,
    depth,
    random,
    strength,
    ink: mixHex(room.look.farInk, room.look.nearInk, depth ** 0.6),
  };
  for (const shape of shapes) paintShape(hand, shape);
}

function paintShape(hand: Hand, shape: Shape): void {
  const manner = MANNERS[shape.material];
  const outline = scaled(shape.outline, hand.room.scale);
  if (outline.length > 2) paintBody(hand, shape, manner, outline);
  const own = shape.lined === false || manner.contour === 0 ? [] : contoursOf(hand, shape, manner, outline);
  drawLines(hand, shape, [...own, ...shape.strokes.map((stroke) => lineOf(hand, stroke))]);
}

const scaled = (points: readonly Point[], scale: number): Point[] => points.map(([x, y]) => [x * scale, y * scale]);

function paintBody(hand: Hand, shape: Shape, manner: Manner, outline: readonly Point[]): void {
  const { room } = hand;
  const { scale, sheet, look } = room;
  const softness = (shape.softness ?? 0) * 0.12 * extentOf(outline);
  // What is far has small, quiet edges.
  const feather = manner.feather * look.feather * scale * (0.4 + 0.6 * look.wetness) * (0.25 + 0.75 * hand.depth);
  const mask = filledPatch(
    [outline, ...(shape.holes ?? []).map((hole) => scaled(hole, scale))],
    softness * 2.5 + feather * 2 + 2,
    sheet,
  );
  if (!mask) return;
  const gradient = gradientOf(hand, shape, manner, outline);
  hideBehind(hand, shape, coverOf(room, shape, mask, { softness, feather, gradient }));
  if (manner.wash === 0 && !shape.glow && look.colour <= COLOURED) return;
  const wash = washed(mask, {
    softness: Math.max(softness, manner.run === 'inwards' ? 0 : 0.4 * scale),
    feather,
    rim: 0.35 * room.look.wetness,
    unevenness: Math.min(0.85, manner.uneven * look.uneven),
    gradient,
    noise: room.noise,
    size: Math.max(10, Math.min(60 * scale, extentOf(outline) * 0.35)),
  });
  stainBody(hand, shape, manner, wash);
}

/** From this much colour on, bodies are colour altogether. */
const COLOURED = 0.85;

/** Where a body hides what is behind it: in coloured manners just where its wash will lie, fading as slopes do into mist. */
function coverOf(
  room: GlazeRoom,
  { form }: Shape,
  mask: Patch,
  { softness, feather, gradient }: Pick<WashOptions, 'softness' | 'feather' | 'gradient'>,
): Patch {
  if (room.look.colour <= COLOURED) return softness > 0.3 ? washed(mask, { ...flat(room), softness }) : mask;
  return washed(mask, { ...flat(room), softness, feather, gradient: form === 'slope' ? gradient : undefined });
}

function hideBehind({ room, band }: Hand, { material, opacity = 1, glow = 0 }: Shape, cover: Patch): void {
  const air = material === 'cloud' || material === 'sky';
  // In ink, what shines and snow are the paper itself, left in the dark of the sky.
  const clear =
    room.look.colour > COLOURED
      ? air
        ? 0.5
        : 0.95
      : glow > 0
        ? 0.95 * Math.sqrt(glow)
        : material === 'snow'
          ? 0.8
          : 0;
  if (room.backdrop && clear > 0) lift(room.backdrop, cover, Math.min(1, opacity * clear));
  hide(room.bands, band, cover, opacity * (air ? 0.85 : 0.97));
}

/** Ink and colour in the same wash: little colour in ink painting, colour alone in the coloured manners. */
function stainBody({ room, band, strength, depth, ink }: Hand, shape: Shape, manner: Manner, wash: Patch): void {
  const { glaze } = room.bands[band]!;
  const opacity = shape.opacity ?? 1;
  if (room.look.colour > COLOURED) {
    const lit = shape.glow ? shape.colour : litColour(shape.colour, depth, room.air);
    const colour = reflected(shape.material, lit, room.air);
    stain(glaze, wash, pigmentOf(colour), opacity * (manner.run === 'even' ? 1 : 1.12));
    return;
  }
  const own = Math.min(1, manner.colour * room.look.colour * 1.6);
  const density = manner.wash * strength * opacity * (0.25 + 0.75 * shape.tone);
  stain(glaze, wash, pigmentOf(ink), density * (1 - own) * 0.75);
  const share = own * (0.35 + 0.65 * strength) * opacity * Math.max(0.35, manner.wash);
  stain(glaze, wash, pigmentOf(shape.colour), share);
}

const flat = ({ noise }: GlazeRoom) => ({ feather: 0, rim: 0, unevenness: 0, noise, size: 10 });

function boxOf(outline: readonly Point[]): { x0: number; y0: number; x1: number; y1: number } {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

function extentOf(outline: readonly Point[]): number {
  const { x0, y0, x1, y1 } = boxOf(outline);
  return Math.min(x1 - x0, y1 - y0);
}

const ramp = (value: number): number => {
  const t = Math.min(1, Math.max(0, value));
  return t * t * (3 - 2 * t);
};

/** Density of a wash by place. */
function gradientOf(
  { room }: Hand,
  shape: Shape,
  { run }: Manner,
  outline: readonly Point[],
): ((x: number, y: number) => number) | undefined {
  const { x0, y0, x1, y1 } = boxOf(outline);
  const [width, height] = [Math.max(1, x1 - x0), Math.max(1, y1 - y0)];
  if (shape.form === 'slope' || run === 'down') {
    const { noise, scale } = room;
    return (x, y) => 0.08 + ramp(1.05 - (y - y0) / height - 0.18 * noise(x / (70 * scale), y / (50 * scale)));
  }
  if (run === 'inwards') {
    const reach = 0.42;
    return (x, y) =>
      0.25 + 0.75 * ramp(Math.hypot((x - (x0 + x1) / 2) / width, (y - (y0 + y1) / 2) / height) / reach - 0.3);
  }
  if (run === 'lit' && shape.form === 'round') {
    const [lx, ly] = room.composition.light.at;
    const away = Math.hypot(lx * room.scale - x0, ly * room.scale - y0) || 1;
    const [ux, uy] = [(lx * room.scale - (x0 + x1) / 2) / away, (ly * room.scale - (y0 + y1) / 2) / away];
    // Crowns in full colour keep their body on the lit side.
    const low = shape.material === 'foliage' && room.look.colour > COLOURED ? 0.62 : 0.35;
    return (x, y) =>
      low + (1 - low) * ramp(0.5 - (((x - x0) / width - 0.5) * ux + ((y - y0) / height - 0.5) * uy) * 1.2);
  }
  return undefined;
}

/** A line ready to be drawn, with its colour and strength. */
interface Line {
  readonly stroke: BrushStroke;
  readonly colour: string | undefined;
}

/** The outline as strokes that breathe: pressed, lifted, and lost at the foot of slopes. */
function contoursOf(hand: Hand, shape: Shape, manner: Manner, outline: readonly Point[]): Line[] {
  if (outline.length < 3 || (shape.softness ?? 0) > 0.25) return [];
  const { scale, noise } = hand.room;
  const { y0, y1 } = boxOf(outline);
  const size = extentOf(outline) / scale;
  const { look } = hand.room;
  const width =
    Math.min(5.5, 0.55 + 0.045 * Math.sqrt(size) * 2.4) * look.contourWidth * (0.55 + 0.45 * hand.depth) * scale;
  const phase = hand.random.next() * 99;
  const closed = [...outline, outline[0]!];
  const radii = closed.map(([x, y]) => {
    const breath = 0.85 - 0.23 * look.breath + 0.55 * look.breath * noise(x / (26 * scale) + phase, y / (26 * scale));
    const foot = shape.form === 'slope' ? ramp((y1 - y) / Math.max(1, y1 - y0) / 0.55) : 1;
    return Math.max(0, (width / 2) * Math.min(1.25, breath) * foot);
  });
  const load = Math.min(1, manner.contour * look.contour) * (0.45 + 0.55 * shape.tone) * (0.5 + 0.5 * hand.strength);
  const stroke = {
    points: closed,
    radii,
    dryness: manner.dry * look.dry * (1 - 0.5 * look.wetness),
    fading: 0.1,
    rim: 0.1,
    phase,
    load,
  };
  return [{ stroke, colour: undefined }];
}

function lineOf({ room, random, strength }: Hand, { role, points, width, pressure, tone, colour }: Stroke): Line {
  const [dry, fading] = LINES[role];
  const radii = points.map((_, i) => {
    const at = pressure ? (i / Math.max(1, points.length - 1)) * (pressure.length - 1) : 0;
    const low = Math.floor(at);
    const press = pressure ? pressure[low]! + ((pressure[low + 1] ?? pressure[low]!) - pressure[low]!) * (at - low) : 1;
    return (width / 2) * press * room.scale;
  });
  const dryness = dry * room.look.dry * (1.15 - 0.6 * room.look.wetness);
  const load = Math.min(1, tone * (0.3 + 0.7 * strength) * 1.1);
  return {
    stroke: {
      points: scaled(points, room.scale),
      radii,
      dryness,
      fading,
      rim: 0.12 * room.look.wetness,
      phase: random.next() * 99,
      load,
    },
    colour,
  };
}

const LIGHTS: readonly Material[] = ['light', 'snow', 'ice'];

/** Lines of one colour together, so that crossing lines do not turn to blots. */
function drawLines(hand: Hand, shape: Shape, lines: readonly Line[]): void {
  const { room, band, ink } = hand;
  for (const [colour, own] of Map.groupBy(lines, (line) => line.colour)) {
    const points = own.flatMap(({ stroke }) => stroke.points);
    const widest = Math.max(...own.map(({ stroke }) => Math.max(...stroke.radii)));
    const patch: Patch | undefined = patchAround(points, widest + 2, room.sheet);
    if (!patch) continue;
    for (const { stroke } of own) drawBrush(patch.field, stroke, room.grain, [patch.x, patch.y]);
    // Lines of light are left white, as with wax.
    if ((shape.glow ?? 0) > 0 && LIGHTS.includes(shape.material)) {
      hide(room.bands, band, patch, 0.95);
      if (room.backdrop) lift(room.backdrop, patch, 0.95);
      continue;
    }
    const coloured = colour ?? (MANNERS[shape.material].colour > 0.9 ? shape.colour : undefined);
    const pigment = pigmentOf(
      coloured ? mixHex(ink, coloured, 0.75 * room.look.colour + (shape.material === 'petal' ? 0.25 : 0)) : ink,
    );
    stain(room.bands[band]!.glaze, patch, pigment, 0.95);
  }
}
