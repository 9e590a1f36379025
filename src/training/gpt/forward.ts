/**
 * The one definition of the network, Llama-shaped:
 *
 *   ids ─▶ embedding ─▶ [ norm ─▶ q, k, v ─▶ rotary ─▶ attend ─▶ o ─(+)─▶ norm ─▶ swiglu ─(+) ] × layers ─▶ norm
 *
 * Training, evaluation and inference differ only in where weights come from (`linear`, `weight`) and in how positions
 * see each other (`attend`). All matrices are (N, C), N tokens in time-major order.
 */
import { add, gather, type RotaryTable, rmsNorm, rotary, swiglu, type Tensor } from '../graph/index.ts';
import type { GptConfig } from './config.ts';
import { layerName } from './parameters.ts';

/** What the definition needs from the place it is built in. */
export interface ForwardParts {
  readonly config: GptConfig;
  /** Token numbers (N), i32. */
  readonly ids: Tensor;
  /** Positions (N), i64. */
  readonly positions: Tensor;
  readonly rotary: RotaryTable;
  /** A weight by name. */
  readonly weight: (name: string) => Tensor;
  /** x (N, C) times several weights (out, C): one result (N, out) each. */
  readonly linear: (x: Tensor, names: readonly string[]) => Tensor[];
  /** Attention of one layer: q, k, v (N, C) after rotation to (N, C). */
  readonly attend: (q: Tensor, k: Tensor, v: Tensor, layer: number) => Tensor;
}

/** The last hidden states (N, C), normalised; multiplied with `outputTable` they are logits. */
export function forward(parts: ForwardParts): Tensor {
  const { config, weight } = parts;
  let x = gather(weight('model.embed_tokens.weight'), parts.ids); // (N, C)
  for (let layer = 0; layer < config.num_hidden_layers; layer++) x = decoderLayer(parts, x, layer);
  return rmsNorm(x, weight('model.norm.weight'), config.rms_norm_eps);
}

/** One layer: attention, then the gated feed-forward network, each added to x (N, C). */
export function decoderLayer(parts: ForwardParts, x: Tensor, layer: number): Tensor {
  const attended = add(x, attentionBlock(parts, x, layer));
  return add(attended, feedForward(parts, attended, layer));
}

/** The name of the output layer's weight (V, C). */
export function outputTable(config: GptConfig): string {
  return config.tie_word_embeddings ? 'model.embed_tokens.weight' : 'lm_head.weight';
}

function attentionBlock(parts: ForwardParts, x: Tensor, layer: number): Tensor {
  const name = (part: string): string => layerName(layer, `self_attn.${part}`);
  const normed = rmsNorm(x, parts.weight(layerName(layer, 'input_layernorm')), parts.config.rms_norm_eps);
  const [q, k, v] = parts.linear(normed, [name('q_proj'), name('k_proj'), name('v_proj')]);
  const turn = (value: Tensor): Tensor => rotary(value, parts.positions, parts.rotary);
  return parts.linear(parts.attend(turn(q!), turn(k!), v!, layer), [name('o_proj')])[0]!;
}

function feedForward(parts: ForwardParts, x: Tensor, layer: number): Tensor {
  const name = (part: string): string => layerName(layer, `mlp.${part}`);
  const normed = rmsNorm(x, parts.weight(layerName(layer, 'post_attention_layernorm')), parts.config.rms_norm_eps);
  const [gate, up] = parts.linear(normed, [name('gate_proj'), name('up_proj')]);
  return parts.linear(swiglu(gate!, up!), [name('down_proj')])[0]!;
}
