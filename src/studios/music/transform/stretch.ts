/** Augmentation and diminution. */
import { refusal } from '../refusal.ts';
import { type Bar, endOf, type Part, type Score, tidyScore } from '../score/index.ts';

/**
 * Multiplies every note value by numerator/denominator: [2, 1] augments, [1, 2] diminishes. Bars keep their written length,
 * so a bar of 4/4 becomes two, or half of one; tempo and keys stay. Throws `music/bad-stretch` for factors beyond 1/8 … 8.
 */
export function stretch(score: Score, [numerator, denominator]: readonly [number, number]): Score {
  const whole = Number.isInteger(numerator) && Number.isInteger(denominator) && numerator > 0 && denominator > 0;
  if (!whole || numerator > 8 * denominator || denominator > 8 * numerator) throw badStretch(numerator / denominator);
  // At `denominator` times the resolution every stretched time is whole: t/r · n/d = t·n / (r·d).
  const move = <T extends { readonly at: number }>(item: T): T => ({ ...item, at: item.at * numerator });
  return tidyScore({
    ...score,
    ticksPerQuarter: score.ticksPerQuarter * denominator,
    bars: layBars(score, { end: endOf(score) * numerator, numerator, denominator }),
    tempos: score.tempos.map(move),
    chords: score.chords.map(move),
    parts: score.parts.map((part) => stretchPart(part, numerator)),
  });
}

function stretchPart(part: Part, by: number): Part {
  return {
    ...part,
    notes: part.notes.map((note) => ({ ...note, at: note.at * by, length: note.length * by })),
    ...(part.marks && { marks: part.marks.map((mark) => ({ ...mark, at: mark.at * by })) }),
    ...(part.spans && { spans: part.spans.map((span) => ({ ...span, from: span.from * by, to: span.to * by })) }),
  };
}

/** Bars over the stretched time, each as long as the bar whose music it holds; signs of repetition fall away. */
function layBars(
  score: Score,
  { end, numerator, denominator }: { end: number; numerator: number; denominator: number },
): Bar[] {
  const bars: Bar[] = [];
  for (let at = 0; at < end; at += bars.at(-1)!.length) {
    const source = score.bars.findLast((bar) => bar.at * numerator <= at)!;
    const { metre, key, metreSign, label } = source;
    const length = Math.min(source.length * denominator, end - at);
    bars.push({
      at,
      length,
      metre,
      key,
      ...(metreSign && { metreSign }),
      ...(label && source.at * numerator === at && { label }),
    });
  }
  return bars;
}

function badStretch(factor: number): Error {
  return refusal(
    'input',
    'music/bad-stretch',
    { en: `Note values cannot be multiplied by ${factor}.`, zh: `音符时值不能乘以 ${factor}。` },
    { en: 'Use a factor between 1/8 and 8, such as 2 or 1/2.', zh: '请用 1/8 到 8 之间的倍数，如 2 或 1/2。' },
  );
}
