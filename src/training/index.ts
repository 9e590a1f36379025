/** The door of the training engine: models, tokenisers, and running them. A pure library. */
export { formatConfig, type GptConfig, type GptSizes, gptConfig, parseConfig } from './gpt/config.ts';
export { createWeights, parameterCount, parameterShapes, type Weights } from './gpt/parameters.ts';
export { createGptRunner, type GptBatch, type GptRunner, type RunnerOptions } from './gpt/runner.ts';
export { defaultThreads } from './graph/session.ts';
export { CARD, type ModelCard, parseCard } from './model/card.ts';
export {
  type CharacterTokenizer,
  createCharacterTokenizer,
  formatTokenizer,
  isSpecial,
  parseTokenizer,
} from './model/character-tokenizer.ts';
export {
  createRandomModelFolder,
  identifyModelFolder,
  type LoadedModel,
  loadModelFolder,
  type Model,
  type RandomModelOptions,
  saveModelFolder,
} from './model/model-folder.ts';
export { formatSafetensors, type Precision, readSafetensors, type StoredTensor } from './model/safetensors.ts';
