/**
 * Sketch and picture of each pair: the sketch is drawn of the picture, or lies beside it as somebody drew it.
 *
 *   folder, atlas, emoji ─▶ picture ─▶ square ─▶ drawSketch ────┐
 *   pairs ─▶ sketch | picture ─▶ parted, mirrored, handleSketch ─┴─▶ sketches, pictures
 */
import { createRandom } from '../../core/index.ts';
import type { LearnedSource } from '../loop/picture-course.ts';
import type { Pictures } from '../pictures/index.ts';
import { drawSketch, handleSketch } from './sketch.ts';

/** As many sketches (grey) as pictures. */
export interface SketchPairs {
  readonly sketches: Pictures;
  readonly pictures: Pictures;
}

/** Whether sketches lie beside the pictures of a source. */
export function broughtAlong({ from }: LearnedSource): boolean {
  return from === 'pairs';
}

/** Pairs of what was loaded; hand, line and gaps differ from pair to pair and follow from the seed. */
export function pairsOf(
  loaded: Pictures,
  { brought, seed, flip = false }: { readonly brought: boolean; readonly seed: string; readonly flip?: boolean },
): SketchPairs {
  return brought ? partedPairs(loaded, seed, flip) : { sketches: sketchAll(loaded, seed), pictures: loaded };
}

/** A square of each picture, where the seed says; the pictures themselves where they are no larger. */
export function cutSquares({ data, width, height, channels }: Pictures, side: number, seed: string): Pictures {
  if (side >= width && side >= height) return { data, width, height, channels };
  const count = data.length / (width * height * channels);
  const out = new Float32Array(count * channels * side * side);
  for (let i = 0; i < count; i++) {
    const random = createRandom(`${seed}/square-${i}`);
    const [left, top] = [random.integer(width - side + 1), random.integer(height - side + 1)];
    for (let row = 0; row < channels * side; row++) {
      const plane = i * channels + Math.floor(row / side);
      const from = (plane * height + top + (row % side)) * width + left;
      out.set(data.subarray(from, from + side), (i * channels * side + row) * side);
    }
  }
  return { data: out, width: side, height: side, channels };
}

/** Width of the pictures of a source: half of what lies in the file where sketches lie beside them. */
export function pictureWidth({ width }: { readonly width: number }, brought: boolean): number {
  return brought ? width / 2 : width;
}

/** Sketches of all pictures; hand, line and gaps differ from picture to picture and follow from the seed. */
export function sketchAll(pictures: Pictures, seed: string): Pictures {
  const { width, height, channels } = pictures;
  const area = width * height;
  const count = pictures.data.length / (area * channels);
  const data = new Float32Array(count * area);
  // Large pictures are paintings with grain and washes: there a broader pen follows what matters.
  const pen = Math.max(1, Math.min(2, width / 128));
  for (let i = 0; i < count; i++) {
    const random = createRandom(`${seed}/hand-${i}`);
    const hand = {
      thickness: pen * (0.5 + 0.5 * random.next()),
      wobble: pen * random.next(),
      gaps: 0.12 * random.next(),
    };
    const picture = pictures.data.subarray(i * area * channels, (i + 1) * area * channels);
    data.set(drawSketch(picture, { width, height, channels, seed: `${seed}/${i}`, ...hand }), i * area);
  }
  return { data, width, height, channels: 1 };
}

/** Halves of each: the left one, grey, is the sketch. With `flip` half of the pairs are mirrored. */
function partedPairs({ data, width: both, height, channels }: Pictures, seed: string, flip: boolean): SketchPairs {
  const width = both / 2;
  const area = width * height;
  const count = data.length / (both * height * channels);
  const sketches = new Float32Array(count * area);
  const pictures = new Float32Array(count * area * channels);
  for (let i = 0; i < count; i++) {
    const mirrored = flip && createRandom(`${seed}/flip-${i}`).next() < 0.5;
    const lines = new Float32Array(area);
    for (let row = 0; row < channels * height; row++) {
      const from = (i * channels * height + row) * both;
      for (let x = 0; x < width; x++) {
        const at = mirrored ? width - 1 - x : x;
        lines[(row % height) * width + at]! += data[from + x]! / channels;
        pictures[(i * channels * height + row) * width + at] = data[from + width + x]!;
      }
    }
    sketches.set(handleSketch(lines, { width, height, seed: `${seed}/${i}` }), i * area);
  }
  return {
    sketches: { data: sketches, width, height, channels: 1 },
    pictures: { data: pictures, width, height, channels },
  };
}
