/**
 * Errands: what a door answers at once, yet must not reckon in the process that serves everybody: a file in some format, a work
 * made again, a small picture, what an op reports. They are no jobs and nothing is kept of them.
 *
 *   door ─▶ errand ─▶ a worker with nothing to do, or one hired for errands ─▶ answer
 *        ─▶ hangs up ─▶ an errand that waits is dropped, one that runs is stopped
 */
import type { Json } from '../core/index.ts';
import type { Measure, Replay, RunRequest, ThumbnailLook } from '../kernel/index.ts';
import type { ExportedFile } from './export-work.ts';

/** What a worker can be sent for. */
export type Errand =
  | { readonly errand: 'ask'; readonly request: Omit<RunRequest, 'signal'> }
  | { readonly errand: 'replay'; readonly id: string }
  | { readonly errand: 'export'; readonly id: string; readonly format: string; readonly settings: object }
  | { readonly errand: 'thumbnail'; readonly id: string; readonly look: ThumbnailLook }
  | { readonly errand: 'critique'; readonly id: string };

/** What comes back. */
export type ErrandAnswer = Json | Replay | ExportedFile | Uint8Array | readonly Measure[];

/** Who can be sent on errands. */
export interface ErrandRunner {
  /** Throws what the errand throws; `core/cancelled` on the signal, at once. */
  send(errand: Errand, signal?: AbortSignal): Promise<ErrandAnswer>;
}

/** Errands that may take minutes; the others are quick, and someone waits for them with a pen in hand. */
export function isLong({ errand }: Errand): boolean {
  return errand === 'replay' || errand === 'export';
}

/**
 * Milliseconds that an errand may go on after nobody waits for it any more, before its worker is ended. What is asked while one
 * types is given up all the time and over soon: a worker that has a model open is worth more. A small picture is kept on disk
 * and will be asked for again.
 */
export function patienceWith({ errand }: Errand): number {
  if (errand === 'thumbnail') return Number.POSITIVE_INFINITY;
  return isLong({ errand } as Errand) ? 2000 : 10_000;
}
