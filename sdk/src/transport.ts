import type { LLMAgentError } from './error.ts';
import type { ClientMessage } from './protocol/messages.ts';

/** What a transport tells its owner. */
export interface TransportListener {
  /** A message came; it is parsed JSON and nothing more is known of it. */
  message(value: unknown): void;
  /** Nothing more will come: the error says why; undefined after `close`. Called once. */
  closed(why: LLMAgentError | undefined): void;
}

/** A way for messages to reach a server and come back, in order. */
export interface Transport {
  send(message: ClientMessage): void;
  /** Whether somebody waits for an answer; while nobody does, the transport must not keep the program running. */
  hold(waiting: boolean): void;
  /** Ends the connection and waits until it is over; the server stops what still runs. */
  close(): Promise<void>;
}

/** Opens a transport; messages come to the listener from the next turn of the event loop on. */
export type OpenTransport = (listener: TransportListener) => Transport;
