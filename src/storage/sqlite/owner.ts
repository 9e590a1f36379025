/** Which process something belongs to, and whether that process is still there. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** This process: `host:pid:start`; the start tells it from an earlier process of the same number. */
export const OWNER = `${hostname()}:${process.pid}:${Math.round(performance.timeOrigin)}`;

/** Clocks are set now and then; a number is not given again so soon, in milliseconds. */
const DOUBT = 60_000;

/** Whether an owner on this machine has ended; of other machines nothing is known. */
export function isGone(owner: string): boolean {
  const [host, pid, start] = owner.split(':');
  if (host !== hostname() || owner === OWNER) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ESRCH';
  }
  // After a restart of the machine the number may be another program's.
  const began = startOf(Number(pid));
  return began !== undefined && began > Number(start) + DOUBT;
}

/** When a process began, in milliseconds since 1970; undefined where the system does not tell as Linux does. */
function startOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, in hundredths of a second since the machine started; the name before it may hold spaces.
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
    const began = Date.now() - uptime * 1000 + ticks * 10;
    return Number.isFinite(began) ? began : undefined;
  } catch {
    return undefined;
  }
}
