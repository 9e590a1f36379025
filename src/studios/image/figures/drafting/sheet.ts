/**
 * Drawings written down as data: a design and its parts from back to front, each a line of words, an outline and the lines on it.
 *
 *   ["body porcelain round own", "M10 20 …", "1.2 .6 M…", "1 .4 fold M…"]
 *
 * Words after part and paint: `round`, `slope` (form) · `own` (takes the colour asked for) · `glow=.8` `soft=.3` `op=.5` `tone=.4` ·
 * `tex=planks:0:.6` (kind, degrees, density) · `bare` (no contour) · `twin` (again, mirrored about the middle) · `half` (the path is the
 * left half from top to bottom) · `if=lit`, `not=open` (by state) · `from=.3` (only from that detail on). Of lines: width, tone, then
 * `taper`, `nail`, `breath`, `bone` or a stroke role, `#rrggbb`, `twin`, `from=.3`, then the path.
 */
import type { Point } from '../../raster/index.ts';
import { PRESSURE } from '../marks.ts';
import type { Drawer, StrokeRole, Texture } from '../types.ts';
import type { PaintName } from './paint.ts';
import { parsePath } from './path.ts';
import { createPen, type FillOptions, type LineOptions, type Pen } from './pen.ts';

/** One drawing: its size and its parts. */
export interface DrawingSheet {
  readonly size: readonly number[];
  readonly afloat?: boolean;
  readonly parts: readonly (readonly string[])[];
}

/** Drawers of all drawings of a table. */
export function drawersOf(table: Readonly<Record<string, DrawingSheet>>): Record<string, Drawer> {
  return Object.fromEntries(Object.entries(table).map(([id, sheet]) => [id, drawerOf(sheet)]));
}

/** The drawer of one drawing. */
export function drawerOf(sheet: DrawingSheet): Drawer {
  const [width = 100, height = 100] = sheet.size;
  return (placed, context) => {
    const pen = createPen(placed, context, { width, height, afloat: sheet.afloat === true });
    drawParts(pen, sheet.parts, width);
    return pen.shapes;
  };
}

/** Draws parts with a pen whose design is so wide. */
export function drawParts(pen: Pen, parts: readonly (readonly string[])[], width: number): void {
  for (const [head = '', outline = '', ...strokes] of parts) drawPart(pen, { head, outline, strokes }, width);
}

interface Part {
  readonly head: string;
  readonly outline: string;
  readonly strokes: readonly string[];
}

function drawPart(pen: Pen, { head, outline, strokes }: Part, width: number): void {
  const [part = 'part', paint = 'dark', ...words] = head.split(' ');
  if (!isWanted(pen, words)) return;
  const sides = words.includes('twin') ? [false, true] : [false];
  for (const turned of sides) {
    const lines = outline === '' ? [] : parsePath(outline).map((line) => (turned ? flipped(line, width) : line));
    const [first = []] = lines;
    const whole = words.includes('half') ? [[...first, ...flipped(first, width).reverse()]] : lines;
    pen.fill(part, covered(pen, part, paint as PaintName), whole, fillOptions(pen, words));
    for (const stroke of strokes) drawLine(pen, stroke, width, turned);
  }
}

/** Snow lies on roofs. */
const covered = (pen: Pen, part: string, paint: PaintName): PaintName =>
  pen.snowy && /roof|thatch|dome|awning|spire|eave/u.test(part) ? 'snow' : paint;

const flipped = (line: readonly Point[], width: number): Point[] => line.map(([x, y]): Point => [width - x, y]);

const worth = (words: readonly string[], name: string): string | undefined =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

function isWanted(pen: Pen, words: readonly string[]): boolean {
  const [when, not, from] = [worth(words, 'if'), worth(words, 'not'), worth(words, 'from')];
  const holds = (state: string): boolean => (state === 'lit' ? pen.lit : pen.is(state));
  if (when && !holds(when)) return false;
  if (not && holds(not)) return false;
  return from === undefined || pen.detail >= Number(from);
}

function fillOptions(pen: Pen, words: readonly string[]): FillOptions {
  const number = (name: string): number | undefined => {
    const value = worth(words, name);
    return value === undefined ? undefined : Number(value);
  };
  const [glow, softness, opacity, tone] = [number('glow'), number('soft'), number('op'), number('tone')];
  const texture = textureOf(worth(words, 'tex'));
  return {
    ...(words.includes('round') && { form: 'round' as const }),
    ...(words.includes('slope') && { form: 'slope' as const }),
    ...(words.includes('bare') && { lined: false }),
    ...(words.includes('own') && { colour: pen.colour }),
    ...(glow !== undefined && { glow }),
    ...(softness !== undefined && { softness }),
    ...(opacity !== undefined && { opacity }),
    ...(tone !== undefined && { tone }),
    ...(texture && { texture }),
  };
}

function textureOf(text: string | undefined): Texture | undefined {
  if (!text) return undefined;
  const [kind, degrees = '0', density = '0.5'] = text.split(':');
  return { kind: kind as Texture['kind'], direction: (Number(degrees) * Math.PI) / 180, density: Number(density) };
}

const ROLES = new Set([
  'contour',
  'branch',
  'leaf',
  'needle',
  'petal',
  'vein',
  'fold',
  'hair',
  'ripple',
  'texture',
  'detail',
  'rain',
]);

function drawLine(pen: Pen, text: string, width: number, turned: boolean): void {
  const start = text.search(/[MOR]/);
  const [wide = '1', tone = '0.6', ...words] = text.slice(0, start).trim().split(/\s+/);
  if (!isWanted(pen, words)) return;
  const lines = parsePath(text.slice(start)).map((line) => (turned ? flipped(line, width) : line));
  const all = words.includes('twin') ? [...lines, ...lines.map((line) => flipped(line, width))] : lines;
  for (const line of all) pen.line(line, Number(wide), Number(tone), lineOptions(words));
}

function lineOptions(words: readonly string[]): LineOptions {
  const pressure = words.find((word) => word in PRESSURE) as keyof typeof PRESSURE | undefined;
  const role = words.find((word) => ROLES.has(word)) as StrokeRole | undefined;
  const colour = words.find((word) => word.startsWith('#'));
  return { ...(pressure && { pressure: PRESSURE[pressure] }), ...(role && { role }), ...(colour && { colour }) };
}
