/**
 * The port to a model runtime: it opens model folders. A folder holds `card.json`, which names the driver (`house` where it
 * names none) and says all that the driver must know; weights lie beside the card, or at a path or address that it names.
 *
 *   card.json { driver: 'llama', file: '/models/x.gguf' } ─▶ catalogue ─▶ driver llama ─▶ ChatModel
 */
import type { Json } from '../../core/index.ts';
import type { ChatModel } from './chat-model.ts';
import type { PictureModel } from './picture-model.ts';
import type { SoundModel } from './sound-model.ts';
import type { ModelIdentity, TokenModel } from './token-model.ts';
import type { WayOut } from './way-out.ts';

/** What a model can be opened as. */
export const MODEL_ROLES = ['token', 'chat', 'picture', 'sound'] as const;

export type ModelRole = (typeof MODEL_ROLES)[number];

/** What a driver is given of the world. */
export interface DriverSurroundings {
  readonly wayOut: WayOut;
  /** The key that a card names: from the environment, or from the artist's file of keys; undefined when there is none. */
  readonly key: (name: string) => Promise<string | undefined>;
  /** Milliseconds; throws `core/cancelled` on the signal. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** A model as its driver finds it. */
export interface ModelFolder {
  readonly folder: string;
  readonly card: { readonly [key: string]: Json | undefined };
}

export interface ModelDriver {
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
}
