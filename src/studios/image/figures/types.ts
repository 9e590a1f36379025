/**
 * Figures: what things look like before anybody has chosen a brush. A drawer turns a placed thing into shapes and lines in units of the
 * composition; every painter renders the same figures in its own manner.
 *
 *   placed willow ─▶ drawer ─▶ trunk shape, branch strokes, leaf strokes ─▶ ink, woodcut, pixel, oil …
 */

import type { Random } from '../../../core/index.ts';
import type { Composition, Placed } from '../composition/types.ts';
import type { Noise, Point } from '../raster/index.ts';

/** What a surface is made of; painters choose brush, texture and light by it. */
export type Material =
  | 'sky'
  | 'cloud'
  | 'rock'
  | 'earth'
  | 'sand'
  | 'snow'
  | 'ice'
  | 'water'
  | 'bark'
  | 'foliage'
  | 'grass'
  | 'petal'
  | 'stem'
  | 'wood'
  | 'wall'
  | 'roof'
  | 'stone'
  | 'paper'
  | 'cloth'
  | 'skin'
  | 'hair'
  | 'fur'
  | 'feather'
  | 'scale'
  | 'metal'
  | 'glass'
  | 'light'
  | 'fire'
  | 'fruit'
  | 'plain';

/** How a surface is worked: 皴法 on rocks, leaves in a crown, tiles on a roof. */
export interface Texture {
  readonly kind:
    | 'hemp'
    | 'axe-cut'
    | 'raindrop'
    | 'dots'
    | 'grass'
    | 'leaves'
    | 'needles'
    | 'tiles'
    | 'bricks'
    | 'planks'
    | 'waves'
    | 'scales'
    | 'fur'
    | 'feathers'
    | 'folds';
  /** Direction in radians, 0 to the right, growing clockwise. */
  readonly direction: number;
  /** 0 none … 1 all over. */
  readonly density: number;
}

/** What a line is; painters choose width and dryness by it. */
export type StrokeRole =
  | 'contour'
  | 'branch'
  | 'leaf'
  | 'needle'
  | 'petal'
  | 'vein'
  | 'fold'
  | 'hair'
  | 'ripple'
  | 'texture'
  | 'detail'
  | 'rain';

/** One line drawn with one movement of the hand. */
export interface Stroke {
  readonly role: StrokeRole;
  /** Smooth enough as they are: joined by straight lines. At least 1. */
  readonly points: readonly Point[];
  /** Units at full pressure. */
  readonly width: number;
  /** Pressure 0–1 along it, spaced evenly from begin to end; 1 all along when absent. */
  readonly pressure?: readonly number[];
  /** 0 faint … 1 black. */
  readonly tone: number;
  /** `#rrggbb` when it differs from its shape's. */
  readonly colour?: string;
}

/** One surface with the lines on it. */
export interface Shape {
  /** What part it is: `trunk`, `roof`, `near-slope`. */
  readonly part: string;
  /** Closed outline, joined by straight lines; empty for lines alone. */
  readonly outline: readonly Point[];
  readonly holes?: readonly (readonly Point[])[];
  readonly material: Material;
  /** Its own colour in white light. */
  readonly colour: string;
  /** 0 white … 1 black, as an ink painter would see it. */
  readonly tone: number;
  /** How it turns to the light: flat, round as a ball or trunk, or a slope lit from above. */
  readonly form: 'flat' | 'round' | 'slope';
  /** Edge, 0 hard … 1 lost (cloud, mist, glow); default 0. */
  readonly softness?: number;
  /** Gives light of its own, 0–1; default 0. */
  readonly glow?: number;
  /** 0–1; default 1: veils, reflections. */
  readonly opacity?: number;
  /** Whether the outline itself is drawn by line painters; default true. */
  readonly lined?: boolean;
  readonly texture?: Texture;
  /** On the surface, in drawing order. */
  readonly strokes: readonly Stroke[];
}

/** A thing drawn: shapes from back to front. */
export interface Figure {
  readonly placed: Placed;
  readonly shapes: readonly Shape[];
}

/** What a drawer may use. */
export interface DrawingContext {
  readonly composition: Composition;
  /** Of this thing alone. */
  readonly random: Random;
  readonly noise: Noise;
  /** 0 a hint … 1 all details; by its size on the paper. */
  readonly detail: number;
}

/** Draws one kind of thing into its box. */
export type Drawer = (placed: Placed, context: DrawingContext) => readonly Shape[];
