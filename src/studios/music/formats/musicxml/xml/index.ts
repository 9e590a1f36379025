/** XML, read and written: no entities but the five of XML itself, nothing external. */

export { badXml, parseXml, type XmlElement } from './parse-xml.ts';
export { type Attributes, element, escapeXml, textElement } from './write-xml.ts';
