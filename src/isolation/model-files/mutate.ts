/** Spoils files in the ways that accidents and attackers do, for tests and benches. */
import { createRandom, type Random } from '../../core/index.ts';

const WAYS: readonly ((bytes: Uint8Array, random: Random, head: number) => Uint8Array)[] = [
  // One byte, one bit, a run of bytes of the head.
  (bytes, random, head) => put(bytes, [[whole(random, head), whole(random, 256)]]),
  (bytes, random, head) => {
    const at = whole(random, head);
    return put(bytes, [[at, bytes[at]! ^ (1 << whole(random, 8))]]);
  },
  (bytes, random, head) => {
    const at = whole(random, head);
    const run = Array.from({ length: 1 + whole(random, 12) }, (_, i): [number, number] => [at + i, whole(random, 256)]);
    return put(bytes, run);
  },
  // A number becomes as large as can be.
  (bytes, random, head) => {
    const at = whole(random, head);
    return put(
      bytes,
      [...Array(8).keys()].map((i): [number, number] => [at + i, 255]),
    );
  },
  // Cut short; something more; a piece taken out; a piece twice.
  (bytes, random) => bytes.slice(0, whole(random, bytes.length)),
  (bytes, random) => Buffer.concat([bytes, bytes.subarray(0, 1 + whole(random, 64))]),
  (bytes, random, head) => {
    const at = whole(random, head);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + whole(random, 32))]);
  },
  (bytes, random, head) => {
    const at = whole(random, head);
    const end = at + 1 + whole(random, 64);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
  },
];

/** A spoilt copy; the same seed gives the same. `head`: bytes at the begin where most damage is done. */
export function mutate(bytes: Uint8Array, seed: string, head = bytes.length): Uint8Array {
  const random = createRandom(seed);
  const way = WAYS[whole(random, WAYS.length)]!;
  const spoilt = way(bytes, random, Math.min(head, bytes.length));
  return random.next() < 0.3 ? WAYS[0]!(spoilt, random, Math.max(1, Math.min(head, spoilt.length))) : spoilt;
}

const whole = (random: Random, below: number): number => random.integer(Math.max(1, below));

function put(bytes: Uint8Array, values: readonly (readonly [number, number])[]): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (const [at, value] of values) copy[at] = value;
  return copy;
}
