export {
  createGuard,
  type GuardEnv,
  type Guarded,
  type GuardOptions,
  type Need,
  type Rates,
  type Socketed,
} from './guard.ts';
export { STUDIO_POLICY } from './headers.ts';
export { createKey, createKeyCheck, createTicketGate, type Seal, writeTicket } from './keys.ts';
export { type Address, bracketed, isLoopback } from './own-address.ts';
