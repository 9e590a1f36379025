/** What the steps of the workshop are given: where things are kept, and which models are at hand. */
import type { ModelEntry } from '../../../kernel/index.ts';
import type { Fetch } from '../../../training/index.ts';
import type { Shelf } from './shelf.ts';

export interface Surroundings {
  /** The artist's home folder. */
  readonly home: string;
  readonly shelf: Shelf;
  /** Reaches out to an address that the artist named. */
  readonly fetch: Fetch;
  /** All models at hand. */
  readonly listModels: () => Promise<readonly ModelEntry[]>;
  /** The folder of a model at hand; throws `host/model-missing`. */
  readonly folderOfModel: (name: string) => Promise<string>;
}
