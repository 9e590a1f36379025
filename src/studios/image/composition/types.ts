/**
 * A composition: a scene laid out on the paper. Everything is measured in units, the shorter side of the paper being 1000, x to the right,
 * y down, so that one composition can be painted at any size.
 */
import type { SceneElement, SceneWish } from '../../../kernel/index.ts';

/** A rectangle in units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One single thing at its place. A flock of five is five of them. */
export interface Placed {
  /** `willow-2`: element id and number, unique. */
  readonly name: string;
  readonly element: SceneElement['id'];
  readonly kind: SceneElement['kind'];
  readonly states: readonly string[];
  /** Where it stands; the ground it stands on is the lower edge. It may reach over the paper's edge. */
  readonly box: Box;
  /** 0 the farthest … 1 the nearest. */
  readonly depth: number;
  /** Looks to the left. */
  readonly mirrored: boolean;
  readonly colour?: string | undefined;
  /** For all chance in its drawing. */
  readonly seed: string;
  /** Place in the scene's list of elements; undefined for what the composer added (ground, mist). */
  readonly from?: number | undefined;
}

/** Light of the scene. */
export interface Light {
  readonly source: 'sun' | 'moon' | 'stars' | 'lamp' | 'fire' | 'dusk-glow' | 'overcast';
  /** Where it comes from on the paper, in units; may lie outside. */
  readonly at: readonly [x: number, y: number];
  /** 0 dark … 1 bright day. */
  readonly strength: number;
  /** −1 cold … 1 warm. */
  readonly warmth: number;
}

export interface Palette {
  /** Paper or sky ground. */
  readonly ground: string;
  readonly dark: string;
  /** Main colours, the most used first, 2–5. */
  readonly main: readonly string[];
  /** Used sparingly, where the eye should go. */
  readonly accent: string;
}

export interface Composition {
  /** Units; the shorter is 1000. */
  readonly width: number;
  readonly height: number;
  /** Shape of the painted area on the paper. */
  readonly frame: 'rectangle' | 'fan' | 'round';
  /** 三远. */
  readonly view: 'high' | 'deep' | 'level';
  /** y of the horizon; may lie outside. */
  readonly horizon: number;
  readonly weather: NonNullable<SceneWish['weather']>;
  readonly season?: 'spring' | 'summer' | 'autumn' | 'winter' | undefined;
  readonly hour?: 'dawn' | 'morning' | 'noon' | 'afternoon' | 'dusk' | 'night' | undefined;
  readonly mood: { readonly valence: number; readonly arousal: number };
  readonly light: Light;
  /** Wind on the paper: −1 hard from the right … 1 hard from the left. */
  readonly wind: number;
  readonly palette: Palette;
  /** Farthest first. */
  readonly placed: readonly Placed[];
  /** 留白: where nothing should be painted, and an inscription may stand; the best first. */
  readonly voids: readonly Box[];
  /** Where the eye is led to. */
  readonly focus: readonly [x: number, y: number];
  /** Poem or caption to be written on it, lines as they are read. */
  readonly inscription?:
    | { readonly title: string; readonly lines: readonly string[]; readonly language: 'zh' | 'en' }
    | undefined;
  /** All chance of layout and painting. */
  readonly seed: string;
}
