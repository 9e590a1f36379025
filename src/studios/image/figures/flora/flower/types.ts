/** How a bloom stands, what colours it has, how it is seen. */
import type { Point } from '../../../raster/index.ts';

/** How one bloom stands. */
export interface Pose {
  readonly at: Point;
  /** Units. */
  readonly radius: number;
  /** Radians: 0 looks at us, π/2 is seen from the side. */
  readonly tilt: number;
  /** Radians on the paper; 0 the axis points up. */
  readonly turn: number;
  /** 0 bud … 1 open. */
  readonly open: number;
}

/** Its colours. */
export interface Tint {
  readonly main: string;
  readonly inner: string;
  readonly heart: string;
  readonly sepal: string;
}

/** A place in a bloom's own space. */
export type Point3 = readonly [x: number, y: number, z: number];

/** From a bloom's own space (radius 1, z along the axis) onto the paper, with nearness. */
export type View = (point: Point3) => { readonly at: Point; readonly near: number };
