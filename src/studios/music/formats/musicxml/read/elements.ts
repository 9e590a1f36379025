/** Looking into elements. */
import type { XmlElement } from '../xml/index.ts';
import { badMusicXml } from './bad-musicxml.ts';

/** The first child of a name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/** All children of a name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((one) => one.name === name);
}

/** Text of the first child of a name; undefined without one or when empty. */
export function textIn(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text || undefined;
}

/** A number in the first child of a name; undefined without one; throws `music/bad-musicxml` for what is no number. */
export function numberIn(element: XmlElement, name: string): number | undefined {
  const found = child(element, name);
  if (!found || found.text === '') return undefined;
  const value = Number(found.text);
  if (Number.isFinite(value)) return value;
  throw badMusicXml(found, {
    en: `<${name}> is no number: ${clip(found.text)}`,
    zh: `<${name}> 不是数：${clip(found.text)}`,
  });
}

/** The beginning of a text, for messages. */
export function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
