/**
 * A simple judge of what a small picture shows, trained on real pictures: colours and edges over a grid, and a ridge regression
 * from there to classes or to word vectors (closed form, Cholesky).
 */
import type { Pictures } from '../../../src/training/index.ts';

const COLOURS = 8;
const EDGES = 6;
const DIRECTIONS = 8;
/** Numbers of one picture's features, the constant included. */
const LENGTH = COLOURS * COLOURS * 3 + EDGES * EDGES * DIRECTIONS + 1;

/** A linear map from features, (LENGTH, outputs). */
export interface Judge {
  /** Rows (n, outputs) for pictures. */
  predict(features: Float64Array): Float64Array;
}

/** Features of pictures with three channels, (n, LENGTH). */
export function featuresOf({ data, width, height }: Pictures): Float64Array {
  const area = width * height;
  const count = data.length / (3 * area);
  const out = new Float64Array(count * LENGTH);
  for (let i = 0; i < count; i++) {
    describe(
      data.subarray(i * 3 * area, (i + 1) * 3 * area),
      width,
      height,
      out.subarray(i * LENGTH, (i + 1) * LENGTH),
    );
  }
  return out;
}

function describe(data: Float32Array, width: number, height: number, out: Float64Array): void {
  const area = width * height;
  const grey = (x: number, y: number): number => {
    const at = Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x));
    return (data[at]! + data[area + at]! + data[2 * area + at]!) / 3;
  };
  const edges = COLOURS * COLOURS * 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * COLOURS) / height) * COLOURS + Math.floor((x * COLOURS) / width);
      const share = (COLOURS * COLOURS) / area;
      for (let c = 0; c < 3; c++) out[3 * cell + c]! += share * data[c * area + y * width + x]!;
      const [dx, dy] = [grey(x + 1, y) - grey(x - 1, y), grey(x, y + 1) - grey(x, y - 1)];
      const direction = Math.floor(((Math.atan2(dy, dx) / Math.PI + 1) % 1) * DIRECTIONS) % DIRECTIONS;
      const place = Math.floor((y * EDGES) / height) * EDGES + Math.floor((x * EDGES) / width);
      out[edges + DIRECTIONS * place + direction]! += ((2 * EDGES * EDGES) / area) * Math.hypot(dx, dy);
    }
  }
  for (let i = edges; i < LENGTH - 1; i++) out[i] = Math.sqrt(out[i]!);
  out[LENGTH - 1] = 1;
}

/** Learns targets (n, outputs) from features (n, LENGTH); `ridge` is the penalty as a share of the mean diagonal. */
export function learnJudge(features: Float64Array, targets: Float64Array, outputs: number, ridge = 0.01): Judge {
  const count = features.length / LENGTH;
  const gram = new Float64Array(LENGTH * LENGTH);
  const right = new Float64Array(LENGTH * outputs);
  for (let i = 0; i < count; i++) {
    const row = features.subarray(i * LENGTH, (i + 1) * LENGTH);
    for (let a = 0; a < LENGTH; a++) {
      for (let b = 0; b <= a; b++) gram[a * LENGTH + b]! += row[a]! * row[b]!;
      for (let k = 0; k < outputs; k++) right[a * outputs + k]! += row[a]! * targets[i * outputs + k]!;
    }
  }
  let trace = 0;
  for (let a = 0; a < LENGTH; a++) trace += gram[a * LENGTH + a]!;
  for (let a = 0; a < LENGTH; a++) gram[a * LENGTH + a]! += (ridge * trace) / LENGTH;
  const weights = solve(gram, right, outputs);
  return {
    predict: (own) => {
      const made = new Float64Array((own.length / LENGTH) * outputs);
      for (let i = 0; i < own.length / LENGTH; i++) {
        for (let a = 0; a < LENGTH; a++) {
          const value = own[i * LENGTH + a]!;
          for (let k = 0; k < outputs; k++) made[i * outputs + k]! += value * weights[a * outputs + k]!;
        }
      }
      return made;
    },
  };
}

/** Solves gram · x = right by Cholesky; the lower half of `gram` is used and overwritten, `right` becomes x. */
function solve(gram: Float64Array, right: Float64Array, outputs: number): Float64Array {
  for (let a = 0; a < LENGTH; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = gram[a * LENGTH + b]!;
      for (let k = 0; k < b; k++) sum -= gram[a * LENGTH + k]! * gram[b * LENGTH + k]!;
      gram[a * LENGTH + b] = a === b ? Math.sqrt(sum) : sum / gram[b * LENGTH + b]!;
    }
  }
  for (let k = 0; k < outputs; k++) {
    for (let a = 0; a < LENGTH; a++) {
      let sum = right[a * outputs + k]!;
      for (let b = 0; b < a; b++) sum -= gram[a * LENGTH + b]! * right[b * outputs + k]!;
      right[a * outputs + k] = sum / gram[a * LENGTH + a]!;
    }
    for (let a = LENGTH - 1; a >= 0; a--) {
      let sum = right[a * outputs + k]!;
      for (let b = a + 1; b < LENGTH; b++) sum -= gram[b * LENGTH + a]! * right[b * outputs + k]!;
      right[a * outputs + k] = sum / gram[a * LENGTH + a]!;
    }
  }
  return right;
}

/** Share of rows whose largest number stands where it should, and what share would by chance, the same answers shuffled. */
export function hits(rows: Float64Array, outputs: number, wanted: readonly number[]) {
  const picked = wanted.map((_, i) => largest(rows.subarray(i * outputs, (i + 1) * outputs)));
  const share = (of: readonly number[], value: number): number => of.filter((one) => one === value).length / of.length;
  const right = picked.filter((one, i) => one === wanted[i]).length / wanted.length;
  const chance = [...new Set(wanted)].reduce((sum, one) => sum + share(picked, one) * share(wanted, one), 0);
  return { right, chance, evenChance: 1 / outputs, times: right / Math.max(chance, 1 / outputs) };
}

function largest(row: Float64Array): number {
  return row.reduce((best, value, i) => (value > row[best]! ? i : best), 0);
}
