/** What makes one draft of a tune better than another: a climax in its place, a range that is used, neither too much nor too little said again. */
import type { Phrase } from './phrase.ts';
import type { RuleTune } from './rule-tune.ts';

/** A score to compare drafts of one wish by; higher is better. */
export function judgeTune({ plan, phrases, setting }: RuleTune): number {
  const rungs = phrases.map((phrase) => phrase.flat().map(({ rung }) => rung));
  const all = rungs.flat();
  const top = Math.max(...all);
  const spread = top - Math.min(...all);
  const peak = rungs.findIndex((own) => own.includes(top));
  const tops = all.filter((rung) => rung === top).length;
  const turning = plan.findIndex(({ height }) => height > 1);
  const place = turning < 0 ? 0 : peak === turning ? 1.5 : peak > turning ? 0.7 : 0;
  const used =
    Math.min(1, spread / (setting.profile.span * 0.75)) - Math.max(0, spread - setting.profile.span - 2) * 0.3;
  return place + used - 0.15 * Math.max(0, tops - 3) - dull(rungs) + unity(phrases);
}

/** Long runs of one note, and of two notes to and fro. */
function dull(phrases: readonly (readonly number[])[]): number {
  const line = phrases.flat();
  let faults = 0;
  for (let i = 3; i < line.length; i++) {
    const [a, b, c, d] = line.slice(i - 3, i + 1) as [number, number, number, number];
    if (a === b && b === c) faults++;
    if (a === c && b === d && Math.abs(a - b) > 0) faults += 0.5;
  }
  return (3 * faults) / line.length;
}

/** Share of bars whose rhythm is heard more than once, best at about a half. */
function unity(phrases: readonly Phrase[]): number {
  const bars = phrases.flat().map((bar) => bar.map(({ length }) => length).join());
  const again = bars.filter((bar, i) => bars.indexOf(bar) !== i).length / bars.length;
  return 0.8 - Math.abs(again - 0.5) * 1.6;
}
