import type { InputWork } from '../kernel/index.ts';

/** Works in their public shape: what `--json` prints is what clients of the server get. Loaded late: help needs none of it. */
export async function publicWorks(loaded: readonly InputWork[]): Promise<object[]> {
  const { publicWork } = await import('../server/index.ts');
  return loaded.map(publicWork);
}
