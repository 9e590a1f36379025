import type { Studio } from '../kernel/index.ts';

/** The studios of this house, each named here once; nothing registers itself. */
export const STUDIOS: readonly Studio[] = [];
