/**
 * Light of the room taken off a photographed page: the paper's brightness is what the brightest pixels around have (a closing with a window
 * broader than any stroke, at a small scale, smoothed); the page divided by it is white where there is paper.
 */
import { blurField, createField, type Field, sampleField } from '../raster/index.ts';

/** Pixels of the longer side at which the paper is looked for. */
const COARSE = 160;
/** Half the window, as a share of the longer side; strokes are thinner. */
const WINDOW = 0.03;

/** Lightness 0–1 → reflectance of the ink, 1 where there is none. */
export function flattenLight(light: Field): Field {
  const paper = paperOf(light);
  const scale = [paper.width / light.width, paper.height / light.height] as const;
  const out = createField(light.width, light.height);
  for (let y = 0, i = 0; y < light.height; y++) {
    for (let x = 0; x < light.width; x++, i++) {
      const white = sampleField(paper, (x + 0.5) * scale[0] - 0.5, (y + 0.5) * scale[1] - 0.5);
      out.data[i] = Math.min(1, light.data[i]! / Math.max(0.05, white));
    }
  }
  return out;
}

function paperOf(light: Field): Field {
  const scale = Math.min(1, COARSE / Math.max(light.width, light.height));
  const small = meanScaled(light, scale);
  const reach = Math.max(2, Math.round(WINDOW * Math.max(small.width, small.height)));
  const closed = extreme(extreme(small, reach, Math.max), reach, Math.min);
  return blurField(closed, reach / 2);
}

function meanScaled(field: Field, scale: number): Field {
  const small = createField(
    Math.max(1, Math.round(field.width * scale)),
    Math.max(1, Math.round(field.height * scale)),
  );
  const counts = new Float32Array(small.data.length);
  for (let i = 0; i < field.data.length; i++) {
    const x = Math.min(small.width - 1, Math.floor((i % field.width) * scale));
    const y = Math.min(small.height - 1, Math.floor(Math.floor(i / field.width) * scale));
    small.data[y * small.width + x]! += field.data[i]!;
    counts[y * small.width + x]!++;
  }
  for (let i = 0; i < counts.length; i++) small.data[i]! /= counts[i] || 1;
  return small;
}

/** Largest or smallest value of a square window. */
function extreme(field: Field, reach: number, choose: (a: number, b: number) => number): Field {
  const pass = (from: Field, stepX: number, stepY: number): Field => {
    const out = createField(from.width, from.height);
    for (let y = 0, i = 0; y < from.height; y++) {
      for (let x = 0; x < from.width; x++, i++) {
        let value = from.data[i]!;
        for (let d = -reach; d <= reach; d++) {
          const nx = Math.min(from.width - 1, Math.max(0, x + d * stepX));
          const ny = Math.min(from.height - 1, Math.max(0, y + d * stepY));
          value = choose(value, from.data[ny * from.width + nx]!);
        }
        out.data[i] = value;
      }
    }
    return out;
  };
  return pass(pass(field, 1, 0), 0, 1);
}
