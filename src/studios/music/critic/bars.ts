/** Bars that do not hold what their metre says. */
import { type Bar, hasPickup, metreLength } from '../score/index.ts';
import type { Remark, Rule } from './finding.ts';
import type { Hearing } from './hearing.ts';

function* incomplete({ score }: Hearing): Generator<Remark> {
  const { bars, ticksPerQuarter } = score;
  const missing = (bar: Bar | undefined): number => (bar ? metreLength(bar.metre, ticksPerQuarter) - bar.length : 0);
  const pickup = hasPickup(score) ? missing(bars[0]) : 0;
  for (let i = pickup > 0 ? 1 : 0; i < bars.length; i++) {
    const short = missing(bars[i]);
    if (short === 0) continue;
    if (
      i === bars.length - 1 &&
      pickup > 0 &&
      Math.abs(short + pickup - metreLength(bars[i]!.metre, ticksPerQuarter)) < 1e-9
    )
      continue;
    if (completesNext(bars, i, missing)) {
      i += 1;
      continue;
    }
    const quarters = (ticks: number): number => Math.round((ticks / ticksPerQuarter) * 1000) / 1000;
    const [beats, unit] = bars[i]!.metre;
    yield {
      severity: 'fault',
      at: bars[i]!.at,
      message: {
        en: `The bar has ${quarters(bars[i]!.length)} quarter notes, ${beats}/${unit} asks ${quarters(bars[i]!.length + short)}.`,
        zh: `本小节有 ${quarters(bars[i]!.length)} 个四分音符，${beats}/${unit} 拍应有 ${quarters(bars[i]!.length + short)} 个。`,
      },
      mend: { en: 'Fill it with a rest, or change the metre of the bar.', zh: '补上休止符，或改变该小节的拍号。' },
    };
  }
}

/** Two bars that a repeat sign, a double bar or an ending has made of one. */
function completesNext(bars: readonly Bar[], i: number, missing: (bar: Bar | undefined) => number): boolean {
  const [bar, next] = [bars[i]!, bars[i + 1]];
  if (!next || missing(bar) <= 0 || missing(next) <= 0 || bar.metre.join() !== next.metre.join()) return false;
  return (
    bar.length === missing(next) && (bar.repeatEnd !== undefined || next.repeatStart === true || bar.line !== undefined)
  );
}

/** Full bars. */
export const BAR_RULE: Rule = {
  name: 'incomplete-bars',
  summary: { en: 'Every bar holds what its metre says.', zh: '每小节拍数符合拍号。' },
  check: incomplete,
};
