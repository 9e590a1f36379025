/** A tiny model with random weights over byte pairs: it writes nonsense, and any text can be asked of it. */
import { createWeights, gptConfig, learnBytePairs, type Model } from '../src/training/index.ts';

/** Reads `context` tokens; always the same weights. */
export function tinyModel(context = 512): Model {
  const special = ['<pad>', '<s>', '</s>', '<unk>'];
  const text = 'The night is long; it is 1923 and 春眠不觉晓，处处闻啼鸟。{"season":"autumn"}';
  const tokenizer = learnBytePairs([text, text], { vocabSize: 300, special });
  const config = gptConfig({
    vocab_size: tokenizer.vocabulary.length,
    hidden_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    intermediate_size: 96,
    max_position_embeddings: context,
    tie_word_embeddings: false,
  });
  const summary = { en: 'A tiny random model.', zh: '很小的随机模型。' };
  return {
    config,
    tokenizer,
    weights: createWeights(config, 'llama'),
    card: { name: 'tiny', licence: 'CC0-1.0', summary },
  };
}
