/** Where names and seeds that nobody chose come from. */
export interface Ids {
  /** A name that nobody else has, for jobs. */
  next(): string;
  /** A whole number, 0 ≤ seed < 2³², for runs whose artist named none. */
  seed(): number;
}
