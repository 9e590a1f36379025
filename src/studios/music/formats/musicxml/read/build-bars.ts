/** The grid of bars from what all parts say: the longest part decides the length, the first that speaks decides the rest. */
import { type Bar, type Key, metreLength } from '../../../score/index.ts';
import type { RawBar, RawPart } from './raw.ts';

/** Bars with their onsets. */
export function buildBars(parts: readonly RawPart[], ticks: number): Bar[] {
  const count = Math.max(...parts.map(({ bars }) => bars.length));
  const bars: Bar[] = [];
  let metre: Bar['metre'] = [4, 4];
  let sign: Bar['metreSign'];
  let key: Key = { tonic: 'C', mode: 'major' };
  let ending: number[] | undefined;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const raw = merge(parts.map((part) => part.bars[i]));
    if (raw.metre) [metre, sign] = [raw.metre, raw.metreSign];
    key = raw.key ?? key;
    ending = raw.endingStart ?? ending;
    const length = raw.length > 0 ? raw.length : Math.max(1, Math.round(metreLength(metre, ticks)));
    bars.push(barFrom(raw, { at, length, metre, key, metreSign: sign, ending }));
    if (raw.endingStop) ending = undefined;
    at += length;
  }
  return bars;
}

function barFrom(
  raw: RawBar,
  {
    metreSign,
    ending,
    ...grid
  }: Omit<Bar, 'metreSign' | 'ending'> & { metreSign: Bar['metreSign']; ending: number[] | undefined },
): Bar {
  return {
    ...grid,
    ...(metreSign ? { metreSign } : {}),
    ...(raw.line ? { line: raw.line } : {}),
    ...(raw.repeatStart ? { repeatStart: true } : {}),
    ...(raw.repeatEnd ? { repeatEnd: raw.repeatEnd } : {}),
    ...(ending ? { ending } : {}),
    ...(raw.label ? { label: raw.label } : {}),
    ...(raw.jump ? { jump: raw.jump } : {}),
  };
}

function merge(raws: readonly (RawBar | undefined)[]): RawBar {
  const said = raws.filter((raw) => raw !== undefined);
  const length = Math.max(0, ...said.map((raw) => raw.length));
  return Object.assign({}, ...said.toReversed(), { length });
}
