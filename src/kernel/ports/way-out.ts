/**
 * The port to the way out: the only way by which anything leaves this machine. Each request needs a capability that the artist
 * granted for that host and purpose; the offline switch closes all of it; every request is listed with host, bytes, cost, the
 * job it belonged to and what kind of content it carried.
 */
import type { Bilingual } from '../plan.ts';

/** Why something leaves. */
export const OUT_PURPOSES = ['chat', 'picture', 'sound', 'fetch-model', 'fetch-text'] as const;

export type OutPurpose = (typeof OUT_PURPOSES)[number];

/** An amount of money. */
export interface Price {
  readonly amount: number;
  /** `USD`, or whatever the artist writes. */
  readonly currency: string;
}

/** What a caller says of its requests beforehand. */
export interface Errand {
  readonly purpose: OutPurpose;
  /** Catalogue name of the model that is asked, where there is one. */
  readonly model?: string;
  /** What the content is, for the list: the words of a brief, a picture of the artist's, nothing but an address. */
  readonly carries?: Bilingual;
}

/** A connection of messages in both directions, already open. */
export interface OutSocket {
  send(message: string | Uint8Array): void;
  /** Messages as they come; ends when the other side closes. Throws when the connection breaks. */
  messages(): AsyncIterable<string | Uint8Array>;
  close(): void;
}

export interface WayOut {
  /** A `fetch` for an errand. It throws `way-out/closed`, `way-out/not-granted`, `way-out/bad-address`. */
  fetchFor(errand: Errand): typeof globalThis.fetch;
  /** Opens a WebSocket (`ws:`, `wss:`). Throws as `fetchFor` does. */
  connect(url: string, errand: Errand, signal?: AbortSignal): Promise<OutSocket>;
  /**
   * Whether the artist gave leave to spend so much there, beforehand: a grant with a budget that is not used up. Throws
   * `way-out/ask-to-spend`, `way-out/budget-spent`, and as `fetchFor` does.
   */
  maySpend(url: string, errand: Errand, cost: Price): Promise<void>;
  /** Notes what requests of an errand cost, once it is known. */
  spent(errand: Errand, cost: Price): Promise<void>;
}
