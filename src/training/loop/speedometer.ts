/** Speed over the last steps, and the time the rest will take. */

export interface Speedometer {
  /** To be called after each step, with how much it learned from and the steps that are left. */
  after(amount: number, stepsLeft: number): { readonly perSecond: number; readonly secondsLeft: number };
}

const WINDOW = 20;

/** Starts measuring; `now` gives milliseconds and may be replaced in tests. */
export function createSpeedometer(now: () => number = () => performance.now()): Speedometer {
  const marks = [{ time: now(), amount: 0 }];
  return {
    after: (amount, stepsLeft) => {
      marks.push({ time: now(), amount });
      if (marks.length > WINDOW + 1) marks.shift();
      const seconds = Math.max(1e-9, (marks.at(-1)!.time - marks[0]!.time) / 1000);
      const learned = marks.slice(1).reduce((sum, mark) => sum + mark.amount, 0);
      return { perSecond: learned / seconds, secondsLeft: (seconds / (marks.length - 1)) * stepsLeft };
    },
  };
}
