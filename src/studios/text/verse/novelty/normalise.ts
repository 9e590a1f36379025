import { Converter } from 'opencc-js/t2cn';

let converter: ((text: string) => string) | undefined;

/** The Chinese characters of a text alone: no punctuation, letters, digits or spaces. */
export function hanOnly(text: string): string {
  return text.replace(/\P{Script=Han}+/gu, '');
}

/** The text in simplified characters. The table of characters is built on the first call (about 10 ms). */
export function simplified(text: string): string {
  const convert = converter ?? Converter({ from: 't', to: 'cn' });
  converter = convert;
  return convert(text);
}
