/**
 * Bars that do not hold what their metre says.
 *
 *   pickup, and the short bars at ends of sections that give its beats back        silent
 *   two short neighbours that make one bar: a repeat sign or a double bar between  silent
 *   another short bar where a section ends                                         hint: nothing may be missing
 *   any other                                                                      fault
 */
import { type Bar, hasPickup, metreLength, type Score } from '../score/index.ts';
import type { Remark, Rule, Severity } from './finding.ts';
import type { Hearing } from './hearing.ts';

function* incomplete({ score }: Hearing): Generator<Remark> {
  const { bars } = score;
  const missing = bars.map(({ metre, length }) => metreLength(metre, score.ticksPerQuarter) - length);
  const pickup = hasPickup(score);
  for (let i = pickup ? 1 : 0; i < bars.length; i++) {
    const short = missing[i]!;
    if (near(short, 0)) continue;
    const closes = short > 0 && closesSection(bars, i);
    // What a pickup took is missing where the music goes back to it, and at the end.
    if (closes && pickup && near(short, bars[0]!.length)) continue;
    if (completesNext(bars, missing, i)) {
      i += 1;
      continue;
    }
    yield say(score, bars[i]!, short, closes ? 'hint' : 'fault');
  }
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

/** Whether a section ends with a bar: by a repeat, an ending, a double bar, or because a section or nothing follows. */
function closesSection(bars: readonly Bar[], i: number): boolean {
  const [bar, next] = [bars[i]!, bars[i + 1]];
  const signed = bar.repeatEnd !== undefined || bar.line !== undefined || bar.ending !== undefined;
  return !next || signed || next.repeatStart === true || next.label !== undefined;
}

/** Two bars of one metre that together make one. */
function completesNext(bars: readonly Bar[], missing: readonly number[], i: number): boolean {
  const [bar, next] = [bars[i]!, bars[i + 1]];
  if (!next || missing[i]! <= 0 || missing[i + 1]! <= 0 || bar.metre.join() !== next.metre.join()) return false;
  return near(bar.length, missing[i + 1]!);
}

function say({ ticksPerQuarter }: Score, { at, length, metre }: Bar, short: number, severity: Severity): Remark {
  const quarters = (ticks: number): number => Math.round((ticks / ticksPerQuarter) * 1000) / 1000;
  const [beats, unit] = metre;
  return {
    severity,
    at,
    message: {
      en: `The bar has ${quarters(length)} quarter notes, ${beats}/${unit} asks ${quarters(length + short)}.`,
      zh: `本小节有 ${quarters(length)} 个四分音符，${beats}/${unit} 拍应有 ${quarters(length + short)} 个。`,
    },
    mend:
      short > 0
        ? { en: 'Fill it with a rest, or change the metre of the bar.', zh: '补上休止符，或改变该小节的拍号。' }
        : { en: 'Shorten a note, or change the metre of the bar.', zh: '缩短音符，或改变该小节的拍号。' },
  };
}

/** Full bars. */
export const BAR_RULE: Rule = {
  name: 'incomplete-bars',
  summary: { en: 'Every bar holds what its metre says.', zh: '每小节拍数符合拍号。' },
  check: incomplete,
};
