/** Which process something belongs to, and whether that process is still there. */
import { hostname } from 'node:os';

/** This process: `host:pid:start`; the start tells it from an earlier process of the same number. */
export const OWNER = `${hostname()}:${process.pid}:${Math.round(performance.timeOrigin)}`;

/** Whether an owner on this machine has ended; of other machines nothing is known. */
export function isGone(owner: string): boolean {
  const [host, pid] = owner.split(':');
  if (host !== hostname() || owner === OWNER) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
