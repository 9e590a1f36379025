/** The op `music/clock`: when each beat of a score sounds in its recording, repeats written out; so that a cursor can go with it. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { beatLength, playingOrder, type Score, unfoldScore } from '../score/index.ts';
import { clockOf } from '../sound/index.ts';
import { SCORE_INPUT, scoreOf } from './work.ts';

/** A bar as it is played. */
export interface PlayedBar {
  /** Index in the written score. */
  readonly bar: number;
  /** Seconds from the beginning. */
  readonly at: number;
  /** Seconds at which each of its half beats begins; the ticks are `step` apart. */
  readonly beats: readonly number[];
  /** Ticks of the written score between them. */
  readonly step: number;
}

export const clockOfMusic = defineOp({
  name: 'music/clock',
  version: 1,
  summary: { en: 'Tells when each bar and beat of a score is heard.', zh: '给出乐谱每小节、每拍在录音中的时刻。' },
  options: z.object({}),
  inputs: [SCORE_INPUT],
  run: (_context, inputs) => ({ works: [], report: { ...timesOf(scoreOf(inputs[0])) } }),
});

function timesOf(score: Score): { bars: readonly PlayedBar[]; seconds: number } {
  const flat = unfoldScore(score);
  const clock = clockOf(flat);
  const order = playingOrder(score.bars);
  const bars = flat.bars.map((played, i): PlayedBar => {
    const step = Math.max(1, Math.round(beatLength(played.metre, flat.ticksPerQuarter) / 2));
    const count = Math.ceil(played.length / step);
    const beats = Array.from({ length: count }, (_, k) => rounded(clock(played.at + k * step)));
    return { bar: order[i] ?? i, at: rounded(clock(played.at)), beats, step };
  });
  const last = flat.bars.at(-1)!;
  return { bars, seconds: rounded(clock(last.at + last.length)) };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
