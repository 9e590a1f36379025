import type { Json } from '../../core/index.ts';
import type { ChatModel } from './chat-model.ts';
import type { GapFiller } from './gap-filler.ts';
import type { ModelRole } from './model-driver.ts';
import type { PictureEye } from './picture-eye.ts';
import type { PictureModel } from './picture-model.ts';
import type { SoundModel } from './sound-model.ts';
import type { TextEmbedder } from './text-embedder.ts';
import type { ModelIdentity, TokenModel } from './token-model.ts';

/** A model that is at hand, and what its `card.json` says. */
export interface ModelEntry {
  readonly name: string;
  readonly folder: string;
  readonly card: { readonly [key: string]: Json | undefined };
  /** The runtime that opens it. */
  readonly driver: string;
  /** What it can be opened as; empty where nothing here opens it. */
  readonly roles: readonly ModelRole[];
  /** Whether the artist lets it be used. */
  readonly enabled: boolean;
  /** Why the card could not be read; then `card` is empty. */
  readonly fault?: string;
}

/** The models at hand. The catalogue keeps opened models and closes them at its own end. */
export interface ModelCatalogue extends AsyncDisposable {
  /** All of them, also those that are off. */
  list(): Promise<readonly ModelEntry[]>;
  /** Turns a model on or off, for every process of this home. Throws `host/model-missing`. */
  setEnabled(name: string, enabled: boolean): Promise<void>;
  /** One that is on. */
  find(name: string): Promise<ModelEntry | undefined>;
  /** As `find`; throws `host/model-missing`, `host/model-off`. */
  get(name: string): Promise<ModelEntry>;
  /** What goes into the record of a work. Throws as `openTokenModel`. */
  identify(name: string): Promise<ModelIdentity>;
  /** Opens it once and shares it. Throws `host/model-missing`, and what the driver throws for a broken model. */
  openTokenModel(name: string): Promise<TokenModel>;
  /** The same for a model that is spoken to. Throws `host/wrong-role` where the model cannot be. */
  openChatModel(name: string): Promise<ChatModel>;
  /** The same for a model that makes sound. */
  openSoundModel(name: string): Promise<SoundModel>;
  /** The same for a model that makes pictures. */
  openPictureModel(name: string): Promise<PictureModel>;
  /** The same for a model that looks at pictures. */
  openPictureEye(name: string): Promise<PictureEye>;
  /** The same for a model that turns texts into vectors. */
  openTextEmbedder(name: string): Promise<TextEmbedder>;
  /** The same for a model that fills gaps in texts. */
  openGapFiller(name: string): Promise<GapFiller>;
}
