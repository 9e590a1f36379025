export { createEventsAnswer, type JobStanding, STREAM_LIMITS, type StreamLimits } from './answer-events.ts';
export { type Broadcast, createBroadcast } from './broadcast.ts';
export { pumpEvents } from './pump.ts';
