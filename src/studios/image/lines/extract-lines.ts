/**
 * Lines out of a painting or photograph: differences of Gaussians, thresholded softly (XDoG, Winnemöller, Kyprianidis, Olsen 2012),
 * smoothed along the way the edges run (Kang, Lee, Chui 2007), of lightness and of both colours, so that red on green of equal lightness has
 * an outline too.
 */
import { blurField, createField, type Field, sampleField } from '../raster/index.ts';
import { keepInk, quantileOf, smoothStep } from './patches-of-ink.ts';

export interface ExtractOptions {
  /** 0 few … 1 many lines. */
  readonly detail: number;
  /** Thickness in pixels, about. */
  readonly thickness: number;
}

/** The outer Gaussian is so much broader. */
const BROADER = 1.6;
/** What is fainter is grain, in OKLab. */
const LEAST = 0.004;

/** Planes of OKLab → coverage of line 0–1. */
export function extractLines(lab: readonly [Field, Field, Field], { detail, thickness }: ExtractOptions): Field {
  const sigma = thickness * 0.6;
  const strength = strengthOf(lab, sigma);
  const flowing = alongEdges(strength, lab[0], sigma);
  const share = 0.025 + 0.13 * detail;
  const low = Math.max(LEAST * (1.6 - detail), quantileOf(flowing.data, 1 - share));
  const strong = Math.max(low * 1.5, quantileOf(flowing.data, 1 - share * 0.4));
  const out = createField(flowing.width, flowing.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = smoothStep(flowing.data[i]!, low * 0.8, (low + strong) / 2);
  const longest = Math.max(out.width, out.height);
  keepInk(out, { ink: 0.2, strong: 0.75, area: Math.max(6, (longest / 110) ** 2 * (1.5 - detail)) });
  return out;
}

/** How much darker (or more coloured) a pixel is than around it; the greatest of the three planes. */
function strengthOf([light, a, b]: readonly [Field, Field, Field], sigma: number): Field {
  const out = createField(light.width, light.height);
  for (const [plane, sign] of [
    [light, -1],
    [a, 1],
    [b, 1],
  ] as const) {
    const inner = blurField(plane, sigma);
    const outer = blurField(plane, sigma * BROADER);
    for (let i = 0; i < out.data.length; i++) {
      const difference = sign * (inner.data[i]! - outer.data[i]!);
      if (difference > out.data[i]!) out.data[i] = difference;
    }
  }
  return out;
}

/** Means along the direction in which lightness changes least (structure tensor). */
function alongEdges(strength: Field, light: Field, sigma: number): Field {
  const { width, height } = strength;
  const [xx, xy, yy] = tensorOf(light, sigma * 2);
  const out = createField(width, height);
  const reach = Math.max(2, Math.round(sigma * 3));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const across = 0.5 * Math.atan2(2 * xy.data[i]!, xx.data[i]! - yy.data[i]!);
      const [dx, dy] = [-Math.sin(across), Math.cos(across)];
      let [sum, weights] = [0, 0];
      for (let k = -reach; k <= reach; k++) {
        const weight = Math.exp((-2 * k * k) / (reach * reach));
        sum += weight * sampleField(strength, x + k * dx, y + k * dy);
        weights += weight;
      }
      out.data[i] = sum / weights;
    }
  }
  return out;
}

function tensorOf({ width, height, data }: Field, sigma: number): [Field, Field, Field] {
  const [xx, xy, yy] = [createField(width, height), createField(width, height), createField(width, height)];
  for (let y = 0, i = 0; y < height; y++) {
    const [up, down] = [Math.max(0, y - 1) * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x++, i++) {
      const gx = data[y * width + Math.min(width - 1, x + 1)]! - data[y * width + Math.max(0, x - 1)]!;
      const gy = data[down + x]! - data[up + x]!;
      xx.data[i] = gx * gx;
      xy.data[i] = gx * gy;
      yy.data[i] = gy * gy;
    }
  }
  return [blurField(xx, sigma), blurField(xy, sigma), blurField(yy, sigma)];
}
