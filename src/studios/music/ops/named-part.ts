/** Parts as musicians name them: by name, instrument, id or number. */
import { findInstrument } from '../instruments/index.ts';
import { refusal } from '../refusal.ts';
import type { Part, Score } from '../score/index.ts';

/** Place of a part among the parts of a score; the first when none is named. Throws `music/no-such-part`. */
export function findPart({ parts }: Score, name: string | undefined): number {
  if (name === undefined) return 0;
  const wanted = name.trim().toLowerCase();
  const number = /^\d{1,2}$/.test(wanted) ? Number(wanted) - 1 : -1;
  const names = (part: Part): string[] => {
    const { en = '', zh = '' } = findInstrument(part.instrument)?.names ?? {};
    return [part.id, part.name, part.instrument, en, zh].map((each) => each.toLowerCase());
  };
  const exact = parts.findIndex((part) => names(part).includes(wanted));
  const near = parts.findIndex((part) => wanted.length > 1 && names(part).some((each) => each.includes(wanted)));
  const found = exact >= 0 ? exact : near >= 0 ? near : parts[number] ? number : -1;
  if (found >= 0) return found;
  const list = parts.map((part, i) => `${i + 1} ${part.name || part.id}`);
  throw refusal(
    'input',
    'music/no-such-part',
    { en: `The piece has no part “${name.slice(0, 40)}”.`, zh: `本曲没有声部“${name.slice(0, 40)}”。` },
    { en: `It has: ${list.join(', ')}.`, zh: `有：${list.join('、')}。` },
  );
}
