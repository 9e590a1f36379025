/** Drawing as SVG text: elements, numbers of two decimals, colours of parts. */

/** An element; numbers are rounded to two decimals, text is escaped. */
export function shape(name: string, attributes: Readonly<Record<string, string | number>>, text?: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? Math.round(value * 100) / 100 : escapeText(value)}"`)
    .join('');
  return text === undefined ? `<${name}${written}/>` : `<${name}${written}>${escapeText(text)}</${name}>`;
}

/** Text safe in SVG. */
export function escapeText(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[^\P{Cc}\t\n]/gu, '').replace(/[&<>"]/g, (c) => escapes[c]!);
}

/** A colour of a part or a mood: hue 0–360, saturation and lightness in per cent. */
export function hsl(hue: number, saturation: number, lightness: number): string {
  return `hsl(${Math.round(((hue % 360) + 360) % 360)}, ${Math.round(saturation)}%, ${Math.round(lightness)}%)`;
}

/** Hues that are told apart side by side, in the order parts take them: indigo, rose, jade, amber, sky, plum, moss, clay. */
export const PART_HUES: readonly number[] = [222, 345, 162, 38, 196, 288, 96, 16];

/** Words in drawings. */
export const DRAWING_FONTS =
  "'Noto Sans', 'Source Han Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
