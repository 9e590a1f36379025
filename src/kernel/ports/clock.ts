/** Where time comes from; passed in, so that tests and replays hold it still. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}
