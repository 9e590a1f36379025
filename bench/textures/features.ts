/** What a simple judge hears in a loop: per band how loud, how varied, how restless; and how often all of it swells. */

export const BANDS = 80;
const RHYTHMS = 24;

/** Numbers of a mel picture (bands, frames) that do not change when it is turned round. */
export function featuresOf(picture: Float32Array): Float64Array {
  const frames = picture.length / BANDS;
  const out = new Float64Array(3 * BANDS + RHYTHMS);
  const whole = new Float64Array(frames);
  for (let band = 0; band < BANDS; band++) {
    const row = picture.subarray(band * frames, (band + 1) * frames);
    let [sum, square, restless] = [0, 0, 0];
    row.forEach((value, t) => {
      sum += value;
      square += value * value;
      restless += Math.abs(value - row[(t + 1) % frames]!);
      whole[t]! += value / BANDS;
    });
    out[band] = sum / frames;
    out[BANDS + band] = Math.sqrt(Math.max(0, square / frames - (sum / frames) ** 2));
    out[2 * BANDS + band] = restless / frames;
  }
  for (let k = 1; k <= RHYTHMS; k++) {
    let [re, im] = [0, 0];
    whole.forEach((value, t) => {
      re += value * Math.cos((2 * Math.PI * k * t) / frames);
      im += value * Math.sin((2 * Math.PI * k * t) / frames);
    });
    out[3 * BANDS + k - 1] = Math.hypot(re, im) / frames;
  }
  return out;
}

/** Where the middle of the loudness lies, in bands from the lowest. */
export function centroidOf(picture: Float32Array): number {
  const frames = picture.length / BANDS;
  let [sum, weighted] = [1e-9, 0];
  picture.forEach((value, at) => {
    const power = 10 ** (4.75 * (value - 1));
    sum += power;
    weighted += power * (BANDS - 1 - Math.floor(at / frames));
  });
  return weighted / sum;
}

export interface Classifier {
  readonly classes: readonly string[];
  classOf(features: Float64Array): string;
}

/** Softmax regression on standardised features, by whole-batch gradient descent with momentum. */
export function learnClasses(rows: readonly { readonly features: Float64Array; readonly name: string }[]): Classifier {
  const classes = [...new Set(rows.map(({ name }) => name))].sort();
  const size = rows[0]!.features.length;
  const mean = Float64Array.from(
    { length: size },
    (_, j) => rows.reduce((sum, row) => sum + row.features[j]!, 0) / rows.length,
  );
  const deviation = mean.map(
    (m, j) => Math.sqrt(rows.reduce((sum, row) => sum + (row.features[j]! - m) ** 2, 0) / rows.length) + 1e-6,
  );
  const standard = (features: Float64Array): Float64Array =>
    features.map((value, j) => (value - mean[j]!) / deviation[j]!);
  const seen = rows.map(({ features, name }) => ({ x: standard(features), k: classes.indexOf(name) }));
  const weights = classes.map(() => new Float64Array(size + 1));
  const speed = classes.map(() => new Float64Array(size + 1));
  const scoresOf = (x: Float64Array): number[] =>
    weights.map((row) => x.reduce((sum, value, j) => sum + value * row[j]!, row[size]!));
  for (let round = 0; round < 120; round++) {
    const slope = classes.map(() => new Float64Array(size + 1));
    for (const { x, k } of seen) {
      const scores = scoresOf(x);
      const top = Math.max(...scores);
      const parts = scores.map((score) => Math.exp(score - top));
      const all = parts.reduce((a, b) => a + b, 0);
      parts.forEach((part, c) => {
        const off = (part / all - (c === k ? 1 : 0)) / seen.length;
        const row = slope[c]!;
        for (let j = 0; j < size; j++) row[j]! += off * x[j]!;
        row[size]! += off;
      });
    }
    weights.forEach((row, c) => {
      for (let j = 0; j <= size; j++) {
        speed[c]![j] = 0.9 * speed[c]![j]! - 0.3 * (slope[c]![j]! + 1e-4 * row[j]!);
        row[j]! += speed[c]![j]!;
      }
    });
  }
  return {
    classes,
    classOf: (features) => {
      const scores = scoresOf(standard(features));
      return classes[scores.indexOf(Math.max(...scores))]!;
    },
  };
}
