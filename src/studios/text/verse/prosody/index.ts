export { modernTone, parsePinyin, type Syllable, TONGYUN_GROUPS, tongyunGroup } from './pinyin.ts';
export { readTable } from './read-table.ts';
export { loadRhymeBook, pinyinReadings } from './rhyme-book.ts';
export {
  areNeighbours,
  classOfTone,
  keysInToneClass,
  partsOfGroup,
  sisterGroups,
  toneOfGroup,
} from './rhyme-relations.ts';
export { simplify } from './simplify.ts';
export { type Reading, RHYME_BOOKS, type RhymeBook, type RhymeBookName, type Tone, type ToneClass } from './types.ts';
