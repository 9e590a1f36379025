/** What is said back to the artist: what was understood, what was not, what was assumed. */
import type { Bilingual, Plan, Theme } from '../../kernel/index.ts';

const SEASONS: Readonly<Record<string, string>> = { spring: '春', summer: '夏', autumn: '秋', winter: '冬' };
const HOURS: Readonly<Record<string, string>> = {
  dawn: '黎明',
  morning: '早晨',
  noon: '正午',
  afternoon: '午后',
  dusk: '黄昏',
  night: '夜',
};

/** The words the poem is steered by, and that it will be in Chinese. */
export function noteThemes(themes: readonly Theme[], language: Plan['language']): Bilingual {
  if (themes.length === 0) {
    return {
      en: 'No theme was understood: the poem, in Chinese, will choose its own.',
      zh: '没有读出主题，诗将自行取意。',
    };
  }
  const en = themes
    .map(({ word, source }) => (source === '' || source === word ? word : `${word} (from '${shorten(source)}')`))
    .join(', ');
  const zh = themes
    .map(({ word, source }) => (source === '' || source === word ? word : `${word}（${shorten(source)}）`))
    .join('、');
  const isEnglish = language === 'en';
  return {
    en: `${isEnglish ? 'The poem will be in Chinese, steered by the Chinese theme words' : 'Theme words'}: ${en}.`,
    zh: `${isEnglish ? '诗以中文写成，由以下主题词引导' : '主题词'}：${zh}。`,
  };
}

/** Pieces that mean nothing to the lexicon; none when all was understood. */
export function noteUnknown(unknown: readonly string[]): Bilingual[] {
  if (unknown.length === 0) return [];
  const pieces = [...new Set(unknown)];
  const more = pieces.length > 6 ? '…' : '';
  const list = pieces.slice(0, 6).map(shorten);
  return [{ en: `Not understood: ${list.join(', ')}${more}.`, zh: `没有读懂：${list.join('、')}${more}。` }];
}

/** A word read by its characters alone. */
export function noteByCharacter(source: string, characters: readonly string[]): Bilingual {
  return {
    en: `'${shorten(source)}' is not in the lexicon; taken by its characters: ${characters.join(', ')}.`,
    zh: `“${shorten(source)}”不在词库中，只取其中的字：${characters.join('、')}。`,
  };
}

/** A form nobody asked for. */
export function noteForm(form: string): Bilingual {
  return { en: `No form was asked for: ${form} was chosen.`, zh: `未指定体裁，取${form}。` };
}

/** A season or hour that was read out of the things named. */
export function noteTime(kind: 'season' | 'hour', value: string): Bilingual {
  const zh = kind === 'season' ? `时令取${SEASONS[value] ?? value}` : `时辰取${HOURS[value] ?? value}`;
  return { en: `The ${kind} is taken to be ${value}.`, zh: `由意象推知，${zh}。` };
}

/** What must not occur. */
export function noteBans(words: readonly string[]): Bilingual[] {
  if (words.length === 0) return [];
  return [{ en: `Kept out: ${words.join(', ')}.`, zh: `避开：${words.join('、')}。` }];
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
