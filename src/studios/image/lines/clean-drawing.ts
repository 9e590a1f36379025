/** A photographed or scanned drawing → its lines alone: light evened out, ink told from paper by the paper's own noise, dirt taken off. */
import { blurField, createField, type Field } from '../raster/index.ts';
import { flattenLight } from './flat-field.ts';
import { keepInk, quantileOf, smoothStep } from './patches-of-ink.ts';

/** Lightness 0–1 → coverage of ink 0–1. `detail` 0 only the darkest strokes … 1 the faintest. */
export function cleanDrawing(light: Field, detail: number): Field {
  const flat = flattenLight(light);
  const dark = createField(light.width, light.height);
  for (let i = 0; i < flat.data.length; i++) dark.data[i] = 1 - flat.data[i]!;
  const calm = blurField(dark, 0.6);
  // Most of a page is paper: what its middle half varies by is grain.
  const paper = quantileOf(calm.data, 0.5);
  const grain = (quantileOf(calm.data, 0.5) - quantileOf(calm.data, 0.1)) / 1.28;
  const least = paper + Math.max(0.05, (2 + 5 * (1 - detail)) * grain);
  const inked = calm.data.filter((value) => value > least);
  const full = inked.length > 0 ? quantileOf(inked, 0.85) : 1;
  const high = Math.max(least + 0.06, least + (full - least) * 0.75);
  const out = createField(light.width, light.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = smoothStep(calm.data[i]!, least, high);
  const longest = Math.max(light.width, light.height);
  keepInk(out, { ink: 0.25, strong: 0.5, area: Math.max(4, (longest / 200) ** 2 * (1.4 - detail)) });
  return out;
}
