/**
 * The guard: closes the network to a process, from its first line on. What passes is the way out (through a gap that is given
 * away once), the server of this home, and processes of ours, each with a guard of its own.
 *
 *   anybody's code ─▶ fetch, http, net, tls, dgram, dns, WebSocket … ─▶ handle ─▶ guard ─▶ noted, "permission denied"
 *   the way out ─────────────────────────────────────────────────────▶ handle ─▶ guard ─▶ switch open? ─▶ network
 *
 * It is a wall against code in JavaScript. Native code of a package could go around it; engines with such code live in
 * processes that have no network at all where the system allows that (`src/isolation`).
 */
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { guardBackDoors } from './back-doors.ts';
import { type Attribution, type Ground, layGround } from './ground.ts';
import { guardNames, type NameBindings } from './names.ts';
import { createPassage, type GuardedPassage } from './passage.ts';
import { guardPrograms, type ProgramBindings } from './programs.ts';
import { guardSockets, type SocketBindings } from './sockets.ts';

/** The module that guards a process of ours from its start. */
export const PRELOAD: string = fileURLToPath(new URL('./preload.ts', import.meta.url));

let ground: Ground | undefined;
let gap: GuardedPassage | undefined;

/** Puts the guard up; a second call does nothing. `child`: whether this process was started by one of ours. */
export function installGuard(home: string, child: boolean, by?: Attribution): void {
  if (ground) return;
  ground = layGround(home, child, by);
  const { binding } = process as unknown as { binding(name: string): never };
  const sockets: SocketBindings = { tcp: binding('tcp_wrap'), udp: binding('udp_wrap'), pipe: binding('pipe_wrap') };
  const names: NameBindings = binding('cares_wrap');
  const programs: ProgramBindings = { process: binding('process_wrap'), sync: binding('spawn_sync') };
  gap = createPassage(ground);
  guardSockets(ground, sockets);
  guardNames(ground, names);
  guardPrograms(ground, programs, PRELOAD);
  guardBackDoors(ground);
  syncBuiltinESMExports();
}

/** The gap in the guard, for the first who asks; undefined for all others, and where there is no guard. */
export function claimPassage(): GuardedPassage | undefined {
  if (ground && gap === undefined) ground.stopped('native', 'the gap of the guard');
  const claimed = gap;
  gap = undefined;
  return claimed;
}

/** What `LLMAGENTOS_GUARD` says to a process that is started with `--require PRELOAD`. */
export function guardVariable(home: string): string {
  return JSON.stringify({ home });
}

/** Whether this process is guarded. */
export function isGuarded(): boolean {
  return ground !== undefined;
}

/** Tells the guard whose work is at hand, for the list of what was stopped. */
export function attributeStopped(by: Attribution): void {
  ground?.attribute(by);
}
