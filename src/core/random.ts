import { sha256 } from './canonical.ts';

/** A seeded source of randomness; the same seed gives the same numbers on every machine. */
export interface Random {
  /** A number in [0, 1) with 32 bits of resolution. */
  next(): number;
  /** An integer in [0, below). */
  integer(below: number): number;
  /** One element; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
  /** A standard normal number (Box–Muller). */
  normal(): number;
  /** An independent stream named by a label: forks do not disturb each other. */
  fork(label: string): Random;
  /** The four 32-bit words of the present state, for checkpoints; `restoreRandom` takes them back. */
  state(): readonly [number, number, number, number];
}

/** Creates the stream of a seed (any string or number). Generator: xoshiro128** 1.1 (Blackman and Vigna, 2018), seeded by SHA-256. */
export function createRandom(seed: string | number): Random {
  const digest = sha256(`random:${seed}`);
  const word = (i: number): number => Number.parseInt(digest.slice(i * 8, i * 8 + 8), 16) >>> 0;
  return streamFrom([word(0) | 1, word(1), word(2), word(3)], String(seed));
}

/** Goes on from a saved state; `name` is what forks are derived from. */
export function restoreRandom(state: readonly [number, number, number, number], name: string): Random {
  return streamFrom(state, name);
}

function streamFrom(start: readonly [number, number, number, number], name: string): Random {
  let [a, b, c, d] = start;
  const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
  const word = (): number => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return result;
  };
  const random: Random = {
    next: () => word() / 4294967296,
    integer: (below) => Math.floor(random.next() * below),
    pick: (list) => list[random.integer(list.length)]!,
    shuffle: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = random.integer(i + 1);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
    fork: (label) => createRandom(`${name}/${label}`),
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
  return random;
}
