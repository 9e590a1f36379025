/**
 * Which typeface writes which character of a text. One typeface leads: the first of its style that has all of the Chinese in it, so that a text is
 * written by one hand; what it lacks comes from the next that has it.
 *
 *   "歲月 Night" brush ─▶ Ma Shan Zheng lacks 歲 ─▶ Noto Serif TC writes 歲 月 · Cormorant Garamond writes N i g h t
 */
import { type Font, fontChain, type Script } from './fonts.ts';
import type { Glyph } from './outlines.ts';
import { hanScriptOf, isHan, isZhuyin } from './script.ts';
import { type Cut, openTypeface } from './typeface.ts';
import type { Style } from './types.ts';

export interface WrittenGlyph extends Glyph {
  /** Id of the typeface that it comes from. */
  readonly font: string;
}

export interface Faces {
  /** Id of the typeface that leads in Chinese. */
  readonly lead: string;
  /** A character in the first typeface that has it; undefined when none has. */
  glyph(character: string): WrittenGlyph | undefined;
  /** What two characters beside each other move together (negative) or apart, in ems. */
  kern(left: string, right: string): number;
  /** Characters of a text that no typeface has, each once. */
  missing(text: string): readonly string[];
}

/** The typefaces that write a text; `script` where it is known from what stands beside it. */
export function facesFor(text: string, style: Style, cut: Cut = {}, script: Script = hanScriptOf(text)): Faces {
  const han = led(fontChain(style, script), text, cut);
  const chains = new Map<Script, readonly Font[]>();
  const chainOf = (script: Script): readonly Font[] => {
    const known = chains.get(script) ?? [...new Set([...fontChain(style, script), ...han])];
    chains.set(script, known);
    return known;
  };
  const fontsOf = (character: string): readonly Font[] => {
    if (isZhuyin(character)) return chainOf('zhuyin');
    return isHan(character) ? [...new Set([...han, ...chainOf('latin')])] : chainOf('latin');
  };
  const glyph = (character: string): WrittenGlyph | undefined => {
    for (const { id } of fontsOf(character)) {
      const found = openTypeface(id, cut).glyph(character);
      if (found) return { ...found, font: id };
    }
    return undefined;
  };
  return {
    lead: han[0]!.id,
    glyph,
    kern(left, right) {
      const [one, other] = [glyph(left), glyph(right)];
      return one && one.font === other?.font ? openTypeface(one.font, cut).kern(left, right) : 0;
    },
    missing: (words) => [...new Set(words)].filter((each) => !/\s|\p{Cc}|\p{Cf}/u.test(each) && !glyph(each)),
  };
}

/** A chain with the typeface first that lacks the fewest ideographs of a text. */
function led(chain: readonly Font[], text: string, cut: Cut): readonly Font[] {
  const ideographs = [...new Set(text)].filter((character) => /\p{Script=Han}/u.test(character) && character !== '〇');
  let [best, fewest] = [chain[0]!, Infinity];
  for (const font of chain) {
    const lacks = ideographs.filter((character) => !openTypeface(font.id, cut).glyph(character)).length;
    if (lacks < fewest) [best, fewest] = [font, lacks];
    if (fewest === 0) break;
  }
  return [best, ...chain.filter((font) => font !== best)];
}
