/** Which script a character or a text is written in. */
import type { Script } from './fonts.ts';

/** Ideographs, full-width forms and marks of Chinese type; ideographs outside the first plane too. */
const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef〇]/u;
const ZHUYIN = /[\u3105-\u312f\u31a0-\u31bf\u02c7\u02ca\u02cb\u02d9]/u;

/** Whether a character is written in the Chinese manner. */
export function isHan(character: string): boolean {
  return HAN.test(character);
}

/** Whether it is a letter or tone of zhuyin ㄅㄆㄇ. */
export function isZhuyin(character: string): boolean {
  return ZHUYIN.test(character);
}

let simplified: ReadonlySet<string> | undefined;

/** The 6,763 ideographs of GB 2312, the standard that simplified text keeps to. */
function inGb2312(character: string): boolean {
  simplified ??= new Set(gb2312());
  return simplified.has(character);
}

function gb2312(): string {
  const bytes = new Uint8Array((0xf7 - 0xb0 + 1) * 94 * 2);
  for (let i = 0; i < bytes.length / 2; i++) {
    bytes[2 * i] = 0xb0 + Math.floor(i / 94);
    bytes[2 * i + 1] = 0xa1 + (i % 94);
  }
  return new TextDecoder('gbk').decode(bytes);
}

/** The script of Chinese text: traditional when it has characters that simplified text does not know. */
export function hanScriptOf(text: string): Extract<Script, 'simplified' | 'traditional'> {
  const known = [...text].every((character) => !/\p{Script=Han}/u.test(character) || inGb2312(character));
  return known ? 'simplified' : 'traditional';
}
