/**
 * Every tone sequence a regulated line may have: its pattern with the free places spelled out, and the rescues (拗救).
 *
 *   core     base              rescue
 *   平…仄    平平平仄仄    →   平平仄平仄     本句自救 (the first must be 平)
 *   平…平    平平仄仄平    →   仄平平仄平     孤平拗救
 *   仄…仄    仄仄平平仄    →   仄仄仄平仄     小拗, may go without rescue
 *                          →   仄仄中仄仄     大拗, the next line must answer with 平 at its third place (对句相救)
 */

import { coreTones, type LineType, opposite, type ToneMark } from '../forms/index.ts';
import type { ToneClass } from '../prosody/index.ts';

/** One way a line may sound. Places count from the line's first syllable. */
export interface LineSound {
  readonly tones: readonly ToneClass[];
  /** Name of the rescue, and the place it makes good. */
  readonly rescue?: { readonly name: string; readonly place: number };
  /** The next line must have 平 at the third place of its core. */
  readonly needsAnswer?: boolean;
}

const soundCache = new Map<string, readonly LineSound[]>();

/** All sounds of a line type in a line of five or seven; rescues last. */
export function lineSounds(type: LineType, { width, rescue }: { width: 5 | 7; rescue: boolean }): readonly LineSound[] {
  const key = `${type.second}${type.last}${width}${rescue}`;
  const known = soundCache.get(key);
  if (known !== undefined) return known;
  const cores = [...spell(coreTones(type)).map((tones) => ({ tones })), ...(rescue ? rescues(type) : [])];
  const sounds = width === 5 ? cores : cores.flatMap((core) => lengthen(core, type));
  soundCache.set(key, sounds);
  return sounds;
}

function rescues({ second, last }: LineType): LineSound[] {
  if (second === '平' && last === '仄') {
    return [{ tones: ['平', '平', '仄', '平', '仄'], rescue: { name: '本句自救', place: 3 } }];
  }
  if (second === '平') return [{ tones: ['仄', '平', '平', '仄', '平'], rescue: { name: '孤平拗救', place: 0 } }];
  if (last === '平') return [];
  const small = spell(['中', '仄', '仄', '平', '仄']).map((tones) => ({ tones, rescue: { name: '小拗', place: 2 } }));
  const great = spell(['中', '仄', '中', '仄', '仄']).map((tones) => ({
    tones,
    rescue: { name: '对句相救', place: 3 },
    needsAnswer: true,
  }));
  return [...small, ...great];
}

/** Seven syllables: two more in front, the first free, the second opposed to the core's. */
function lengthen(core: LineSound, { second }: LineType): LineSound[] {
  return (['平', '仄'] as const).map((first) => ({
    ...core,
    tones: [first, opposite(second), ...core.tones],
    ...(core.rescue ? { rescue: { ...core.rescue, place: core.rescue.place + 2 } } : {}),
  }));
}

/** Spells the free places out. */
export function spell(marks: readonly ToneMark[]): ToneClass[][] {
  return marks.reduce<ToneClass[][]>(
    (all, mark) =>
      all.flatMap((tones) => (mark === '中' ? (['平', '仄'] as const) : [mark]).map((tone) => [...tones, tone])),
    [[]],
  );
}
