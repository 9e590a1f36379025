import { defineWords } from '../../../i18n/words.tsx';

export const WORDS = defineWords({
  title: { en: 'Layers', zh: '图层' },
  hint: {
    en: 'Top first. What is hidden is hidden on the easel only, until you keep it.',
    zh: '自上而下。隐藏只在画架上，存为作品时才留下。',
  },
  reading: { en: 'Reading the layers …', zh: '正在读取图层……' },
  hide: { en: 'Hide {name}', zh: '隐藏{name}' },
  show: { en: 'Show {name}', zh: '显示{name}' },
  save: { en: 'Save {name} as PNG', zh: '将{name}存为 PNG' },
  saveMask: { en: 'Save the mask of {name} as PNG', zh: '将{name}的蒙版存为 PNG' },
  all: { en: 'Show all', zh: '全部显示' },
  asMasks: { en: 'As masks', zh: '看蒙版' },
});

/** How a layer lies over those under it. */
export const MODES = defineWords({
  'source-over': { en: 'normal', zh: '正常' },
  multiply: { en: 'multiply', zh: '正片叠底' },
  screen: { en: 'screen', zh: '滤色' },
  overlay: { en: 'overlay', zh: '叠加' },
  'soft-light': { en: 'soft light', zh: '柔光' },
  darken: { en: 'darken', zh: '变暗' },
  lighten: { en: 'lighten', zh: '变亮' },
  lighter: { en: 'plus', zh: '线性减淡' },
});
