/**
 * The port to a model that makes sound out of labels, noise, and perhaps another sound: textures and loops. A driver
 * implements it; a studio asks the kernel for it. What it makes goes round: its end runs on into its beginning.
 */
import type { ModelIdentity } from './token-model.ts';
import type { Price } from './way-out.ts';

export interface SoundModel extends AsyncDisposable {
  readonly identity: ModelIdentity;
  /** Samples per second of all that goes in and comes out. */
  readonly rate: number;
  /** What a sound may be asked for by. */
  readonly labels: readonly string[];
  /** Takes any words as labels. */
  readonly open?: boolean;
  /** Sings or speaks the `text` of a request. What it makes has a beginning and an end, and is as long as that takes. */
  readonly voice?: 'sings' | 'speaks';
  /** What each sound costs, where that is known beforehand. */
  readonly price?: Price;
  /** Lengths are whole numbers of so many samples. */
  readonly step: number;
  /** Samples of the loops it learned from; much longer ones are less sure. */
  readonly loop: number;
  /** One channel of round sound; the same request gives the same numbers. Throws `core/cancelled` on the signal. */
  make(request: SoundRequest): Promise<Float32Array>;
}

export interface SoundRequest {
  /** Some of the model's labels; none: anything. */
  readonly labels: readonly string[];
  readonly seed: string | number;
  /** Words to sing or to speak, for models with a `voice`. */
  readonly text?: string;
  /** Samples, a multiple of `step`. */
  readonly length: number;
  /** How hard the labels pull: 1 as learned, 2 to 4 more plainly. Default 2. */
  readonly guidance?: number;
  /** Steps from noise to sound. Default 30. */
  readonly steps?: number;
  /** A sound of `length` samples to begin from, and how far to go from it: 0 leaves it, 1 forgets it. */
  readonly from?: { readonly samples: Float32Array; readonly strength: number };
  readonly signal?: AbortSignal;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}
