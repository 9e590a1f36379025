/** Bars as musicians name them: `5-8`, `12`; the first full bar is 1, a pickup 0. */
import { refusal } from '../refusal.ts';
import { hasPickup, type Score } from '../score/index.ts';

/** Indices of bars: from, up to and without to. */
export interface BarRange {
  readonly from: number;
  readonly to: number;
}

/** Reads a range of a score's bars. Throws `music/bad-bars`. */
export function readBars(text: string, score: Score): BarRange {
  const pickup = hasPickup(score) ? 0 : 1;
  const last = score.bars.length - 1 + pickup;
  const found = /^\s*(\d{1,5})\s*(?:(?:-|–|—|~|至|到|\.\.)\s*(\d{1,5}))?\s*$/u.exec(text);
  const [first, end] = [Number(found?.[1]), Number(found?.[2] ?? found?.[1])];
  if (found && first >= pickup && first <= end && end <= last) return { from: first - pickup, to: end - pickup + 1 };
  throw refusal(
    'input',
    'music/bad-bars',
    {
      en: `“${text.slice(0, 40)}” does not name bars of this piece, which has bars ${pickup} to ${last}.`,
      zh: `“${text.slice(0, 40)}”不是本曲的小节；本曲有第 ${pickup} 至 ${last} 小节。`,
    },
    { en: 'Write the first and the last: 5-8, or one bar: 12.', zh: '写出首尾小节，如 5-8；或只写一个，如 12。' },
    { first: pickup, last },
  );
}
