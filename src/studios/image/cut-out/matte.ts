/**
 * The edge of a subject, pixel by pixel (the colour line of Levin, Lischinski, Weiss, 2008, with colours carried over from
 * both sides): α is how far a colour lies on the way from the background's to the subject's.
 *
 *   sure background │ band ±width │ sure subject        colours of both sides are drawn across the band as membranes
 *
 * Where both sides look alike the mask itself, softened along the picture's edges (guided filter: He, Sun, Tang, 2013), stands in.
 */
import { type Colours, fillMembrane, grow, type Holes } from '../mend/index.ts';
import { guidedFilter } from './guided-filter.ts';

export interface Matte {
  /** 0–1. */
  readonly alpha: Float32Array;
  /** The subject's own colours, without what shines through at the edge. */
  readonly colours: Colours;
}

/** Distance of two sides, 0–255, under which they cannot be told apart. */
const ALIKE = 24;

/** `subject`: 1 inside; `band`: pixels to each side that are looked at anew. */
export function matte(colours: Colours, subject: Holes, band: number): Matte {
  const { width, height, data } = colours;
  const around = grow(subject, band).data;
  const within = grow({ ...subject, data: subject.data.map((one) => 1 - one) }, band).data;
  const open = subject.data.map((_, i) => around[i]! & within[i]!);
  const side = (own: (i: number) => boolean): Float32Array =>
    fillMembrane(colours, { width, height, data: subject.data.map((_, i) => Number(!own(i))) }).data;
  const front = side((i) => subject.data[i] === 1 && !open[i]);
  const back = side((i) => subject.data[i] === 0 && !open[i]);
  const soft = guidedFilter(colours, Float32Array.from(subject.data), 2 * band, 60);
  const alpha = Float32Array.from(subject.data);
  const own = data.slice();
  for (let i = 0; i < alpha.length; i++) {
    if (!open[i]) continue;
    let [along, square] = [0, 0];
    for (let c = 3 * i; c < 3 * i + 3; c++) {
      along += (data[c]! - back[c]!) * (front[c]! - back[c]!);
      square += (front[c]! - back[c]!) ** 2;
    }
    const trust = square / (square + ALIKE * ALIKE);
    const line = square > 0 ? along / square : 0;
    const value = clamp(trust * line + (1 - trust) * soft[i]!);
    alpha[i] = value < 0.02 ? 0 : value > 0.98 ? 1 : value;
    const share = Math.max(value, 0.1);
    for (let c = 3 * i; c < 3 * i + 3; c++) {
      own[c] = Math.max(0, Math.min(255, (data[c]! - (1 - value) * back[c]!) / share));
      if (value < 0.1) own[c] = front[c]!;
    }
  }
  return { alpha, colours: { width, height, data: own } };
}

function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}
