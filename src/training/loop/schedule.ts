/** Learning rates over a run. */

/** How the learning rate goes. */
export interface Schedule {
  /** `cosine`: half a wave down to `finalShare`. `wsd`: stays, then falls linearly over the last `decayShare` of the steps. */
  readonly kind: 'cosine' | 'wsd';
  readonly warmupSteps: number;
  /** Share of the peak at the end, 0 to 1. */
  readonly finalShare: number;
  /** Share of the steps in which `wsd` falls, 0 to 1. After Hu et al. (2024). */
  readonly decayShare: number;
}

/** Share of the peak learning rate at a step counted from 0, in a run of `steps`. */
export function scheduleAt(schedule: Schedule, step: number, steps: number): number {
  const { kind, warmupSteps, finalShare, decayShare } = schedule;
  if (step < warmupSteps) return (step + 1) / warmupSteps;
  const fall = finalShare + (1 - finalShare) * (kind === 'cosine' ? wave() : line());
  return fall;

  function wave(): number {
    return 0.5 * (1 + Math.cos((Math.PI * (step - warmupSteps)) / Math.max(1, steps - warmupSteps)));
  }
  function line(): number {
    return Math.min(1, (steps - step) / Math.max(1, decayShare * steps));
  }
}
