/**
 * The port to a model that makes pictures: out of words, out of a sketch, or larger out of smaller. A driver implements it;
 * a studio asks the kernel for it.
 */
import type { ModelIdentity } from './token-model.ts';
import type { Price } from './way-out.ts';

/** A picture as models see it: planes (channels, height, width) of values in −1 … 1, 1 being white. */
export interface PixelPlanes {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: number;
  readonly data: Float32Array;
}

/** What a model makes pictures of: `words` and noise, a `sketch` (dark lines on white), a `small` picture. */
export type PictureSource = 'words' | 'sketch' | 'small';

export interface PictureModel extends AsyncDisposable {
  readonly identity: ModelIdentity;
  readonly source: PictureSource;
  /** Channels of the picture that it is given; 0 where it takes none. */
  readonly channels: number;
  /** Pixels made for each pixel given, a side. */
  readonly scale: number;
  /** Pixels of what it makes, width first; absent: as large as what it is given, times `scale`. */
  readonly size?: readonly [number, number];
  /** It can be asked for other sizes, whose sides are multiples of this. */
  readonly sizeStep?: number;
  /** The only sizes that it makes, where it can be asked for some and no others. */
  readonly sizes?: readonly (readonly [number, number])[];
  /** Languages whose words it was taught; absent: Chinese and English. */
  readonly languages?: readonly ('zh' | 'en')[];
  /** Can be told which part of a picture stays (`keep`); absent: yes, where it takes a picture. */
  readonly keeps?: boolean;
  /** Parts of a request that it cannot follow and passes over; absent: none. */
  readonly ignores?: readonly ('seed' | 'steps' | 'guidance' | 'sampler' | 'strength')[];
  /** What each picture costs, where that is known beforehand. */
  readonly price?: Price;
  /** Ways from noise to picture that it knows by name. */
  readonly samplers?: readonly string[];
  /** What it may be asked for by; empty: it takes no words, or any where it is open. */
  readonly labels: readonly string[];
  /** Takes any words, in Chinese and English, as labels. */
  readonly open?: boolean;
  /** The paper that it paints on without its grain, which whoever shows the picture lays over it: `rice`. */
  readonly paper?: string;
  /** Manners in which it can make what it is asked for. */
  readonly styles?: readonly string[];
  /** Words of a text that it knows by their pieces only, and those that it cannot know. For open models. */
  strange?(text: string): { readonly guessed: readonly string[]; readonly unknown: readonly string[] };
  /** What it has learned from that a picture comes nearest to, where that is kept. */
  nearest?(picture: PixelPlanes): NearestSeen | undefined;
  /** The same request gives the same numbers. Throws `core/cancelled` on the signal, and the driver's refusals. */
  make(request: PictureRequest): Promise<PixelPlanes>;
}

/** A picture that a model has learned from, beside one that was made. */
export interface NearestSeen {
  readonly name: string;
  /** Where it comes from, and whose it is. */
  readonly source: string;
  /** Root of the mean squared difference of both, made small, 0 to 2. */
  readonly distance: number;
  /** Below this distance hardly any picture comes that the model never saw: a copy must be suspected. */
  readonly suspect: number;
}

/** A label and how much of it there shall be; weight 1 is plain. */
export interface WeightedLabel {
  readonly label: string;
  readonly weight: number;
  /** Goes on from the label before, as words of one phrase do: no comma between them. */
  readonly joined?: true;
}

export interface PictureRequest {
  readonly seed: string | number;
  /** Some of the model's labels; none: anything. */
  readonly labels?: readonly WeightedLabel[];
  /** What there shall be less of. */
  readonly without?: readonly WeightedLabel[];
  /** One of the model's styles. */
  readonly style?: string;
  /** For open models: on the way from `labels` (share 0) to these (share 1). */
  readonly between?: { readonly labels: readonly WeightedLabel[]; readonly share: number };
  /** How hard the labels pull: 1 as learned, 2 to 4 more plainly. */
  readonly guidance?: number;
  /** Steps from noise to picture. */
  readonly steps?: number;
  /** One of the model's samplers. */
  readonly sampler?: string;
  /** Width and height in pixels, for models with a `sizeStep`. */
  readonly size?: readonly [number, number];
  /** The sketch, the small picture, or for words the picture to begin from. */
  readonly from?: PixelPlanes;
  /** For words: how far to go from that picture, 0 leaves it, 1 forgets it. */
  readonly strength?: number;
  /** For words: one plane over `from`; 1 where it stays as it is, −1 where it is made anew. */
  readonly keep?: PixelPlanes;
  readonly signal?: AbortSignal;
  /** Told the share that is done, 0 to 1, and how it looks so far where that is cheap to know. */
  readonly onProgress?: (done: number, preview?: PixelPlanes) => void;
}
