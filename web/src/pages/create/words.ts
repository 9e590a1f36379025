import { defineWords } from '../../i18n/words.tsx';

export const WORDS = defineWords({
  ask: { en: 'Say what you want to make', zh: '说说你想创作什么' },
  hint: {
    en: 'One sentence is enough: a poem, a picture and a tune that belong together.',
    zh: '一句话就够了：会得到一首诗、一幅画和一支曲子，彼此相属。',
  },
  make: { en: 'Create', zh: '创作' },
  again: { en: 'Make again', zh: '再作一次' },
  renew: { en: 'Propose the rest anew', zh: '重拟其余' },
  anew: { en: 'Start something new', zh: '另起一题' },
  examples: { en: 'For example', zh: '例如' },
  options: { en: 'Options', zh: '选项' },
  count: { en: 'Candidates of each', zh: '每样几个' },
  seed: { en: 'Seed', zh: '种子' },
  seedHint: { en: 'The same seed makes the same works.', zh: '同一种子得到同样的作品。' },
  usual: { en: 'Without these options', zh: '不用这些选项' },
  arts: { en: 'Make', zh: '要做' },
  poem: { en: 'Poem', zh: '诗' },
  picture: { en: 'Picture', zh: '画' },
  tune: { en: 'Tune', zh: '曲' },
  plan: { en: 'Plan', zh: '方案' },
  planLead: {
    en: 'What was read out of your words. Make again: all of it stands. Propose the rest: what is locked stays, and what you change is locked.',
    zh: '从你的话里读出的方向。“再作一次”全部照此；“重拟其余”只保留锁定之处，改过的会自动锁定。',
  },
  waiting: { en: 'to come', zh: '稍候' },
  writing: { en: 'Writing …', zh: '正在写……' },
  painting: { en: 'Painting …', zh: '正在画……' },
  composing: { en: 'Composing …', zh: '正在谱曲……' },
  reading: { en: 'Reading your words …', zh: '正在读懂你的话……' },
  queued: { en: 'Waiting for {n} before it', zh: '前面还有 {n} 项' },
  cancel: { en: 'Cancel', zh: '取消' },
  cancelled: { en: 'Stopped. What was finished is kept.', zh: '已停下，完成的部分都已保存。' },
  pick: { en: 'Keep this one', zh: '选这个' },
  picked: { en: 'Kept', zh: '已选' },
  more: { en: 'More like this', zh: '再来一个类似的' },
  less: { en: 'None of these', zh: '都不要' },
  noted: { en: 'Noted; the next ones will be others.', zh: '记下了，接下来会不同。' },
  open: { en: 'Open', zh: '打开' },
  edit: { en: 'Work on it', zh: '继续修改' },
});

/** Briefs to begin with, one for each taste. */
export const EXAMPLES = [
  { en: 'A lonely traveller hears rain on a boat at midnight', zh: '写一首关于星空的诗' },
  { en: 'A lighthouse above the autumn sea, gulls far away', zh: '江上一叶小舟，月夜，左边两株垂柳，远山' },
  { en: 'The first morning of spring in an old garden', zh: '雪夜访友，竹林里的一盏灯' },
] as const;
