/**
 * Any picture painted over with strokes: the heart of the oil painter, and of restyling a photograph as paint. Curved strokes of several
 * sizes (Hertzmann 1998) that follow the edges of the motif; where it has none, the sweep of the arm.
 *
 *   motif ─▶ for every brush, large to small: where paint and motif differ ─▶ strokes ─▶ light on the ridges
 */
import type { Random } from '../../../../core/index.ts';
import {
  type Bitmap,
  blurField,
  createBitmap,
  createField,
  createNoise,
  type Field,
  type Noise,
  type Point,
} from '../../raster/index.ts';
import { bristlesOf, type Canvas, layPiece } from './lay-paint.ts';

export interface StrokeOptions {
  /** Half widths in thousandths of the shorter side, largest first. */
  readonly strokes: readonly number[];
  /** Mean difference (0–1) above which a stroke is laid. */
  readonly threshold: number;
  readonly relief: number;
}

interface Easel {
  readonly random: Random;
  /** Pixels to a thousandth of the paper. */
  readonly scale: number;
  breathe(): Promise<void>;
  progress(done: number): void;
}

/** Radii between the first strokes, which lie so close that none of the ground shows. */
const GROUND_STEP = 1.6;
/** Longest stroke in radii, and the shortest before it may stop. */
const LONGEST = 14;
const SHORTEST = 3;

/** A bitmap of strokes over the whole motif. */
export async function paintStrokes(
  motif: Bitmap,
  easel: Easel,
  { strokes, threshold, relief }: StrokeOptions,
): Promise<Bitmap> {
  const { width, height } = motif;
  const whole = split(motif);
  const canvas: Canvas = {
    width,
    height,
    colours: new Float32Array(width * height * 3).fill(-1),
    heights: new Float32Array(width * height),
  };
  const bristles = bristlesOf(easel.random.fork('bristles'));
  const sweep = createNoise(easel.random.fork('sweep'));
  for (const [pass, size] of strokes.entries()) {
    const radius = Math.max(1, size * easel.scale);
    const reference = referenceOf(whole, radius);
    const starts = startsOf(reference, canvas, radius, pass === 0 ? -1 : threshold, easel.random.fork(`pass-${pass}`));
    for (const [i, start] of starts.entries()) {
      const colour = colourAt(reference, start[0], start[1]);
      const points = everySecond(follow({ reference, radius, sweep, scale: easel.scale }, start, colour));
      for (let n = 1; n < points.length; n++) {
        const along = n / points.length;
        layPiece(canvas, points[n - 1]!, points[n]!, { colour, radius, along, phase: i * 0.37 + pass, bristles });
      }
      if (i % 200 === 199) await easel.breathe();
    }
    easel.progress(0.4 + (0.55 * (pass + 1)) / strokes.length);
  }
  return lightRelief(canvas, relief);
}

/** What a brush sees of the motif: three channels and lightness, blurred to its size. */
interface Reference {
  readonly width: number;
  readonly height: number;
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly light: Field;
}

function split({ width, height, data }: Bitmap): Field[] {
  return [0, 1, 2].map((channel) => {
    const field = createField(width, height);
    for (let i = 0; i < field.data.length; i++) field.data[i] = data[4 * i + channel]! / 255;
    return field;
  });
}

function referenceOf(whole: readonly Field[], radius: number): Reference {
  const [red, green, blue] = whole.map((field) => blurField(field, radius * 0.45)) as [Field, Field, Field];
  const light = createField(red.width, red.height);
  for (let i = 0; i < light.data.length; i++)
    light.data[i] = 0.3 * red.data[i]! + 0.59 * green.data[i]! + 0.11 * blue.data[i]!;
  return { width: red.width, height: red.height, red: red.data, green: green.data, blue: blue.data, light };
}

type Colour = readonly [number, number, number];

function indexAt({ width, height }: Reference, x: number, y: number): number {
  const px = x < 0 ? 0 : x >= width ? width - 1 : x | 0;
  const py = y < 0 ? 0 : y >= height ? height - 1 : y | 0;
  return py * width + px;
}

function colourAt(reference: Reference, x: number, y: number): Colour {
  const at = indexAt(reference, x, y);
  return [reference.red[at]!, reference.green[at]!, reference.blue[at]!];
}

