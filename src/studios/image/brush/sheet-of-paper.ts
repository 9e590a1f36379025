/** Paper: the ground of ink and watercolour, with its grain, fibres and stains of age. */
import type { Random } from '../../../core/index.ts';
import {
  type Bitmap,
  createBitmap,
  createField,
  createNoise,
  drawStroke,
  fractal,
  type Noise,
  parseHex,
} from '../raster/index.ts';
import type { Grain } from './bristles.ts';
import type { Sheet } from './patch.ts';

/** Grain of a paper; `scale` pixels to a unit, so that it looks the same at any size. */
export function createGrain(random: Random, scale: number): Grain {
  const fine = fractal(createNoise(random.fork('paper')), 3, 0.6);
  const size = Math.max(1.1, 1.6 * scale);
  return { bristles: createNoise(random.fork('bristles')), paper: (x, y) => fine(x / size, y / size) };
}

export interface PaperLook {
  /** `#rrggbb`. */
  readonly colour: string;
  /** 0 smooth … 1 rough. */
  readonly roughness: number;
  /** 0 new … 1 old silk, darker at the edges. */
  readonly age: number;
  /** Fibres to a square of 100 units. */
  readonly fibres: number;
}

/** A sheet as an opaque bitmap. */
export function paperBitmap(sheet: Sheet, look: PaperLook, scale: number, random: Random): Bitmap {
  const { width, height } = sheet;
  const bitmap = createBitmap(width, height);
  const fine = fractal(createNoise(random.fork('fine')), 4, 0.65);
  const broad = fractal(createNoise(random.fork('broad')), 3);
  const fibres = fibreField(sheet, look.fibres, scale, random.fork('fibres'));
  const colour = parseHex(look.colour);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const light =
        1 +
        0.02 * look.roughness * fine(x / (2.2 * scale), y / (2.2 * scale)) +
        0.012 * broad(x / (180 * scale), y / (180 * scale)) -
        0.03 * fibres[at]! -
        0.1 * look.age * edgeOf(x / width, y / height, broad);
      for (let channel = 0; channel < 3; channel++) bitmap.data[at * 4 + channel] = colour[channel]! * light;
      bitmap.data[at * 4 + 3] = 255;
    }
  }
  return bitmap;
}

/** 0 in the middle … 1 at the worn edge. */
function edgeOf(x: number, y: number, noise: Noise): number {
  const near = Math.min(x, 1 - x, y, 1 - y);
  return Math.max(0, 1 - near / (0.09 + 0.05 * noise(x * 5, y * 5)));
}

function fibreField({ width, height }: Sheet, density: number, scale: number, random: Random): Float32Array {
  const field = createField(width, height);
  const count = Math.round((density * width * height) / (100 * scale) ** 2);
  for (let i = 0; i < count; i++) {
    let [x, y] = [random.next() * width, random.next() * height];
    let angle = random.next() * 2 * Math.PI;
    const points: [number, number][] = [];
    for (let step = 0; step < 6; step++) {
      points.push([x, y]);
      x += Math.cos(angle) * 3 * scale;
      y += Math.sin(angle) * 3 * scale;
      angle += (random.next() - 0.5) * 0.9;
    }
    drawStroke(field, { points, radii: points.map(() => 0.28 * scale) });
  }
  return field.data;
}
