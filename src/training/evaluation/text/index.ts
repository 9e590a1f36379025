export { type BitsPerUnit, bitsPerUnit } from './bits.ts';
export { type BleuOptions, type BleuScore, bleuSignature, corpusBleu, sentenceBleu } from './bleu.ts';
export { BLEU_TOKENIZERS, type BleuTokenizer } from './bleu-tokenizers.ts';
export { type ChrfOptions, chrfSignature, corpusChrf, sentenceChrf } from './chrf.ts';
export { distinctN, longestRepeat, repetitionN, selfBleu } from './diversity.ts';
export {
  type Completed,
  type Completion,
  type Memorisation,
  type MemorisationOptions,
  measureMemorisation,
  type Passages,
} from './memorisation.ts';
export { measureNovelty, type Novelty } from './novelty.ts';
