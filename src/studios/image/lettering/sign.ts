/** The writing and the seal as layers: the last things a painter does. */
import type { Random } from '../../../core/index.ts';
import {
  createGlaze,
  createGrain,
  glazeLayer,
  type Patch,
  patchAround,
  pigmentOf,
  type Sheet,
  stain,
} from '../brush/index.ts';
import type { Box, Composition } from '../composition/types.ts';
import type { Layer } from '../picture/types.ts';
import {
  type Bitmap,
  createBitmap,
  createField,
  fillPolygon,
  type Point,
  type Triple,
  toOklab,
} from '../raster/index.ts';
import { sealCharacters, sealFaces, type Writing, writeInscription } from './write.ts';

export interface SignOptions {
  readonly scale: number;
  /** What is already painted: on dark ground the writing is pale. */
  readonly under: Bitmap;
  /** Characters of the seal, 1–4; no seal when empty. */
  readonly seal: string;
}

/** Writing and seal as layers. */
export interface Signed {
  readonly layers: readonly Layer[];
  /** Characters that no typeface has. */
  readonly missing: readonly string[];
}

/** Writes the inscription of a composition into its best void, with a seal below it; no layer where there is no room or nothing to write. */
export function signPicture(
  composition: Composition,
  sheet: Sheet,
  { scale, under, seal }: SignOptions,
  random: Random,
): Signed {
  const { inscription, voids, width, height } = composition;
  const margin = 46;
  const inner = voids.map((room) =>
    within(room, { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin }),
  );
  // Above before below: an inscription hangs in the sky.
  const rooms = inner.toSorted((one, other) => Number(one.y > height * 0.4) - Number(other.y > height * 0.4));
  const write = (broken: boolean): Writing | undefined =>
    inscription &&
    rooms
      .map((room) => writeInscription(inscription, room, { side: sideOf(room, width), broken }))
      .find((found) => found !== undefined);
  const writing = write(false) ?? write(true);
  const layers = writing ? [written(writing, sheet, scale, isDark(under, writing.box, scale))] : [];
  const missing = writing?.missing ?? [];
  if (!seal) return { layers, missing };
  const box = sealBox(composition, writing, seal);
  return {
    layers: [...layers, sealLayer(box, seal, { sheet, scale, random })],
    missing: [...new Set([...missing, ...sealFaces(seal).missing(seal)])],
  };
}

