/**
 * Pages as they come from the engraver, made ready for every viewer: fonts with Chinese, notes in words as characters, and
 * its style sheet as attributes, for there are readers of SVG that know no style sheets.
 */

/** Fonts for words on a page, best first; the last ones are what systems bring. */
export const TEXT_FONTS =
  "'Times New Roman', 'Liberation Serif', Times, 'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', SimSun, serif";

/** Metronome notes of the engraver's own text font, as characters that common fonts have. */
const NOTES: Readonly<Record<string, string>> = { '\uECA3': '𝅗𝅥', '\uECA5': '♩', '\uECA7': '♪', '\uECB7': '.' };

/** One page, on white paper of a size in millimetres. */
export function finishPage(svg: string, { width, height }: { width: number; height: number }): string {
  return svg
    .replace(/[\uECA3\uECA5\uECA7\uECB7]/g, (sign) => NOTES[sign]!)
    .replaceAll('font-family="Times, serif"', `font-family="${TEXT_FONTS}"`)
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<(path|rect|polygon|polyline|ellipse)\b(?![^>]*\s(?:stroke|transform)=)/g, '<$1 stroke="#000"')
    .replace(/<g\b(?=[^>]*class="(?:ending|reh|tempo|fing)\b)/g, '<g font-weight="bold"')
    .replace(/<g\b(?=[^>]*class="(?:dir|dynam|mNum)\b)/g, '<g font-style="italic"')
    .replace(/(<desc>)[^<]*(<\/desc>)/, '$1Engraved by LLMAgentOS with Verovio$2')
    .replace(/<svg\b/, `<svg width="${width}mm" height="${height}mm"`)
    .replace(/(<svg\b[^>]*>)/, '$1<rect width="100%" height="100%" fill="#fff" stroke="none"/>');
}
