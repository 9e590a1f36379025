/** What music can be asked for, in words: the studio's own list of manners and modes (a test compares them). */
import type { Both } from '../../i18n/words.tsx';

export const STYLE_WORDS: Readonly<Record<string, Both>> = {
  jiangnan: { en: 'Jiangnan air', zh: '江南曲' },
  xiaodiao: { en: 'Xiaodiao', zh: '小调' },
  northern: { en: 'Northern song', zh: '北曲' },
  'mountain-song': { en: 'Mountain song', zh: '山歌' },
  guqin: { en: 'Qin piece', zh: '琴曲' },
  opera: { en: 'Chinese opera air', zh: '戏曲小段' },
  folk: { en: 'Air', zh: '民谣' },
  'art-song': { en: 'Art song', zh: '艺术歌曲' },
  popular: { en: 'Popular song', zh: '流行曲' },
  lullaby: { en: 'Lullaby', zh: '摇篮曲' },
  waltz: { en: 'Waltz', zh: '圆舞曲' },
  march: { en: 'March', zh: '进行曲' },
  polka: { en: 'Polka', zh: '波尔卡' },
  reel: { en: 'Reel', zh: '里尔舞曲' },
  jig: { en: 'Jig', zh: '吉格舞曲' },
  'slip-jig': { en: 'Slip jig', zh: '滑步吉格' },
  slide: { en: 'Slide', zh: '滑步舞曲' },
  hornpipe: { en: 'Hornpipe', zh: '号笛舞曲' },
};

export const MODE_WORDS: Readonly<Record<string, Both>> = {
  gong: { en: 'gong', zh: '宫' },
  shang: { en: 'shang', zh: '商' },
  jue: { en: 'jue', zh: '角' },
  zhi: { en: 'zhi', zh: '徵' },
  yu: { en: 'yu', zh: '羽' },
  major: { en: 'major', zh: '大调' },
  minor: { en: 'minor', zh: '小调' },
  dorian: { en: 'Dorian', zh: '多利亚' },
  phrygian: { en: 'Phrygian', zh: '弗里几亚' },
  lydian: { en: 'Lydian', zh: '利底亚' },
  mixolydian: { en: 'Mixolydian', zh: '混合利底亚' },
  locrian: { en: 'Locrian', zh: '洛克里亚' },
};

/** Tonics in the spelling that musicians use most. */
export const TONICS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const;
