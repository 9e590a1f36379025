/** What the two sides of an engine process say to each other; structured clones, so that arrays of numbers travel as they are. */

/** From us to the engine. */
export type ToEngine =
  | { readonly say: 'call'; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly say: 'cancel'; readonly id: number };

/** From the engine to us. */
export type FromEngine =
  | { readonly say: 'event'; readonly id: number; readonly event: unknown }
  | { readonly say: 'done'; readonly id: number; readonly output: unknown }
  | { readonly say: 'failed'; readonly id: number; readonly fault: WireFault }
  /** Bytes of memory in use. */
  | { readonly say: 'memory'; readonly bytes: number };

/** An error on its way. */
export interface WireFault {
  readonly message: string;
  /** Names the kind of an engine fault (`context-full`); absent for anything unforeseen. */
  readonly kind?: string;
  readonly zh?: string;
}
