/** The guard at the socket. */
export { findHome, offlineByEnvironment } from './ground.ts';
export { attributeStopped, claimPassage, guardVariable, installGuard, isGuarded, PRELOAD } from './install.ts';
export type { GuardedPassage } from './passage.ts';
export { OFF_THE_NETWORK, UNSHARE } from './programs.ts';
