/** Traditional characters to simplified ones, so that a brief may be in either. */
import { Converter } from 'opencc-js/t2cn';

let convert: ((text: string) => string) | undefined;

/** The text in simplified characters, place for place where that is possible. */
export function toSimplified(text: string): string {
  const converter = convert ?? Converter({ from: 't', to: 'cn' });
  convert = converter;
  return converter(text);
}
