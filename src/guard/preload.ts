// Loaded before anything else into processes of ours (`--require`), and into their threads.
import { findHome } from './ground.ts';
import { installGuard } from './install.ts';

/** As `guardVariable` writes it. */
interface Told {
  readonly home?: string;
  readonly by?: Readonly<Record<string, string>>;
}

const { home, by } = JSON.parse(process.env.LLMAGENTOS_GUARD ?? '{}') as Told;

installGuard(home ?? findHome(process.env), true, () => by);
