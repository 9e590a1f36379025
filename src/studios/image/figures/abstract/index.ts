/** Drawers of abstract forms by element, and of all other abstract forms. */
import type { Placed } from '../../composition/index.ts';
import type { Drawer } from '../types.ts';
import * as grown from './grown.ts';
import * as plain from './plain.ts';

export const ABSTRACT: Readonly<Record<string, Drawer>> = {
  circle: plain.drawCircle,
  spiral: plain.drawSpiral,
  'waves-pattern': grown.drawWaves,
  grid: plain.drawGrid,
  dots: plain.drawDots,
  lines: plain.drawLines,
  triangle: plain.drawTriangle,
  square: plain.drawSquare,
  polygon: plain.drawPolygon,
  geometric: grown.drawGeometric,
  fractal: grown.drawFractal,
  mandala: grown.drawMandala,
  kaleidoscope: grown.drawKaleidoscope,
  maze: grown.drawMaze,
  'flow-field': grown.drawFlowField,
  splash: grown.drawSplash,
  gradient: grown.drawGradient,
  particles: grown.drawParticles,
  mosaic: grown.drawMosaic,
  weave: plain.drawWeave,
  'star-shape': plain.drawStarShape,
  'cloud-pattern': grown.drawCloudPattern,
  'yin-yang': plain.drawYinYang,
  'light-trails': grown.drawLightTrails,
  pattern: grown.drawPattern,
};

/** Forms nobody knows are a flow field. */
export const ABSTRACT_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { abstract: grown.drawFlowField };
