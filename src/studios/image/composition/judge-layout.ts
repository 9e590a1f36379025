/** How good a layout is, by rules that painters know; every number can be shown. */
import type { Body } from './draft.ts';
import { overlapOf } from './draft.ts';
import type { Paper } from './paper.ts';
import type { Box } from './types.ts';

export interface LayoutWorth {
  /** 1: the lead stands on a third. */
  readonly thirds: number;
  /** 1: visual mass is balanced about the middle. */
  readonly balance: number;
  /** 1: nothing that matters is hidden. */
  readonly clear: number;
  /** 1: distances between things differ (疏密). */
  readonly variety: number;
  /** 1: about two fifths of the paper are empty. */
  readonly void: number;
  /** Everything on the paper. */
  readonly within: number;
  readonly total: number;
}

const WEIGHTS = { thirds: 1, balance: 1, clear: 3, variety: 0.7, void: 1.2, within: 2 } as const;

/** Judges bodies (spread ones aside) with the voids they leave. */
export function judgeLayout(bodies: readonly Body[], lead: number, voids: readonly Box[], paper: Paper): LayoutWorth {
  const solid = bodies.filter(({ stature }) => !stature.spread);
  const area = paper.width * paper.height;
  const empty = voids.reduce((sum, { width, height }) => sum + width * height, 0) / area;
  const parts = {
    thirds: thirdsOf(
      solid.find(({ from }) => from === lead),
      paper,
    ),
    balance: balanceOf(solid, paper),
    clear: clearOf(solid),
    variety: varietyOf(solid, paper),
    void: Math.max(0, 1 - Math.abs(empty - 0.4) / 0.4),
    within: withinOf(solid, paper),
  };
  const names = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
  const whole = names.reduce((sum, name) => sum + WEIGHTS[name], 0);
  return { ...parts, total: names.reduce((sum, name) => sum + WEIGHTS[name] * parts[name], 0) / whole };
}

const middleOf = ({ x, width }: Box): number => x + width / 2;

function thirdsOf(lead: Body | undefined, { width }: Paper): number {
  if (!lead) return 0.5;
  const x = middleOf(lead.box) / width;
  return Math.max(0, 1 - Math.min(Math.abs(x - 1 / 3), Math.abs(x - 2 / 3)) / 0.25);
}

/** A body alone is balanced by the empty paper, not by standing in the middle. */
function balanceOf(bodies: readonly Body[], { width }: Paper): number {
  if (bodies.length < 2) return 0.5;
  const mass = ({ box, element }: Body): number => Math.sqrt(box.width * box.height) * (0.5 + element.weight);
  const whole = bodies.reduce((sum, body) => sum + mass(body), 0);
  const centre = bodies.reduce((sum, body) => sum + mass(body) * middleOf(body.box), 0) / whole / width;
  return Math.max(0, 1 - Math.abs(centre - 0.5) / 0.3);
}

/** Nearer things may hide a little of farther ones; what belongs together may touch. */
function clearOf(bodies: readonly Body[]): number {
  let worst = 0;
  for (const [i, one] of bodies.entries()) {
    for (const other of bodies.slice(i + 1)) {
      const related =
        one.from === other.from || one.element.relation?.to === other.from || other.element.relation?.to === one.from;
      const behind = one.depth < other.depth ? one : other;
      const covered = overlapOf(one.box, other.box) / Math.max(1, behind.box.width * behind.box.height);
      worst +=
        Math.max(0, covered - (related ? 0.6 : behind.element.kind === 'land' ? 0.35 : 0.12)) *
        (0.3 + behind.element.weight);
    }
  }
  return Math.max(0, 1 - worst);
}

function varietyOf(bodies: readonly Body[], { width }: Paper): number {
  const places = bodies.map(({ box }) => middleOf(box)).sort((a, b) => a - b);
  const gaps = places.slice(1).map((place, i) => (place - places[i]!) / width);
  if (gaps.length < 2) return 0.7;
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  return Math.min(1, spread / Math.max(0.02, mean));
}

function withinOf(bodies: readonly Body[], { width, height }: Paper): number {
  const shares = bodies.map(
    ({ box }) => overlapOf(box, { x: 0, y: 0, width, height }) / Math.max(1, box.width * box.height),
  );
  return shares.length === 0 ? 1 : shares.reduce((a, b) => a + b, 0) / shares.length;
}