function within(a: Box, b: Box): Box {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

/** The outer edge of a room. */
function sideOf({ x, width }: Box, whole: number): 'left' | 'right' {
  return x + width / 2 < whole * 0.4 ? 'left' : 'right';
}

/** Lightness in OKLab below which black ink is hard to read. */
const DARK = 0.55;
const INK = '#1b1b1d';
const PALE: Triple = [244, 236, 216];

function isDark({ width, height, data }: Bitmap, { x, y, width: wide, height: tall }: Box, scale: number): boolean {
  let [sum, count] = [0, 0];
  for (let py = Math.max(0, Math.floor(y * scale)); py < Math.min(height, (y + tall) * scale); py += 4) {
    for (let px = Math.max(0, Math.floor(x * scale)); px < Math.min(width, (x + wide) * scale); px += 4) {
      const at = (py * width + px) * 4;
      sum += toOklab([data[at]!, data[at + 1]!, data[at + 2]!])[0];
      count++;
    }
  }
  return count > 0 && sum / count < DARK;
}

function written({ characters }: Writing, sheet: Sheet, scale: number, pale: boolean): Layer {
  const names = { en: 'inscription', zh: '题款' };
  if (pale) return { id: 'inscription', names, bitmap: paleBitmap(characters, sheet, scale), x: 0, y: 0 };
  const glaze = createGlaze(sheet);
  for (const outlines of characters) {
    const patch = glyphPatch(outlines, scale, sheet);
    if (patch) stain(glaze, patch, pigmentOf(INK), 0.92);
  }
  return glazeLayer(glaze, { id: 'inscription', names });
}

/** Characters in body colour, for dark ground. */
function paleBitmap(characters: Writing['characters'], sheet: Sheet, scale: number): Bitmap {
  const bitmap = createBitmap(sheet.width, sheet.height);
  for (const outlines of characters) {
    const patch = glyphPatch(outlines, scale, sheet);
    if (!patch) continue;
    for (let i = 0; i < patch.field.data.length; i++) {
      const at = ((patch.y + Math.floor(i / patch.field.width)) * sheet.width + patch.x + (i % patch.field.width)) * 4;
      const alpha = patch.field.data[i]! * 235;
      if (alpha > bitmap.data[at + 3]!) bitmap.data.set([...PALE, alpha], at);
    }
  }
  return bitmap;
}

function glyphPatch(outlines: readonly (readonly Point[])[], scale: number, sheet: Sheet): Patch | undefined {
  const large = outlines.map((line) => line.map(([x, y]): Point => [x * scale, y * scale]));
  const patch = patchAround(large.flat(), 2, sheet);
  if (!patch) return undefined;
  fillPolygon(
    patch.field,
    large.map((line) => line.map(([x, y]): Point => [x - patch.x, y - patch.y])),
  );
  return patch;
}

/** Below the end of the writing, else by an edge where it covers nothing, low and away from the focus rather than high or near it. */
function sealBox(composition: Composition, writing: Writing | undefined, seal: string): Box {
  const { width, height, focus } = composition;
  const side = [...seal].length > 2 ? 46 : 34;
  const tall = [...seal].length === 2 ? side * 1.9 : side;
  if (writing) {
    const { box, size } = writing;
    const below = box.y + box.height + size * 0.5;
    const hasRoom = below + tall < height - 36;
    const x = hasRoom ? box.x + size * 0.71 - side / 2 : Math.max(30, box.x - side * 1.25);
    return { x, y: hasRoom ? below : box.y + box.height - tall, width: side, height: tall };
  }
  const far = focus[0] > width / 2 ? 60 : width - 60 - side;
  const near = width - side - far;
  const places = [height - 64 - tall, height * 0.7, height * 0.5, 64].flatMap((y, row): (Box & { cost: number })[] =>
    [far, near].map((x, column) => ({ x, y, width: side, height: tall, cost: row + 0.6 * column })),
  );
  const best = places.reduce((one, other) => (costOf(other, composition) < costOf(one, composition) ? other : one));
  return { x: best.x, y: best.y, width: side, height: tall };
}

/** How bad a place for a seal is: what it would cover weighs more than its corner. */
function costOf(place: Box & { readonly cost: number }, { placed, width }: Composition): number {
  const covered = placed.reduce((sum, { box, depth }) => {
    const shared = within(box, place);
    return box.width > width * 0.9 ? sum : sum + (0.4 + depth) * shared.width * shared.height;
  }, 0);
  return place.cost + (12 * covered) / (place.width * place.height);
}

/** A seal of 1–4 characters in a box of units, cut in stone: red ground, characters left white, worn edges. */
export function sealLayer(
  { x, y, width, height }: Box,
  text: string,
  { sheet, scale, random }: { readonly sheet: Sheet; readonly scale: number; readonly random: Random },
): Layer {
  const glaze = createGlaze(sheet);
  const grain = createGrain(random, scale);
  const patch = patchAround(
    [
      [x * scale, y * scale],
      [(x + width) * scale, (y + height) * scale],
    ],
    4,
    sheet,
  );
  if (patch) {
    squareOff(patch, { x: x * scale, y: y * scale, width: width * scale, height: height * scale }, grain.paper);
    const cut = createField(patch.field.width, patch.field.height);
    for (const outlines of sealCharacters(text, { x, y, width, height })) {
      const lines = outlines.map((line) => line.map(([px, py]): Point => [px * scale - patch.x, py * scale - patch.y]));
      fillPolygon(cut, lines);
    }
    for (let i = 0; i < cut.data.length; i++) patch.field.data[i]! *= 1 - cut.data[i]!;
    stain(glaze, patch, pigmentOf('#b3241c'), 0.9);
  }
  return glazeLayer(glaze, { id: 'seal', names: { en: 'seal', zh: '印章' } });
}

/** Fills the square of the stone, its edge nibbled by wear. */
function squareOff({ x: left, y: top, field }: Patch, box: Box, wear: (x: number, y: number) => number): void {
  for (let y = 0, at = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++, at++) {
      const [px, py] = [x + left - box.x, y + top - box.y];
      const inside = Math.min(px, py, box.width - px, box.height - py) + wear(x + left, y + top) * 1.6;
      field.data[at] = Math.min(1, Math.max(0, inside)) * (0.86 + 0.14 * wear((x + left) * 0.6, (y + top) * 0.6));
    }
  }
}
