/** Numbers of 16 bits (IEEE 754 binary16, bfloat16) to and from 32. */

/** Widens binary16 values. */
export function widenFloat16(halves: Uint16Array): Float32Array {
  const wide = wideTable();
  const out = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) out[i] = wide[halves[i]!]!;
  return out;
}

/** Narrows to binary16, rounding to the nearest, ties to even; too large becomes infinity. */
export function narrowFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, narrowOne);
}

/** Widens bfloat16 values. */
export function widenBfloat16(halves: Uint16Array): Float32Array {
  const bits = Uint32Array.from(halves, (half) => half << 16);
  return new Float32Array(bits.buffer);
}

let table: Float32Array | undefined;

/** The value of each of the 65,536 halves. */
function wideTable(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  });
  return table;
}

function narrowOne(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00; // not a number
  if (size >= 0x477ff000) return sign | 0x7c00; // rounds to infinity
  if (size < 0x33000001) return sign; // rounds to zero
  const exponent = size >>> 23;
  // Below 2^-14 the half is subnormal: its unit is 2^-24.
  const drop = exponent < 113 ? 126 - exponent : 13;
  const whole = exponent < 113 ? (size & 0x7fffff) | 0x800000 : size - 0x38000000;
  const kept = whole >>> drop;
  const rest = whole & ((1 << drop) - 1);
  const half = 1 << (drop - 1);
  return sign | (kept + (rest > half || (rest === half && kept & 1) ? 1 : 0));
}
