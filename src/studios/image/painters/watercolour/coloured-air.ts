/** Sky and ground in transparent colour: graded, cloudy, paler towards the horizon. */
import { createGlaze, type Glaze, pigmentOf } from '../../brush/index.ts';
import type { Noise } from '../../raster/index.ts';
import { airOf } from '../plain/index.ts';
import type { PaintJob } from '../types.ts';

/** A glaze over the whole paper. */
export function paintColouredAir({ composition, width, height, scale }: PaintJob, noise: Noise): Glaze {
  const glaze = createGlaze({ width, height });
  const air = airOf(composition);
  const near = composition.horizon > composition.height;
  const wall = composition.hour === 'night' ? air.low : composition.palette.ground;
  const [top, low, far, foot] = (
    near ? [wall, wall, wall, wall] : [air.top, air.low, air.groundFar, air.groundNear]
  ).map(pigmentOf);
  const horizon = composition.horizon * scale;
  const size = 240 * scale;
  for (let y = 0, at = 0; y < height; y++) {
    const above = y < horizon;
    const share = above ? (y / horizon) ** 1.2 : Math.min(1, (y - horizon) / Math.max(1, height - horizon));
    for (let x = 0; x < width; x++, at += 3) {
      const cloud = noise(x / size, (y / size) * 1.6) + 0.4 * noise((x / size) * 3.3, (y / size) * 4.7);
      const wet = above
        ? Math.max(0.12, 0.85 + 0.75 * cloud - (composition.weather === 'clear' ? 0.1 : 0))
        : 0.8 + 0.35 * cloud;
      for (let c = 0; c < 3; c++) {
        const [from, to] = above ? [top![c]!, low![c]!] : [far![c]!, foot![c]!];
        glaze.data[at + c] = wet * (from + (to - from) * share);
      }
    }
  }
  return glaze;
}
