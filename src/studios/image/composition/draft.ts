/** What a layout is while it is being made: bodies whose boxes can still move. */
import type { SceneElement } from '../../../kernel/index.ts';
import type { Stature } from './stature.ts';
import type { Box } from './types.ts';

/** One single thing on its way to its place. */
export interface Body {
  readonly element: SceneElement;
  /** Place in the scene's list. */
  readonly from: number;
  /** Number among those of its element, 0 first, and how many there are. */
  readonly nth: number;
  readonly of: number;
  depth: number;
  stature: Stature;
  box: Box;
  mirrored: boolean;
  /** How much of it is meant to be seen: a body that stands on another may cover it. */
  readonly standsOn?: number | undefined;
}

/** An arrangement that can be mended: its bodies, and ground that was added and is left out. */
export interface Arrangement {
  readonly bodies: readonly Body[];
  readonly omitted: ReadonlySet<string>;
}

/** A box of a width and height whose foot stands at x (centre), y. */
export function boxAt(x: number, y: number, width: number, height: number): Box {
  return { x: x - width / 2, y: y - height, width, height };
}

/** Area that two boxes share, in square units. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** A box moved so that `share` of its width at least is on the paper. */
export function pulledIn(box: Box, paperWidth: number, share = 0.9): Box {
  const slack = box.width * (1 - share);
  const x = Math.min(Math.max(box.x, -slack), paperWidth - box.width + slack);
  return { ...box, x: box.width >= paperWidth ? (paperWidth - box.width) / 2 : x };
}

/** Land that breaks off begins at the edge of the paper: a cliff on its nearer side, its face to the middle. */
export function settled(body: Body, paperWidth: number): Body {
  if (body.element.id !== 'cliff') return body;
  const { box } = body;
  const isLeft = box.x + box.width / 2 < paperWidth / 2;
  const x = isLeft ? -0.03 * box.width : paperWidth - 0.97 * box.width;
  return { ...body, mirrored: !isLeft, box: { ...box, x } };
}
