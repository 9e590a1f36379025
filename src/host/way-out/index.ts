/** The way out: the only way by which anything leaves this machine. */
export { type Destination, isNearName, isNumber, nearnessOf, readAddress } from './address.ts';
export { createWayOut, type OpenWayOut, type WayOutParts } from './create-way-out.ts';
export { createGrants, type Grant, type Grants, type GrantWish, originOf } from './grants.ts';
export { createEgressList, type EgressList, type Sent } from './list.ts';
export { createOfflineSwitch, type OfflineSwitch } from './offline.ts';
export { OPEN_PASSAGE, type Passage } from './pinned.ts';
export { gatherStopped } from './stopped.ts';
