/** One figure in plain opaque colour: shapes filled and shaded by the light, lines drawn over them. */
import { filledPatch, type Patch, patchAround, type Sheet } from '../../brush/index.ts';
import type { Composition } from '../../composition/index.ts';
import type { Figure, Shape, Stroke } from '../../figures/types.ts';
import {
  type Bitmap,
  blurField,
  drawStroke,
  fromOklab,
  mixHex,
  type Noise,
  type Point,
  parseHex,
  type Triple,
  toOklab,
} from '../../raster/index.ts';
import { type Air, litColour, shadeHex } from './air.ts';

export interface PlainRoom {
  readonly composition: Composition;
  readonly air: Air;
  readonly sheet: Sheet;
  readonly scale: number;
  readonly noise: Noise;
  /** How strongly forms are modelled by light, 0 flat … 1. */
  readonly modelling: number;
  /** Steps of lightness; 0 smooth. */
  readonly steps: number;
  /** Outlines in units of width; 0 none. */
  readonly outline: number;
  readonly outlineColour: string;
}

/** Draws a figure over a bitmap. */
export function renderFigure(bitmap: Bitmap, room: PlainRoom, { placed, shapes }: Figure): void {
  for (const shape of shapes) {
    const outline = scaled(shape.outline, room.scale);
    if (outline.length > 2) fillShape(bitmap, room, shape, outline, placed.depth);
    drawLines(bitmap, room, shape, placed.depth);
    if (room.outline > 0 && outline.length > 2 && shape.lined !== false && (shape.softness ?? 0) < 0.2) {
      drawOutline(bitmap, room, outline, placed.depth);
    }
  }
}

const scaled = (points: readonly Point[], scale: number): Point[] => points.map(([x, y]) => [x * scale, y * scale]);

function fillShape(bitmap: Bitmap, room: PlainRoom, shape: Shape, outline: readonly Point[], depth: number): void {
  const box = boxOf(outline);
  const soft = (shape.softness ?? 0) * 0.12 * Math.min(box.width, box.height);
  const holes = (shape.holes ?? []).map((hole) => scaled(hole, room.scale));
  const patch = filledPatch([outline, ...holes], soft * 2.5 + 1, room.sheet);
  if (!patch) return;
  const glow = shape.glow ?? 0;
  const mist = shape.material === 'cloud';
  const lit = glow > 0 ? shape.colour : litColour(shape.colour, depth, room.air);
  const base = toOklab(parseHex(reflected(shape.material, lit, room.air)));
  const field = soft > 0.4 ? { ...patch, field: blurField(patch.field, soft) } : patch;
  const light = shadingOf(room, shape, box);
  layColour(bitmap, field, (shape.opacity ?? 1) * (mist ? 0.7 : 1), (x, y) => {
    const value = base[0] + light(x, y);
    const step = room.steps > 0 ? Math.round(value * room.steps) / room.steps : value;
    return fromOklab([Math.min(1, Math.max(0, step)), base[1], base[2]]);
  });
}

/** Mist takes the colour of the sky near it, water that of the sky over it. */
export function reflected(material: Shape['material'], lit: string, { top, low }: Air): string {
  if (material === 'cloud') return mixHex(lit, low, 0.45);
  return material === 'water' ? mixHex(lit, mixHex(low, top, 0.65), 0.6) : lit;
}

interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(points: readonly Point[]): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** Change of lightness over a shape. */
function shadingOf(
  { composition, scale, noise, modelling }: PlainRoom,
  { form, glow = 0 }: Shape,
  box: PixelBox,
): (x: number, y: number) => number {
  if (modelling === 0 || glow > 0) return () => 0;
  const [dx, dy] = [
    composition.light.at[0] * scale - (box.x + box.width / 2),
    composition.light.at[1] * scale - (box.y + box.height / 2),
  ];
  const away = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / away, dy / away];
  const grain = (x: number, y: number): number => 0.035 * noise(x / (16 * scale), y / (16 * scale));
  if (form === 'round') {
    return (x, y) => {
      const [px, py] = [(x - box.x) / box.width - 0.5, (y - box.y) / box.height - 0.5];
      return modelling * (0.24 * (px * ux + py * uy) + grain(x, y));
    };
  }
  if (form === 'slope') {
    return (x, y) => {
      const side = ux * ((x - box.x) / box.width - 0.5);
      return modelling * (0.16 * side + 0.08 * (0.5 - (y - box.y) / box.height) + 1.6 * grain(x, y));
    };
  }
  return (x, y) => modelling * 0.5 * grain(x, y);
}

/** Lays a colour over a bitmap where a patch says. */
function layColour(
  bitmap: Bitmap,
  { x: left, y: top, field }: Patch,
  opacity: number,
  colourAt: (x: number, y: number) => Triple,
): void {
  const { data, width } = bitmap;
  for (let y = 0, from = 0; y < field.height; y++) {
    for (let x = 0, at = ((y + top) * width + left) * 4; x < field.width; x++, from++, at += 4) {
      const alpha = field.data[from]! * opacity;
      if (alpha < 1 / 512) continue;
      const colour = colourAt(x + left, y + top);
      const below = data[at + 3]! / 255;
      const together = alpha + below * (1 - alpha);
      for (let c = 0; c < 3; c++) data[at + c] = (colour[c]! * alpha + data[at + c]! * below * (1 - alpha)) / together;
      data[at + 3] = Math.round(255 * together);
    }
  }
}

/** Lines of one colour are drawn together. */
function drawLines(bitmap: Bitmap, room: PlainRoom, shape: Shape, depth: number): void {
  const groups = Map.groupBy(
    shape.strokes,
    (stroke) => `${colourOfStroke(stroke, shape)}/${Math.round(stroke.tone * 4)}`,
  );
  for (const strokes of groups.values()) {
    const points = strokes.flatMap((stroke) => scaled(stroke.points, room.scale));
    const patch = patchAround(points, Math.max(...strokes.map(({ width }) => width)) * room.scale + 2, room.sheet);
    if (!patch) continue;
    for (const { points: line, width, pressure } of strokes) {
      const last = Math.max(1, line.length - 1);
      const radii = line.map(
        (_, i) => (width / 2) * room.scale * (pressure ? pressure[Math.round((i / last) * (pressure.length - 1))]! : 1),
      );
      drawStroke(patch.field, {
        points: line.map(([x, y]): Point => [x * room.scale - patch.x, y * room.scale - patch.y]),
        radii,
      });
    }
    const colour = fromOklab(toOklab(parseHex(litColour(colourOfStroke(strokes[0]!, shape), depth, room.air))));
    layColour(bitmap, patch, 0.35 + 0.6 * strokes[0]!.tone, () => colour);
  }
}

/** A line without a colour of its own is its surface in shadow. */
function colourOfStroke({ colour, tone, role }: Stroke, shape: Shape): string {
  if (colour) return colour;
  const own = role === 'leaf' || role === 'needle' || role === 'petal' || role === 'branch';
  return shadeHex(shape.colour, own ? -0.1 * tone : -0.12 - 0.22 * tone);
}

function drawOutline(
  bitmap: Bitmap,
  { outline: width, outlineColour, scale, sheet, air }: PlainRoom,
  outline: readonly Point[],
  depth: number,
): void {
  const patch = patchAround(outline, width * scale + 2, sheet);
  if (!patch) return;
  const line = [...outline, outline[0]!].map(([x, y]): Point => [x - patch.x, y - patch.y]);
  const radius = (width / 2) * scale * (0.5 + 0.5 * depth);
  drawStroke(patch.field, { points: line, radii: line.map(() => radius) });
  const colour = parseHex(litColour(outlineColour, depth, { ...air, strength: 1, tintShare: 0 }));
  layColour(bitmap, patch, 1, () => colour);
}
