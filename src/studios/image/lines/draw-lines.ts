/** A picture → its lines: which way suits it, and the ink as a layer of its own. */
import { type Bitmap, createBitmap, createField, type Field, toOklab } from '../raster/index.ts';
import { cleanDrawing } from './clean-drawing.ts';
import { extractLines } from './extract-lines.ts';
import { flattenLight } from './flat-field.ts';
import { quantileOf } from './patches-of-ink.ts';

export type LineMode = 'clean' | 'extract';

export interface LineOptions {
  /** `clean` for a drawing, `extract` for a painting or photograph; by the look of it when absent. */
  readonly mode?: LineMode | undefined;
  /** 0 few lines … 1 many; default 0.5. */
  readonly detail?: number;
  /** Of extracted lines, in pixels; default by the size. */
  readonly thickness?: number | undefined;
}

/** Coverage of ink, 0–1 a pixel. */
export function drawLines(
  bitmap: Bitmap,
  { mode, detail = 0.5, thickness }: LineOptions = {},
): { cover: Field; mode: LineMode } {
  const lab = planesOf(bitmap);
  const chosen = mode ?? modeFor(lab);
  if (chosen === 'clean') return { cover: cleanDrawing(lab[0], detail), mode: chosen };
  const broad = thickness ?? Math.max(1.5, Math.max(bitmap.width, bitmap.height) / 400);
  return { cover: extractLines(lab, { detail, thickness: broad }), mode: chosen };
}

/** Black ink on nothing. */
export function inkBitmap({ width, height, data }: Field): Bitmap {
  const out = createBitmap(width, height);
  for (let i = 0; i < data.length; i++) out.data[4 * i + 3] = Math.round(255 * data[i]!);
  return out;
}

function planesOf({ width, height, data }: Bitmap): [Field, Field, Field] {
  const planes: [Field, Field, Field] = [
    createField(width, height),
    createField(width, height),
    createField(width, height),
  ];
  for (let i = 0; i < width * height; i++) {
    const lab = toOklab([data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!]);
    for (let c = 0; c < 3; c++) planes[c]!.data[i] = lab[c]!;
  }
  return planes;
}

/** A drawing is mostly paper, bright, and of one colour but for the light that falls on it. */
function modeFor([light, a, b]: readonly [Field, Field, Field]): LineMode {
  const flat = flattenLight(light);
  const [paperA, paperB] = [quantileOf(a.data, 0.5), quantileOf(b.data, 0.5)];
  let [paper, coloured] = [0, 0];
  for (let i = 0; i < flat.data.length; i++) {
    if (flat.data[i]! > 0.9) paper++;
    if (Math.hypot(a.data[i]! - paperA, b.data[i]! - paperB) > 0.03) coloured++;
  }
  const bright = quantileOf(light.data, 0.5) > 0.55;
  return bright && paper > 0.72 * flat.data.length && coloured < 0.03 * flat.data.length ? 'clean' : 'extract';
}
