/**
 * Loudness after ITU-R BS.1770-4, and true peaks after its annex 2.
 *
 *   channel ─▶ high shelf (head) ─▶ high-pass ─▶ mean square of 400 ms blocks, every 100 ms ─▶ gates at −70 LUFS and −10 LU
 *
 * The filters are derived for any sample rate from the analogue prototypes whose values at 48 kHz the recommendation prints
 * (derivation: De Man, Evaluation of implementations of the EBU R128 loudness measurement, 2018).
 */

interface Filter {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** The two stages of K-weighting at a sample rate. */
export function kWeighting(rate: number): readonly [Filter, Filter] {
  const shelf = (() => {
    const k = Math.tan((Math.PI * 1681.974450955533) / rate);
    const [q, high] = [0.7071752369554196, 10 ** (3.999843853973347 / 20)];
    const band = high ** 0.4996667741545416;
    const a0 = 1 + k / q + k * k;
    return {
      b: [(high + (band * k) / q + k * k) / a0, (2 * (k * k - high)) / a0, (high - (band * k) / q + k * k) / a0],
      a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
    } as const;
  })();
  const k = Math.tan((Math.PI * 38.13547087602444) / rate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return [shelf, { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] }];
}

/** Mean squares of the K-weighted signal in steps of 100 ms, channels added. */
function stepsOf(channels: readonly Float32Array[], rate: number): Float64Array {
  const step = Math.round(rate / 10);
  const steps = new Float64Array(Math.floor((channels[0]?.length ?? 0) / step));
  const [shelf, high] = kWeighting(rate);
  for (const channel of channels) {
    const [b0, b1, b2] = shelf.b;
    const [a1, a2] = shelf.a;
    const [c1, c2] = high.a;
    // Plain assignments: a swap by destructuring allocates at every sample.
    let [x1, x2, y1, y2, z1, z2] = [0, 0, 0, 0, 0, 0];
    for (let block = 0, i = 0; block < steps.length; block++) {
      let power = 0;
      for (const end = i + step; i < end; i++) {
        const x = channel[i]!;
        const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
        const z = y - 2 * y1 + y2 - c1 * z1 - c2 * z2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        z2 = z1;
        z1 = z;
        power += z * z;
      }
      steps[block]! += power / step;
    }
  }
  return steps;
}

/** Integrated loudness in LUFS of one or two channels; −Infinity for silence or less than 400 ms. */
export function loudnessOf(channels: readonly Float32Array[], rate: number): number {
  const steps = stepsOf(channels, rate);
  const blocks: number[] = [];
  for (let i = 3; i < steps.length; i++) blocks.push((steps[i]! + steps[i - 1]! + steps[i - 2]! + steps[i - 3]!) / 4);
  const audible = blocks.filter((power) => lufs(power) > -70);
  const gate = lufs(mean(audible)) - 10;
  return lufs(mean(audible.filter((power) => lufs(power) > gate)));
}

function lufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
