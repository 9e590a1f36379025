/**
 * What a shape of GPT has to say about itself, and which shape a configuration asks for. A new shape is one file beside
 * llama.ts and gpt2.ts: training, evaluation, inference, adapters and export follow from it.
 */
import type { GptConfig } from './config.ts';
import { GPT2 } from './gpt2.ts';
import { LLAMA } from './llama.ts';
import type { GptShape } from './network-parts.ts';

/** The shape of a configuration. */
export function shapeOf(config: GptConfig): GptShape {
  return config.model_type === 'gpt2' ? GPT2 : LLAMA;
}
