/** Composition: a scene laid out on the paper. */
export type { Glimpse } from './clear-view.ts';
export type { LayoutWorth } from './judge-layout.ts';
export { type Layout, type LayoutOptions, layOut } from './lay-out.ts';
export type { Mode } from './mode.ts';
export { type Paper, paperOf, pixelsOf } from './paper.ts';
export { type LightWish, relight } from './relight.ts';
export type { Box, Composition, Light, Palette, Placed } from './types.ts';
