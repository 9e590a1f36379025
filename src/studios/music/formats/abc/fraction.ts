/** Exact times of a text: fractions of a whole note. */
import type { Place } from './source.ts';
import { badAbc } from './source.ts';

/** n/d in lowest terms, d above 0. */
export interface Fraction {
  readonly n: number;
  readonly d: number;
}

export const ZERO: Fraction = { n: 0, d: 1 };
export const ONE: Fraction = { n: 1, d: 1 };

/** n/d in lowest terms; throws `music/bad-abc` when numbers grow beyond exactness. */
export function fraction(n: number, d: number, place: Place): Fraction {
  const common = greatestCommonDivisor(n, d) || 1;
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || d / common > 1e9 || n / common > 1e12) {
    throw badAbc(place, 'a length too fine or too great to be counted', '时值过细或过大，无法计算');
  }
  return { n: n / common, d: d / common };
}

export function add(a: Fraction, b: Fraction, place: Place): Fraction {
  if (a.d === b.d) return fraction(a.n + b.n, a.d, place);
  return fraction(a.n * b.d + b.n * a.d, a.d * b.d, place);
}

export function multiply(a: Fraction, b: Fraction, place: Place): Fraction {
  return fraction(a.n * b.n, a.d * b.d, place);
}

/** Below 0, 0 or above 0 as a is before, at or after b. */
export function compare(a: Fraction, b: Fraction): number {
  return a.n * b.d - b.n * a.d;
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
