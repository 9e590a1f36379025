/** Coloured light that stands in the air: rainbows and curtains of aurora. */
import type { Point } from '../../raster/index.ts';
import { ribbon } from '../geometry/index.ts';
import { between, mark, PRESSURE } from '../marks.ts';
import type { Drawer, Shape } from '../types.ts';
import { veil } from './shining.ts';

const RAINBOW = ['#d9473f', '#ea8a3a', '#f2cf4f', '#6fb45b', '#4a9fc4', '#4a63b3', '#8458a6'] as const;

/** A bow whose feet reach down to the horizon. */
export const drawRainbow: Drawer = ({ box }, { composition }) => {
  const foot = Math.min(Math.max(box.y + box.height, composition.horizon), composition.height);
  const rise = foot - box.y;
  const reach = Math.max(box.width / 2, Math.min(rise * 1.08, composition.width * 0.46));
  const middle = box.x + box.width / 2;
  const thick = Math.min(rise, reach) * 0.022;
  const arc = (by: number): Point[] =>
    Array.from({ length: 61 }, (_, i): Point => {
      const angle = Math.PI + (Math.PI * i) / 60;
      return [middle + Math.cos(angle) * (reach - by), foot + Math.sin(angle) * (rise - by)];
    });
  return RAINBOW.map((colour, i) => ({
    ...veil(
      'bow',
      ribbon(arc((i + 0.5) * thick), () => thick * 0.62),
      colour,
      0.58,
      0.3,
    ),
    tone: 0.2,
  }));
};

/** Curtains: folds that hang from above, green below, violet above. */
export const drawAurora: Drawer = ({ box }, { random, noise }) => {
  const { x, y, width, height } = box;
  const curtains = [0.34, 0.52, 0.7].map((level, i) => {
    const phase = random.next() * 20;
    return { level, phase, tall: height * between(random, 0.42, 0.6), strength: 0.75 + 0.25 * (i % 2) };
  });
  return curtains.flatMap(({ level, phase, tall, strength }) => {
    const hem = (t: number): Point => [
      x + width * (t + 0.05 * Math.sin(t * 11 + phase)),
      y + height * (level + 0.1 * Math.sin(t * 5 + phase) + 0.05 * Math.sin(t * 13 + phase * 2) + 0.22 * (t - 0.5)),
    ];
    const strips = 30;
    return Array.from({ length: strips }, (_, i): Shape[] => {
      const t = i / strips;
      const bright = strength * Math.max(0.15, 0.6 + 0.7 * noise(t * 6 + phase, phase));
      const reach = tall * (0.65 + 0.5 * noise(t * 9 + phase, phase + 5));
      const [a, b] = [hem(t), hem(t + 1.7 / strips)];
      const strip = (from: number, to: number): Point[] => [
        [a[0], a[1] - reach * from],
        [b[0], b[1] - reach * from],
        [b[0] + width * 0.01, b[1] - reach * to],
        [a[0] + width * 0.01, a[1] - reach * to],
      ];
      const ray = mark(
        'hair',
        [a, [a[0] + width * 0.01, a[1] - reach * 0.8]],
        1.1,
        0.25 * bright,
        PRESSURE.nail,
        '#c9ffdf',
      );
      return [
        veil('violet', strip(0.4, 1), '#8d6fd1', 0.14 * bright, 0.9),
        veil('green', strip(0, 0.75), '#4fd69a', 0.26 * bright, 0.8),
        { ...veil('hem', strip(-0.02, 0.22), '#b4ffd2', 0.3 * bright, 0.7), strokes: [ray] },
      ];
    }).flat();
  });
};
