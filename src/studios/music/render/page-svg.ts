/**
 * Pages as they come from the engraver, made ready for every viewer: fonts with Chinese, notes in words as characters, and
 * its style sheet as attributes, for there are readers of SVG that know no style sheets.
 */

/** Fonts for words on a page, best first; the last ones are what systems bring. */
export const TEXT_FONTS =
  "'Times New Roman', 'Liberation Serif', Times, 'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', SimSun, serif";

/** Signs in words that the engraver takes from its music font, as characters that common fonts have. */
const SIGNS: Readonly<Record<string, string>> = {
  '\uECA3': '𝅗𝅥',
  '\uECA5': '♩',
  '\uECA7': '♪',
  '\uECB7': '.',
  '\uEA63': '♭♭',
  '\uEA64': '♭',
  '\uEA65': '♮',
  '\uEA66': '♯',
  '\uEA67': '♯♯',
};
/** Size of words beside the music font's. */
const WORD_SIZE = 0.53;

/** A sign of the music font as a character of the words around it. */
function signAsWord(whole: string, size: string, sign: string): string {
  const character = SIGNS[sign];
  return character ? `<tspan font-size="${Math.round(WORD_SIZE * Number(size))}px">${character}</tspan>` : whole;
}

const MARK_IN_FRAME =
  /(class="reh\b[^>]*>\s*<rect\b[^>]*?\sx=")(\d+)("[^>]*?\swidth=")(\d+)("[^>]*>[\s\S]*?<tspan font-size="([\d.]+)px">)([^<]*)/g;
/** Room on either side of a word in its frame, in heights of letters. */
const FRAME_ROOM = 0.25;

/** The engraver knows no widths of Chinese characters: the frame about a section's name is made as wide as they are. */
function widenFrame(whole: string, ...found: string[]): string {
  const [before, x, between, width, rest = '', size, text = ''] = found;
  const han = [...text].filter((c) => /[\u2e80-\uffef]/.test(c)).length;
  if (han === 0) return whole;
  const needed = (han + 0.55 * ([...text].length - han) + 2 * FRAME_ROOM) * Number(size);
  const more = Math.max(0, Math.round(needed - Number(width)));
  // To the left: a chord symbol may stand at its right.
  const moved = rest.replace(
    /(<text\b[^>]*?\sx=")(\d+)/,
    (_, head, at) => `${head}${Number(at) - Math.round(more / 2)}`,
  );
  return `${before}${Number(x) - more}${between}${Number(width) + more}${moved}${text}`;
}

/** One page, on white paper of a size in millimetres. */
export function finishPage(svg: string, { width, height }: { width: number; height: number }): string {
  return svg
    .replace(/<tspan font-family="[^"]*" font-size="([\d.]+)px">([\uE000-\uF8FF])<\/tspan>/g, signAsWord)
    .replace(MARK_IN_FRAME, widenFrame)
    .replaceAll('font-family="Times, serif"', `font-family="${TEXT_FONTS}"`)
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<(path|rect|polygon|polyline|ellipse)\b(?![^>]*\s(?:stroke|transform)=)/g, '<$1 stroke="#000"')
    .replace(/<g\b(?=[^>]*class="(?:ending|reh|tempo|fing)\b)/g, '<g font-weight="bold"')
    .replace(/<g\b(?=[^>]*class="(?:dir|dynam|mNum)\b)/g, '<g font-style="italic"')
    .replace(/(<desc>)[^<]*(<\/desc>)/, '$1Engraved by LLMAgentOS with Verovio$2')
    .replace(/<svg\b/, `<svg width="${width}mm" height="${height}mm"`)
    .replace(/(<svg\b[^>]*>)/, '$1<rect width="100%" height="100%" fill="#fff" stroke="none"/>');
}
