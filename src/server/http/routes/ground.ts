import type { Os } from '../../../host/index.ts';
import type { Desk } from '../../../kernel/index.ts';
import type { Cards } from '../cards.ts';
import type { Broadcast, StreamLimits } from '../events/index.ts';

/** What the handlers stand on. */
export interface Ground {
  readonly os: Os;
  readonly desk: Desk;
  readonly cards: Cards;
  readonly broadcast: Broadcast;
  readonly limits: StreamLimits;
  /** Milliseconds since 1970; when the server was started. */
  readonly startedAt: number;
  readonly version: string;
}
