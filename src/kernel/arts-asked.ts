/** Which arts a brief asks for outright; whoever makes things of a plan goes by this. */
import type { Art } from './desk/index.ts';
import type { Plan } from './plan.ts';

/** A verb of making, soon a poem: 写一首…诗, 填一阕…词; not 歌词, not 诗意. */
const POEM_ZH = /(?:写|作|做|来|赋|填|吟)[^，。；：\n]{0,20}?(?:诗|(?<!歌)词|绝句|律诗)(?![意情人])/u;
const POEM_EN = /\b(?:write|compose|make)\b[^,.;:\n]{0,60}?\b(?:poems?|verses?)\b/iu;

/**
 * The arts that are asked for, in the order in which they are made; empty where the brief leaves it open. A form of verse that was
 * named asks for a poem; one that was proposed does not.
 */
export function artsAsked({ brief, verse, music, scene }: Plan): readonly Art[] {
  const named = verse?.form !== undefined && verse.formProposed !== true;
  const poem = named || POEM_ZH.test(brief) || POEM_EN.test(brief);
  const others = [music?.asked && ('tune' as const), scene?.asked && ('picture' as const)].filter((art) => art);
  // A poem alone is the beginning of all that belongs to it.
  if (others.length === 0) return [];
  return [...(poem ? (['poem'] as const) : []), ...(others as Art[])];
}
