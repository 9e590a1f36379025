/** The measures of each part, from partwise and timewise scores alike. */
import type { XmlElement } from '../xml/index.ts';
import { badMusicXml } from './bad-musicxml.ts';
import { childrenOf } from './elements.ts';

/** The children of each measure, by part in the order of appearance. */
export interface PartElements {
  readonly id: string;
  readonly measures: readonly XmlElement[];
}

/** Throws `music/bad-musicxml` for other documents and for scores without parts or measures. */
export function partElements(root: XmlElement): PartElements[] {
  const parts = root.name === 'score-timewise' ? fromTimewise(root) : fromPartwise(root);
  if (!parts.some(({ measures }) => measures.length > 0)) {
    throw badMusicXml(root, { en: 'no measures', zh: '没有小节' });
  }
  return parts;
}

function fromPartwise(root: XmlElement): PartElements[] {
  if (root.name !== 'score-partwise') {
    throw badMusicXml(root, { en: `<${root.name}> is not a score`, zh: `<${root.name}> 不是乐谱` });
  }
  return childrenOf(root, 'part').map((part) => ({
    id: part.attributes.id ?? '',
    measures: childrenOf(part, 'measure'),
  }));
}

function fromTimewise(root: XmlElement): PartElements[] {
  const parts = new Map<string, XmlElement[]>();
  for (const [i, measure] of childrenOf(root, 'measure').entries()) {
    for (const part of childrenOf(measure, 'part')) {
      const id = part.attributes.id ?? '';
      const measures = parts.get(id) ?? [];
      parts.set(id, measures);
      while (measures.length < i) measures.push({ ...measure, children: [] });
      measures.push({ ...measure, children: part.children });
    }
  }
  return [...parts].map(([id, measures]) => ({ id, measures }));
}
