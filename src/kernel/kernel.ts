import type { Op } from './op.ts';
import type { Clock } from './ports/clock.ts';
import type { Ids } from './ports/ids.ts';
import type { ModelCatalogue } from './ports/model-catalogue.ts';
import type { PictureReader } from './ports/picture-reader.ts';
import type { Storage } from './ports/storage.ts';
import type { Workshop } from './ports/workshop.ts';

/** Everything the kernel's calls need, put together by the host. */
export interface Kernel {
  readonly ops: ReadonlyMap<string, Op>;
  readonly storage: Storage;
  readonly models: ModelCatalogue;
  readonly workshop: Workshop;
  readonly pictures: PictureReader;
  readonly clock: Clock;
  readonly ids: Ids;
}
