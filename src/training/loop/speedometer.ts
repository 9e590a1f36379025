/** Speed over the last steps, and the time the rest will take. */

export interface Speedometer {
  /** To be called after each step, with the steps that are left. */
  after(stepsLeft: number): { readonly tokensPerSecond: number; readonly secondsLeft: number };
}

const WINDOW = 20;

/** Starts measuring; `now` gives milliseconds and may be replaced in tests. */
export function createSpeedometer(tokensPerStep: number, now: () => number = () => performance.now()): Speedometer {
  const times = [now()];
  return {
    after: (stepsLeft) => {
      times.push(now());
      if (times.length > WINDOW + 1) times.shift();
      const perStep = Math.max(1e-9, (times.at(-1)! - times[0]!) / 1000 / (times.length - 1));
      return { tokensPerSecond: tokensPerStep / perStep, secondsLeft: perStep * stepsLeft };
    },
  };
}
