/** Seconds ↔ ticks of the written score, as the recording goes: from the times of bars and beats that `music/clock` tells. */

export interface Clock {
  readonly seconds: number;
  readonly bars: readonly {
    readonly bar: number;
    readonly at: number;
    readonly beats: readonly number[];
    readonly step: number;
  }[];
}

interface Bars {
  readonly bars: readonly { readonly at: number; readonly length: number }[];
}

/** Tick of the score at a second. `fine`: how many of the score's ticks one tick of the clock is. */
export function tickAt({ bars, seconds: end }: Clock, score: Bars, second: number, fine = 1): number {
  const index = Math.max(
    0,
    bars.findLastIndex(({ at }) => at <= second),
  );
  const played = bars[index];
  const written = played && score.bars[played.bar];
  if (!played || !written) return 0;
  const next = bars[index + 1]?.at ?? end;
  const beat = Math.max(
    0,
    played.beats.findLastIndex((at) => at <= second),
  );
  const from = played.beats[beat] ?? played.at;
  const to = played.beats[beat + 1] ?? next;
  const share = to > from ? Math.min(1, (second - from) / (to - from)) : 0;
  return written.at + Math.min(written.length, (beat + share) * played.step * fine);
}

/** The first second at which a tick is heard. */
export function secondAt({ bars }: Clock, score: Bars, tick: number, fine = 1): number {
  const index = score.bars.findLastIndex(({ at }) => at <= tick);
  const played = bars.find(({ bar }) => bar === Math.max(0, index));
  const written = score.bars[Math.max(0, index)];
  if (!played || !written) return 0;
  const place = (tick - written.at) / (played.step * fine);
  const beat = Math.min(played.beats.length - 1, Math.max(0, Math.floor(place)));
  const from = played.beats[beat]!;
  return from + (place - beat) * ((played.beats[beat + 1] ?? from) - from);
}
