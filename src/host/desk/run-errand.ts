import type { Errand, ErrandAnswer } from '../errand.ts';
import type { Os } from '../os.ts';

/** Does an errand in this process. */
export function runErrand(os: Os, errand: Errand, signal: AbortSignal): Promise<ErrandAnswer> {
  switch (errand.errand) {
    case 'ask':
      return os.ask({ ...errand.request, signal });
    case 'replay':
      return os.replay(errand.id, { signal });
    case 'export':
      return os.export(errand.id, errand.format, errand.settings);
    case 'thumbnail':
      return os.thumbnail(errand.id, errand.look);
    case 'critique':
      return os.critique(errand.id);
  }
}
