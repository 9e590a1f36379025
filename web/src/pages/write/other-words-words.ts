/** Words of the panel of other words. */
import { defineWords } from '../../i18n/words.tsx';

export const OTHER_WORDS = defineWords({
  title: { en: 'Other words', zh: '换个说法' },
  none: {
    en: 'No model here fills gaps in a text. Add one (a fill-mask model) on the page of models.',
    zh: '这里还没有填空模型。请在模型页添加一个（fill-mask 模型）。',
  },
  nothing: { en: 'No other word fits here.', zh: '此处没有别的字词可用。' },
  by: {
    en: '{model} reads the text on both sides; shares are of all the tokens it knows.',
    zh: '由 {model} 通读前后文得出，百分比是占其全部词元的比例。',
  },
  refused: { en: '{n} that break the form were left out.', zh: '略去不合律的 {n} 个。' },
});
