/**
 * The one definition of the network, for training, evaluation and inference alike:
 *
 *   ids ─▶ embed ─▶ layer × layers ─▶ closing norm
 *
 * What a layer is, llama.ts and gpt2.ts say; where weights come from and how positions see each other, the parts say.
 */
import type { Tensor } from '../graph/index.ts';
import type { GptConfig } from './config.ts';
import type { ForwardParts } from './network-parts.ts';
import { shapeOf } from './shape.ts';

export type { ForwardParts } from './network-parts.ts';

/** The last hidden states (N, C), normalised; multiplied with `outputTable` they are logits. */
export function forward(parts: ForwardParts): Tensor {
  const shape = shapeOf(parts.config);
  let x = shape.embed(parts);
  const { layer: apply = (layer: (x: Tensor) => Tensor, x: Tensor): Tensor => layer(x) } = parts;
  for (let i = 0; i < parts.config.num_hidden_layers; i++) x = apply((value) => shape.layer(parts, value, i), x);
  return shape.close(parts, x);
}

/** The name of the output layer's weight (V, C). */
export function outputTable(config: GptConfig): string {
  return shapeOf(config).outputTable(config);
}
