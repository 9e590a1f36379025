/** What the parts of a person are drawn from. */
import type { Stage } from '../anatomy/index.ts';
import type { Pose, Role } from './role.ts';

/** A person on the way to paper. */
export interface Body {
  readonly stage: Stage;
  readonly role: Role;
  readonly pose: Pose;
  readonly skin: string;
  /** Robe, trim, what is below; the colour asked for is the robe's. */
  readonly colours: readonly [main: string, trim: string, low: string];
  /** Seen from behind. */
  readonly behind: boolean;
}
