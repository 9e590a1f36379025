/**
 * The colours of one picture for another: optimal transport between their clouds of colours, by one dimension after another along turning axes
 * (Pitié, Kokaram, Dahyot 2007, iterative distribution transfer), in OKLab.
 */
import type { Random } from '../../../core/index.ts';
import { type Bitmap, createBitmap, fromOklab, type Triple, toOklab } from '../raster/index.ts';

const ROUNDS = 8;
/** Places at which the two distributions are compared along an axis. */
const QUANTILES = 256;

/** `content` in the colours of `style`; alpha stays. `strength` 0 leaves it, 1 takes them wholly. */
export function transferColours(content: Bitmap, style: Bitmap, random: Random, strength = 1): Bitmap {
  const points = labOf(content);
  const target = labOf(style, 60_000);
  for (let round = 0; round < ROUNDS; round++) {
    for (const axis of axesOf(random)) move(points, target, axis);
  }
  return paintedWith(content, points, strength);
}

/** Three channels a pixel; every so many pixels when there are more than `most`. */
function labOf({ data }: Bitmap, most = Infinity): Float32Array {
  const count = data.length / 4;
  const step = Math.max(1, Math.ceil(count / most));
  const lab = new Float32Array(Math.ceil(count / step) * 3);
  for (let i = 0, to = 0; i < count; i += step, to += 3) {
    lab.set(toOklab([data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!]), to);
  }
  return lab;
}

/** Three directions at right angles, turned by chance. */
function axesOf(random: Random): Triple[] {
  const [a, b, c] = [random.next() * 2 * Math.PI, random.next() * 2 * Math.PI, random.next() * 2 * Math.PI];
  const turn = (x: number, y: number, z: number): Triple => {
    const [x1, y1] = [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
    const [y2, z2] = [y1 * Math.cos(b) - z * Math.sin(b), y1 * Math.sin(b) + z * Math.cos(b)];
    return [x1 * Math.cos(c) - z2 * Math.sin(c), y2, x1 * Math.sin(c) + z2 * Math.cos(c)];
  };
  return [turn(1, 0, 0), turn(0, 1, 0), turn(0, 0, 1)];
}

/** Moves points along an axis so that they are spread along it as the target is. */
function move(points: Float32Array, target: Float32Array, [x, y, z]: Triple): void {
  const along = (list: Float32Array): Float32Array =>
    Float32Array.from(
      { length: list.length / 3 },
      (_, i) => list[3 * i]! * x + list[3 * i + 1]! * y + list[3 * i + 2]! * z,
    );
  const own = along(points);
  const from = quantiles(own);
  const to = quantiles(along(target));
  for (let i = 0; i < own.length; i++) {
    const shift = mapped(own[i]!, from, to) - own[i]!;
    points[3 * i]! += shift * x;
    points[3 * i + 1]! += shift * y;
    points[3 * i + 2]! += shift * z;
  }
}

function quantiles(values: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(values.length / 20_000));
  const sample = values.filter((_, i) => i % step === 0).sort();
  return Float32Array.from(
    { length: QUANTILES + 1 },
    (_, i) => sample[Math.round((i / QUANTILES) * (sample.length - 1))]!,
  );
}

/** The value that stands in `to` where this one stands in `from`. */
function mapped(value: number, from: Float32Array, to: Float32Array): number {
  let [low, high] = [0, QUANTILES];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= value) low = middle;
    else high = middle;
  }
  const span = from[high]! - from[low]!;
  const share = span > 1e-9 ? Math.min(1, Math.max(0, (value - from[low]!) / span)) : 0.5;
  return to[low]! + (to[high]! - to[low]!) * share;
}

function paintedWith(content: Bitmap, points: Float32Array, strength: number): Bitmap {
  const out = createBitmap(content.width, content.height);
  for (let i = 0; i < points.length / 3; i++) {
    const channels = fromOklab([points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!]);
    for (let c = 0; c < 3; c++) {
      const before = content.data[4 * i + c]!;
      out.data[4 * i + c] = before + (channels[c]! - before) * strength;
    }
    out.data[4 * i + 3] = content.data[4 * i + 3]!;
  }
  return out;
}
