/** MusicGen and its kin: words become sound, token by token. */
import { type CallContext, HandlerFault } from '../../../isolation/index.ts';
import { type Network, random, type Tokenizer } from './runtime.ts';

/** What to play. */
export interface MusicInput {
  readonly text: string;
  readonly seed: number;
  /** Samples. */
  readonly length: number;
  readonly guidance: number;
}

/** Makes at least so many samples; tells the share that is done. */
export async function makeMusic(
  model: Network,
  tokenizer: Tokenizer,
  { text, seed, length, guidance }: MusicInput,
  { signal, event }: CallContext,
): Promise<Float32Array> {
  const { decoder, audio_encoder: codec } = model.config as unknown as MusicConfig;
  const hop = codec.upsampling_ratios?.reduce((product, ratio) => product * ratio, 1) ?? codec.sampling_rate / 50;
  // Codebooks begin one after another: the last one ends as many steps later.
  const steps = Math.ceil(length / hop) + decoder.num_codebooks;
  random.seed(seed);
  let done = 0;
  const watch = (rows: readonly unknown[]): boolean[] => {
    event({ done: Math.min(1, ++done / steps) });
    return rows.map(() => signal.aborted);
  };
  const wave = await model.generate({
    ...tokenizer(text),
    max_new_tokens: steps,
    do_sample: true,
    guidance_scale: guidance,
    stopping_criteria: [watch],
  });
  if (signal.aborted) throw new HandlerFault('cannot', 'stopped', '已停止');
  return Float32Array.from(wave.data as Float32Array);
}

interface MusicConfig {
  readonly decoder: { readonly num_codebooks: number };
  readonly audio_encoder: { readonly sampling_rate: number; readonly upsampling_ratios?: readonly number[] };
}
