/** Leaps that are hard to sing: too wide, augmented, or not balanced by a turn. Judged in strict writing and in sung parts. */
import { beatLength, intervalBetween } from '../score/index.ts';
import type { Remark, Rule } from './finding.ts';
import { type Hearing, type Line, type LineNote, linesOf } from './hearing.ts';
import { instrumentOf } from './range.ts';

/** Semitones of the perfect and major intervals by staff steps within the octave. */
const NATURAL = [0, 2, 4, 5, 7, 9, 11];

/** Whether an interval is augmented as it is spelled: C–D#, F–B. */
function isAugmented({ steps, semitones }: { steps: number; semitones: number }): boolean {
  const [s, t] = steps < 0 || (steps === 0 && semitones < 0) ? [-steps, -semitones] : [steps, semitones];
  return t > NATURAL[s % 7]! + 12 * Math.floor(s / 7) && s > 0;
}

function isSung({ part }: Line): boolean {
  return instrumentOf(part)?.family === 'voice' || part.notes.some(({ lyrics }) => lyrics?.length);
}

function* leaps(hearing: Hearing): Generator<Remark> {
  const { score, style } = hearing;
  const gap = beatLength(score.bars[0]!.metre, score.ticksPerQuarter);
  const lines = linesOf(score);
  for (const line of lines) {
    const sung = isSung(line);
    if (style === 'free' && !sung) continue;
    for (let i = 1; i < line.notes.length; i++) {
      const [before, now, after] = [line.notes[i - 1]!, line.notes[i]!, line.notes[i + 1]];
      if (now.at - before.to >= gap) continue;
      // The lowest of several parts leaps by right, from root to root.
      const bass = lines.length > 2 && line === lines.at(-1);
      const remark = judge(line, before, now, bass ? undefined : after);
      if (remark) yield remark;
    }
  }
}

function judge(line: Line, before: LineNote, now: LineNote, after: LineNote | undefined): Remark | undefined {
  const moved = now.midi - before.midi;
  const step = `${before.pitch}–${now.pitch}`;
  const say = (severity: Remark['severity'], en: string, zh: string, mend: Remark['mend']): Remark => ({
    severity,
    at: now.at,
    part: line.part.id,
    message: { en: `${line.name}: ${en} (${step}).`, zh: `${line.name}：${zh}（${step}）。` },
    mend,
  });
  if (Math.abs(moved) > 12) {
    return say('warning', 'a leap of more than an octave', '超过八度的跳进', {
      en: 'Bring the second note within an octave.',
      zh: '把后一音移到八度之内。',
    });
  }
  if (isAugmented(intervalBetween(before.pitch, now.pitch))) {
    return say('hint', 'an augmented interval', '增音程进行', {
      en: 'Use its inversion (a diminished interval), or go by step.',
      zh: '改用转位的减音程，或级进。',
    });
  }
  const back = after === undefined || Math.abs(moved) === 12 || Math.sign(after.midi - now.midi) !== Math.sign(moved);
  if (Math.abs(moved) >= 8 && !back && Math.abs(after!.midi - now.midi) > 2) {
    return say('hint', 'a wide leap that goes on in its direction', '大跳之后继续同向跳进', {
      en: 'After a leap turn back, best by step.',
      zh: '大跳之后宜反向级进。',
    });
  }
  return undefined;
}

/** Steps of a singer's line. */
export const LEAP_RULE: Rule = {
  name: 'leaps',
  summary: {
    en: 'Sung lines leap no further than an octave, avoid augmented steps and turn after a wide leap.',
    zh: '歌唱声部跳进不超过八度，避免增音程，大跳后反向。',
  },
  check: leaps,
};
