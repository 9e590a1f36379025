/** XML as text: one call per element, escaped. */

/** Attributes; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text safe in XML: escaped, and without the control characters that XML cannot hold. */
export function escapeXml(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[&<>"]/g, (c) => ESCAPES[c]!);
}

/** `<name …>children</name>`; children are XML already. Empty elements close themselves. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeXml(String(value))}"`))
    .join('');
  const inside = children.join('');
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}

/** `<name>text</name>`, the text escaped. */
export function textElement(name: string, text: string | number, attributes: Attributes = {}): string {
  return element(name, attributes, escapeXml(String(text)));
}
