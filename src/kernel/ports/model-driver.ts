/**
 * The port to a model runtime: it opens model folders. A folder holds `card.json`, which names the driver (`house` where it
 * names none) and says all that the driver must know; weights lie beside the card, or at a path or address that it names.
 *
 *   card.json { driver: 'llama', file: '/models/x.gguf' } ─▶ catalogue ─▶ driver llama ─▶ ChatModel
 */
import type { Json } from '../../core/index.ts';
import type { Progress } from '../progress.ts';
import type { Residency } from '../residency.ts';
import type { ChatModel } from './chat-model.ts';
import type { GapFiller } from './gap-filler.ts';
import type { PictureEye } from './picture-eye.ts';
import type { PictureModel } from './picture-model.ts';
import type { SoundModel } from './sound-model.ts';
import type { TextEmbedder } from './text-embedder.ts';
import type { ModelIdentity, TokenModel } from './token-model.ts';
import type { WayOut } from './way-out.ts';

/** What a model can be opened as. */
export const MODEL_ROLES = ['token', 'chat', 'picture', 'sound', 'eye', 'embedder', 'gaps'] as const;

export type ModelRole = (typeof MODEL_ROLES)[number];

/** What a driver is given of the world. */
export interface DriverSurroundings {
  readonly wayOut: WayOut;
  /** The key that a card names: from the environment, or from the artist's file of keys; undefined when there is none. */
  readonly key: (name: string) => Promise<string | undefined>;
  /** Who is in memory; engine processes ask it before they load. */
  readonly residency: Residency;
  /** Milliseconds; throws `core/cancelled` on the signal. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** A model as its driver finds it. */
export interface ModelFolder {
  readonly folder: string;
  readonly card: { readonly [key: string]: Json | undefined };
}

/** Something that the artist wants to use as a model. */
export type ModelSource =
  /** `head`: its first bytes, at most 64 KiB. */
  | { readonly kind: 'file'; readonly path: string; readonly head: Uint8Array }
  /** `files`: what lies in it and below, with `/` between, at most 2,000. */
  | { readonly kind: 'folder'; readonly path: string; readonly files: readonly string[] }
  | { readonly kind: 'address'; readonly url: string };

/** What a driver makes of a source. */
export interface Recognised {
  /** Fields of the card to be, without name and driver. */
  readonly card: { readonly [key: string]: Json };
  /** Bytes of memory that it will need; absent for what runs elsewhere. */
  readonly memory?: number;
  /** Its files must lie in the folder of the model itself: they are copied. */
  readonly whole?: true;
  /** Its files must be fetched first, into a folder that is empty; gives what more the card says then. */
  readonly fetch?: (folder: string, options: FetchOptions) => Promise<{ readonly [key: string]: Json }>;
}

/** How files of a model are fetched. */
export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes so far, bytes in all, and which file it is. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface ModelDriver {
  /**
   * Looks at the content of a source, never at its name. Undefined: not of this driver. Throws `engine/broken-model` for what
   * is of this driver and broken, or must not be opened (pickle).
   */
  recognise?(source: ModelSource, signal?: AbortSignal): Promise<Recognised | undefined>;
  /** Bytes of memory that a model will need; undefined where it runs elsewhere. */
  memory?(folder: string): Promise<number | undefined>;
  /** The identity alone, without the cost of loading. */
  identify(folder: string): Promise<ModelIdentity>;
  /** What a model can be opened as, told from its card; absent: every role that the driver has. */
  roles?(entry: ModelFolder): readonly ModelRole[];
  /** Absent: a runtime whose caller cannot choose tokens. */
  createTokenModel?(folder: string): Promise<TokenModel>;
  /** Absent: a runtime that is not spoken to. */
  createChatModel?(folder: string): Promise<ChatModel>;
  /** Absent: a runtime without sound. */
  createSoundModel?(folder: string): Promise<SoundModel>;
  /** Absent: a runtime without pictures. */
  createPictureModel?(folder: string): Promise<PictureModel>;
  /** Absent: a runtime that does not look at pictures. */
  createPictureEye?(folder: string): Promise<PictureEye>;
  /** Absent: a runtime without vectors of texts. */
  createTextEmbedder?(folder: string): Promise<TextEmbedder>;
  /** Absent: a runtime that does not fill gaps. */
  createGapFiller?(folder: string): Promise<GapFiller>;
}
