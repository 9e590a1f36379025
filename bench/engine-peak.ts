/** The greatest memory that a process had, as Linux counts it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Begins to count anew: the peak becomes what it holds now. Bytes it holds, or undefined where the system does not tell. */
export function resetPeak(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    return undefined;
  }
  return peakOf(pid);
}

/** Processes that a process has started. */
export function childrenOf(pid: number): readonly number[] {
  try {
    const lines = readdirSync(`/proc/${pid}/task`).map((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1'),
    );
    return lines.join(' ').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Bytes of its peak since the last reset (VmHWM); undefined where it is gone or the system does not tell. */
export function peakOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
}
