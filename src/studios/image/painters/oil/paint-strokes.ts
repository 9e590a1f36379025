/** Any picture painted over with strokes: the heart of the oil painter, and of restyling a photograph as paint. */
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
  sampleField,
} from '../../raster/index.ts';

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

/** Three channels 0–1 as fields. */
type Channels = readonly [Field, Field, Field];

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
  const canvas: Channels = [
    createField(width, height, -1),
    createField(width, height, -1),
    createField(width, height, -1),
  ];
  const heights = createField(width, height);
  const bristles = createNoise(easel.random.fork('bristles'));
  for (const [pass, size] of strokes.entries()) {
    const radius = Math.max(1, size * easel.scale);
    const reference = whole.map((field) => blurField(field, radius * 0.45)) as unknown as Channels;
    const starts = startsOf(reference, canvas, radius, pass === 0 ? -1 : threshold, easel.random.fork(`pass-${pass}`));
    for (const [i, start] of starts.entries()) {
      layStroke({ reference, canvas, heights, bristles, radius, phase: i * 0.37 + pass }, start);
      if (i % 200 === 199) await easel.breathe();
    }
    easel.progress(0.4 + (0.55 * (pass + 1)) / strokes.length);
  }
  return lightRelief(canvas, heights, relief);
}

function split({ width, height, data }: Bitmap): Channels {
  const fields = [0, 1, 2].map((channel) => {
    const field = createField(width, height);
    for (let i = 0; i < field.data.length; i++) field.data[i] = data[4 * i + channel]! / 255;
    return field;
  });
  return fields as unknown as Channels;
}

/** Where strokes begin: in every cell the place that differs most from the motif, if it differs enough; in mixed order. */
function startsOf(reference: Channels, canvas: Channels, radius: number, threshold: number, random: Random): Point[] {
  const { width, height } = reference[0];
  const step = Math.max(1, Math.round(radius));
  const starts: Point[] = [];
  for (let top = 0; top < height; top += step) {
    for (let left = 0; left < width; left += step) {
      let [sum, worst, count] = [0, -1, 0];
      let place: Point = [left, top];
      for (let y = top; y < Math.min(top + step, height); y++) {
        for (let x = left; x < Math.min(left + step, width); x++) {
          const at = y * width + x;
          const away = differenceAt(reference, canvas, at);
          sum += away;
          count++;
          if (away > worst) {
            worst = away;
            place = [x, y];
          }
        }
      }
      if (sum / count > threshold)
        starts.push(threshold < 0 ? [left + random.next() * step, top + random.next() * step] : place);
    }
  }
  return random.shuffle(starts);
}

function differenceAt(a: Channels, b: Channels, at: number): number {
  if (b[0].data[at]! < 0) return 3;
  return Math.hypot(a[0].data[at]! - b[0].data[at]!, a[1].data[at]! - b[1].data[at]!, a[2].data[at]! - b[2].data[at]!);
}

interface Laying {
  readonly reference: Channels;
  readonly canvas: Channels;
  readonly heights: Field;
  readonly bristles: Noise;
  readonly radius: number;
  readonly phase: number;
}

/** A curved stroke along the edges of the motif, in the colour of its beginning. */
function layStroke(laying: Laying, start: Point): void {
  const { reference, radius } = laying;
  const colour = reference.map((field) => sampleField(field, start[0], start[1])) as [number, number, number];
  const points: Point[] = [start];
  let [dx, dy] = [0, 0];
  let [x, y] = start;
  for (let step = 0; step < LONGEST; step++) {
    const [gx, gy] = gradientAt(reference, x, y, radius);
    const length = Math.hypot(gx, gy);
    // Along the edge where there is one, else straight on, first slantwise.
    let [nx, ny] = length > 0.004 ? [-gy / length, gx / length] : step === 0 ? [0.8, 0.6] : [dx, dy];
    if (step > 0 && nx * dx + ny * dy < 0) [nx, ny] = [-nx, -ny];
    if (step > 0) [nx, ny] = [nx * 0.6 + dx * 0.4, ny * 0.6 + dy * 0.4];
    const unit = Math.hypot(nx, ny) || 1;
    [dx, dy] = [nx / unit, ny / unit];
    x += dx * radius;
    y += dy * radius;
    if (x < 0 || y < 0 || x >= reference[0].width || y >= reference[0].height) break;
    if (step >= SHORTEST && leaves(laying, x, y, colour)) break;
    points.push([x, y]);
  }
  for (let i = 1; i < points.length; i++) layPiece(laying, points[i - 1]!, points[i]!, colour, i / points.length);
}

function gradientAt([r, g, b]: Channels, x: number, y: number, radius: number): [number, number] {
  const reach = Math.max(1, radius * 0.5);
  const light = (px: number, py: number): number =>
    0.3 * sampleField(r, px, py) + 0.59 * sampleField(g, px, py) + 0.11 * sampleField(b, px, py);
  return [light(x + reach, y) - light(x - reach, y), light(x, y + reach) - light(x, y - reach)];
}

/** Whether the stroke's colour is no longer that of the motif here. */
function leaves({ reference }: Laying, x: number, y: number, colour: readonly number[]): boolean {
  return Math.hypot(...reference.map((field, c) => sampleField(field, x, y) - colour[c]!)) > 0.12;
}

function layPiece(
  { canvas, heights, bristles, radius, phase }: Laying,
  a: Point,
  b: Point,
  colour: readonly number[],
  along: number,
): void {
  const { width, height } = heights;
  const reach = radius + 1;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const squared = dx * dx + dy * dy || 1;
  const length = Math.sqrt(squared);
  const x1 = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0]) + reach));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1]) + reach));
  for (let y = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach)); y <= y1; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach)); x <= x1; x++) {
      const [px, py] = [x - a[0], y - a[1]];
      const share = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      const away = Math.hypot(px - share * dx, py - share * dy);
      const edge = Math.min(1, radius - away + 0.5);
      if (edge <= 0) continue;
      const across = (px * dy - py * dx) / length / radius;
      const ridge = bristles(across * 5 + phase * 13, phase * 7 + (along + share * 0.1) * 2);
      const opaque = edge * Math.min(1, 0.93 + 0.2 * ridge);
      const at = y * width + x;
      for (let c = 0; c < 3; c++) {
        const before = canvas[c]!.data[at]!;
        const paint = colour[c]! * (1 + 0.05 * ridge);
        canvas[c]!.data[at] = before < 0 ? paint : before + (paint - before) * opaque;
      }
      heights.data[at] = Math.max(heights.data[at]! * 0.6, 0.5 + 0.5 * ridge) * edge + heights.data[at]! * (1 - edge);
    }
  }
}

/** Light from the upper left on the ridges of the paint. */
function lightRelief(canvas: Channels, heights: Field, relief: number): Bitmap {
  const { width, height } = heights;
  const out = createBitmap(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const slope = heights.data[at]! - heights.data[Math.max(0, y - 1) * width + Math.max(0, x - 1)]!;
      const light = 1 + relief * 0.28 * slope;
      for (let c = 0; c < 3; c++) out.data[4 * at + c] = Math.max(0, canvas[c]!.data[at]!) * 255 * light;
      out.data[4 * at + 3] = 255;
    }
  }
  return out;
}
