/** The error of every reader that meets more bars than a score may hold. */
import { refusal } from '../refusal.ts';
import { MOST_BARS } from '../score/index.ts';

/** `music/too-many-bars`. */
export function tooManyBars(): Error {
  return refusal(
    'input',
    'music/too-many-bars',
    { en: `More than ${MOST_BARS} bars.`, zh: `小节超过 ${MOST_BARS} 个。` },
    {
      en: 'Cut the silence at the end of the file, or split the piece into movements.',
      zh: '请去掉文件末尾的空白，或把作品分成几个乐章。',
    },
  );
}
