/** What one step of an enlarger learns from: pieces of pictures, turned and mirrored, and the same made small. */
import { createRandom, type Random } from '../../core/index.ts';
import type { Pictures } from '../pictures/index.ts';
import { enlargeBicubic } from './bicubic.ts';
import { drawShrinking, shrink } from './shrink.ts';

/** Places looked at before one is cut: large parts of paintings are sky or paper, from which there is little to learn. */
const LOOKS = 3;

/** A batch of pairs; all data (n, 3, side, side). */
export interface Pairs {
  readonly small: Pictures;
  /** The large pieces less their interpolated small ones. */
  readonly detail: Float32Array;
}

export interface PieceOptions {
  readonly scale: number;
  /** Pixels of a small piece, a side. */
  readonly piece: number;
  readonly seed: string;
}

/** One piece of every picture (n, 3, H, W), as the seed says: where, how turned, how made small. */
export function cutPairs(pictures: Pictures, { scale, piece, seed }: PieceOptions): Pairs {
  const large = piece * scale;
  const count = pictures.data.length / (3 * pictures.width * pictures.height);
  const small = new Float32Array(count * 3 * piece * piece);
  const detail = new Float32Array(count * 3 * large * large);
  for (let i = 0; i < count; i++) {
    const random = createRandom(`${seed}/${i}`);
    const cut = { data: cutTurned(pictures, i, large, random), width: large, height: large, channels: 3 };
    const made = shrink(cut, scale, drawShrinking(scale, random));
    const rough = enlargeBicubic(made, scale).data;
    small.set(made.data, i * made.data.length);
    detail.set(
      cut.data.map((value, at) => value - rough[at]!),
      i * rough.length,
    );
  }
  return { small: { data: small, width: piece, height: piece, channels: 3 }, detail };
}

/** A square of a picture in one of its eight attitudes: of a few random places, the one where most happens. */
function cutTurned(pictures: Pictures, picture: number, side: number, random: Random): Float32Array {
  const { width, height } = pictures;
  const places = Array.from({ length: LOOKS }, () => ({
    picture,
    left: random.integer(width - side + 1),
    top: random.integer(height - side + 1),
    side,
  }));
  const worth = places.map((place) => unrest(pictures, place));
  const { left, top } = places[worth.indexOf(Math.max(...worth))]!;
  const [swap, across, down] = [random.next() < 0.5, random.next() < 0.5, random.next() < 0.5];
  const out = new Float32Array(3 * side * side);
  for (let c = 0; c < 3; c++) {
    const plane = (picture * 3 + c) * width * height;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [column, row] = swap ? [y, x] : [x, y];
        const at = (top + (down ? side - 1 - row : row)) * width + left + (across ? side - 1 - column : column);
        out[(c * side + y) * side + x] = pictures.data[plane + at]!;
      }
    }
  }
  return out;
}

interface Place {
  readonly picture: number;
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Mean step between neighbours two pixels apart, in the green plane. */
function unrest({ data, width, height }: Pictures, { picture, left, top, side }: Place): number {
  const plane = (picture * 3 + 1) * width * height;
  let sum = 0;
  for (let y = 0; y < side; y += 2) {
    const line = plane + (top + y) * width + left;
    for (let x = 2; x < side; x += 2) sum += Math.abs(data[line + x]! - data[line + x - 2]!);
  }
  return sum;
}
