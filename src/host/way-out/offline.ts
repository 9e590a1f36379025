/** The one switch that closes the way out: a file in the home folder, or `LLMAGENTOS_OFFLINE` in the environment. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface OfflineSwitch {
  /** Who closed it; undefined while it is open. */
  closedBy(): 'environment' | 'switch' | undefined;
  set(offline: boolean): void;
}

/** The switch of a file that exists while it is on. */
export function createOfflineSwitch(file: string, byEnvironment: boolean): OfflineSwitch {
  return {
    closedBy: () => (byEnvironment ? 'environment' : existsSync(file) ? 'switch' : undefined),
    set: (offline) => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      if (offline) writeFileSync(file, '', { flush: true });
      else rmSync(file, { force: true });
    },
  };
}
