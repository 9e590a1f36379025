import type { Op } from './op.ts';
import type { Clock } from './ports/clock.ts';
import type { Ids } from './ports/ids.ts';
import type { ModelCatalogue } from './ports/model-catalogue.ts';
import type { Storage } from './ports/storage.ts';

/** Everything the kernel's calls need, put together by the host. */
export interface Kernel {
  readonly ops: ReadonlyMap<string, Op>;
  readonly storage: Storage;
  readonly models: ModelCatalogue;
  readonly clock: Clock;
  readonly ids: Ids;
}
