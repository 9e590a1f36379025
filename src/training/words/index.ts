/** Word vectors in Chinese and English: learning, keeping and asking them. */
export { type FinishedVectors, finishVectors } from './finish-vectors.ts';
export { judge as judgeWords } from './judge.ts';
export { type LexiconOptions, learnLexicon } from './lexicon.ts';
export { BREAK, findPhrases, joinPhrases, type PhraseOptions } from './phrases.ts';
export { createSegmenter, cutWords, isChinese, type Segmenter } from './segmenter.ts';
export { buildVocabulary, subwordRows, subwordsOf, type Vocabulary, type VocabularyOptions } from './vocabulary.ts';
export { languagesOf, type ReadCorpus, readWordCorpus } from './word-corpus.ts';
export { loadWordFolder, saveWordFolder } from './word-folder.ts';
export {
  createWordLearner,
  freshWordState,
  type WordCorpus,
  type WordLearner,
  type WordLearnerOptions,
  type WordLearnerState,
} from './word-learner.ts';
export { type Analogy, type JudgedPair, scoreAnalogies, scoreSimilarity, spearman } from './word-scores.ts';
export { createWordVectors, type NearestOptions, type Neighbour, type WordVectors } from './word-vectors.ts';
export { createCourse as createWordsCourse } from './words-course.ts';
