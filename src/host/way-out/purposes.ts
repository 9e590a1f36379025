/** What leaves, in words: of each purpose, and what its content is where a caller says nothing more exact. */
import type { Bilingual, OutPurpose } from '../../kernel/index.ts';

export const CARRIES: Readonly<Record<OutPurpose, Bilingual>> = {
  chat: { en: 'words for a language model', zh: '发给语言模型的文字' },
  picture: { en: 'words or pictures for a painter', zh: '发给绘画模型的文字或图片' },
  sound: { en: 'words or sound for a musician', zh: '发给音乐模型的文字或声音' },
  'fetch-model': { en: 'nothing but the address of a model', zh: '只有模型的地址' },
  'fetch-text': { en: 'nothing but an address that you named', zh: '只有你指定的地址' },
};
