/** Rhythms of bars: cells of a manner put one after another until the bar is full. */
import type { Random } from '../../../../core/index.ts';
import { barLength } from '../events/index.ts';
import { drawByWeight, type Profile, type Weights } from './profile.ts';

/** Lengths in ticks of the grid, one after another. */
export type Rhythm = readonly number[];

/** How busy a bar is wished to be: notes are drawn towards cells of more or fewer notes; 0 leaves the manner as it is. */
export type Bustle = number;

/** Whether a metre is counted in dotted notes. */
export function isCompound(metre: string): boolean {
  const [beats, unit] = metre.split('/').map(Number) as [number, number];
  return unit === 8 && beats % 3 === 0;
}

/** Draws a full bar. */
export function drawBar(profile: Profile, metre: string, bustle: Bustle, random: Random): Rhythm {
  return fill(barLength(metre), profile, metre, bustle, random);
}

/** Draws the last bar of a phrase: it comes to rest on a long note. */
export function drawClose(profile: Profile, metre: string, bustle: Bustle, final: boolean, random: Random): Rhythm {
  const length = barLength(metre);
  const beat = isCompound(metre) ? 36 : 24;
  // A dance goes on: its sections end on a beat.
  const dance = profile.longEnds < 0.15;
  const rests = (): boolean => (final && !dance) || random.next() < profile.longEnds;
  if (length <= beat * 2 && rests()) return [length];
  if (length <= beat) return [length];
  const held = rests() ? Math.max(beat, length - beat * (length > 2 * beat ? 2 : 1)) : beat;
  const before = fill(length - held, profile, metre, bustle, random);
  return [...before, held];
}

function fill(length: number, profile: Profile, metre: string, bustle: Bustle, random: Random): number[] {
  const cells = isCompound(metre) ? profile.compound : profile.cells;
  const out: number[] = [];
  let rest = length;
  while (rest > 0) {
    const fitting = Object.fromEntries(
      Object.entries(leaning(cells, bustle)).filter(([cell, weight]) => weight > 0 && lengthOf(cell) <= rest),
    );
    const cell = Object.keys(fitting).length === 0 ? [rest] : parse(drawByWeight(fitting, random));
    // A long cell begins on an even beat; on an odd one it would hide the metre.
    const used = length - rest;
    const whole = cell.reduce((a, b) => a + b, 0);
    if (whole >= 48 && used % 48 !== 0 && Object.keys(fitting).some((each) => lengthOf(each) < 48)) continue;
    out.push(...cell);
    rest -= whole;
  }
  return out;
}

function leaning(cells: Weights, bustle: Bustle): Weights {
  return Object.fromEntries(
    Object.entries(cells).map(([cell, weight]) => {
      const rate = Math.log2((parse(cell).length * 12) / lengthOf(cell)) + 0.3;
      return [cell, weight * Math.exp(bustle * rate)];
    }),
  );
}

const parse = (cell: string): number[] => cell.split(',').map(Number);
const lengthOf = (cell: string): number => parse(cell).reduce((a, b) => a + b, 0);