/** Where strokes begin: in every cell the place that differs most from the motif, if it differs enough; in mixed order. */
function startsOf(reference: Reference, canvas: Canvas, radius: number, threshold: number, random: Random): Point[] {
  const { width, height } = reference;
  const step = Math.max(1, Math.round(radius * (threshold < 0 ? GROUND_STEP : 1.2)));
  const starts: Point[] = [];
  for (let top = 0; top < height; top += step) {
    for (let left = 0; left < width; left += step) {
      if (threshold < 0) {
        starts.push([left + random.next() * step, top + random.next() * step]);
        continue;
      }
      const worst = worstIn(reference, canvas, left, top, step);
      if (worst.mean > threshold) starts.push(worst.place);
    }
  }
  return random.shuffle(starts);
}

function worstIn(
  { width, height, red, green, blue }: Reference,
  { colours }: Canvas,
  left: number,
  top: number,
  step: number,
): { mean: number; place: Point } {
  let sum = 0;
  let worst = -1;
  let count = 0;
  let place = top * width + left;
  const right = Math.min(left + step, width);
  for (let y = top; y < Math.min(top + step, height); y++) {
    for (let x = left, at = y * width + left; x < right; x++, at++) {
      const dr = red[at]! - colours[3 * at]!;
      const dg = green[at]! - colours[3 * at + 1]!;
      const db = blue[at]! - colours[3 * at + 2]!;
      const away = dr * dr + dg * dg + db * db;
      sum += Math.sqrt(away);
      count++;
      if (away > worst) {
        worst = away;
        place = at;
      }
    }
  }
  return { mean: sum / count, place: [place % width, Math.floor(place / width)] };
}

interface Following {
  readonly reference: Reference;
  readonly radius: number;
  readonly sweep: Noise;
  /** Pixels to a unit. */
  readonly scale: number;
}

/** The course of one stroke: along the edges of the motif, until its colour is another's. */
function follow({ reference, radius, sweep, scale }: Following, start: Point, colour: Colour): Point[] {
  const { width, height, red, green, blue } = reference;
  const points: Point[] = [start];
  let [dx, dy] = [0, 0];
  let [x, y] = start;
  for (let step = 0; step < LONGEST; step++) {
    const [gx, gy] = gradientAt(reference.light, x, y, radius);
    const length = Math.hypot(gx, gy);
    const arm = length < EDGE ? 2.1 * sweep(x / (230 * scale), y / (170 * scale)) : 0;
    // Along the edge where there is one, else with the sweep of the arm.
    let [nx, ny] = length < EDGE ? [Math.cos(arm), Math.sin(arm)] : [-gy / length, gx / length];
    if (step > 0 && nx * dx + ny * dy < 0) [nx, ny] = [-nx, -ny];
    if (step > 0) [nx, ny] = [nx * 0.6 + dx * 0.4, ny * 0.6 + dy * 0.4];
    const unit = Math.hypot(nx, ny) || 1;
    [dx, dy] = [nx / unit, ny / unit];
    x += dx * radius;
    y += dy * radius;
    if (x < 0 || y < 0 || x >= width || y >= height) break;
    if (step >= SHORTEST) {
      const at = (y | 0) * width + (x | 0);
      const [er, eg, eb] = [red[at]! - colour[0], green[at]! - colour[1], blue[at]! - colour[2]];
      if (er * er + eg * eg + eb * eb > 0.0144) break;
    }
    points.push([x, y]);
  }
  return points;
}

/** Pieces of two radii: half as many joints, and as smooth to the eye. */
const everySecond = (points: readonly Point[]): Point[] =>
  points.filter((_, i) => i % 2 === 0 || i === points.length - 1);

/** Change of lightness below which there is no edge to follow. */
const EDGE = 0.02;

function gradientAt({ width, height, data }: Field, x: number, y: number, radius: number): [number, number] {
  const reach = Math.max(1, Math.round(radius * 0.5));
  const [px, py] = [Math.min(width - 1, Math.max(0, x | 0)), Math.min(height - 1, Math.max(0, y | 0))];
  const [left, right] = [Math.max(0, px - reach), Math.min(width - 1, px + reach)];
  const [top, foot] = [Math.max(0, py - reach), Math.min(height - 1, py + reach)];
  return [data[py * width + right]! - data[py * width + left]!, data[foot * width + px]! - data[top * width + px]!];
}

/** Light from the upper left on the ridges of the paint. */
function lightRelief({ width, height, colours, heights }: Canvas, relief: number): Bitmap {
  const out = createBitmap(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const slope = heights[at]! - heights[Math.max(0, y - 1) * width + Math.max(0, x - 1)]!;
      const light = 255 * (1 + relief * 0.2 * slope);
      for (let c = 0; c < 3; c++) out.data[4 * at + c] = Math.max(0, colours[3 * at + c]!) * light;
      out.data[4 * at + 3] = 255;
    }
  }
  return out;
}
