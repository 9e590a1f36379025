/** What a picture is asked for while a model learns: by turns its name in one language, in the other, its tags. */
import type { Random } from '../../core/index.ts';
import type { Caption, PictureSet } from '../pictures/index.ts';
import type { WordPrompt } from './prompt.ts';

/** The styles of a set, in order of the alphabet. */
export function stylesOf({ labels }: PictureSet): string[] {
  return [...new Set(labels.flatMap(({ caption }) => (caption ? [caption.style] : [])))].toSorted();
}

/** A prompt for a picture: one of its names (4 of 5 times) or two tags, before it its colour (2 of 3). */
export function drawPrompt(caption: Caption, random: Random): WordPrompt {
  const { names, tags, colours, style } = caption;
  const byName = tags.length < 2 || random.next() < 0.8;
  const text = byName
    ? random.pick(names)
    : random
        .shuffle([...tags])
        .slice(0, 2)
        .join(' ');
  const coloured = colours.length > 0 && random.next() < 2 / 3;
  return { words: [{ text: coloured ? `${random.pick(colours)} ${text}` : text }], style };
}

/** As a person would ask: its first name. */
export function plainPrompt({ names, style }: Caption): WordPrompt {
  return { words: [{ text: names[0] ?? '' }], style };
}
