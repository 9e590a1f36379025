/** Words of the desk for prose. */
import { defineWords } from '../../i18n/words.tsx';

export const PROSE_WORDS = defineWords({
  title: { en: 'Title', zh: '题目' },
  text: { en: 'Text', zh: '正文' },
  placeholder: { en: 'Begin to write …', zh: '从这里写起……' },
  freePlaceholder: {
    en: 'Lines as you will; an empty line parts the stanzas.',
    zh: '自由分行，空一行另起一节。',
  },
  model: { en: 'Voice', zh: '声音（模型）' },
  length: { en: 'Characters to write', zh: '写多少字' },
  go: { en: 'Continue', zh: '续写' },
  rewrite: { en: 'Rewrite the selection', zh: '改写选中' },
  others: { en: 'Other words', zh: '换个说法' },
  lock: { en: 'Lock or unlock the selection', zh: '锁定／解锁选中' },
  select: { en: 'Select a passage first.', zh: '请先选中一段。' },
  locked: { en: 'This passage is locked.', zh: '这一段已锁定。' },
  continuation: { en: 'Goes on like this', zh: '可以这样续' },
  another: { en: 'Another one', zh: '换一个' },
  hint: {
    en: 'What the machine wrote has a dotted line; locked passages lie on amber and nothing changes them.',
    zh: '机器所写标有虚线；锁定的段落衬以淡黄，任何操作都不会改动。',
  },
  count: { en: '{n} characters', zh: '{n} 字' },
});
