/** Which voices make a part: by our own lines, else by `%%score`, else each voice is one. */
import type { PartLine } from './part-line.ts';
import type { Voice } from './voice.ts';

/** A voice with its place in a part. */
export interface Member {
  readonly voice: Voice;
  readonly number: number;
  readonly staff: number;
}

export interface VoiceGroup {
  readonly members: readonly Member[];
  readonly line?: PartLine;
}

/** Groups in the order of their voices; every voice is in one. */
export function groupVoices(
  voices: readonly Voice[],
  parts: readonly PartLine[],
  score: string | undefined,
): VoiceGroup[] {
  const left = new Map(voices.map((voice) => [voice.id, voice]));
  const take = (id: string): Voice | undefined => {
    const voice = left.get(id);
    left.delete(id);
    return voice;
  };
  const groups: VoiceGroup[] = [];
  for (const line of parts) {
    const members = line.voices.flatMap((id, i) => {
      const voice = take(id);
      return voice ? [{ voice, number: line.numbers[i]!, staff: line.staves[i]! }] : [];
    });
    if (members.length > 0) groups.push({ members, line });
  }
  for (const staves of score === undefined ? [] : parseScoreLine(score)) {
    const members = staves.flatMap((ids, staff) =>
      ids.flatMap((id, i) => {
        const voice = take(id);
        return voice ? [{ voice, number: Math.min(16, 4 * staff + i + 1), staff: Math.min(3, staff + 1) }] : [];
      }),
    );
    if (members.length > 0) groups.push({ members });
  }
  for (const voice of left.values()) groups.push({ members: [{ voice, number: 1, staff: 1 }] });
  const place = ({ members }: VoiceGroup): number => Math.min(...members.map(({ voice }) => voices.indexOf(voice)));
  return groups.sort((a, b) => place(a) - place(b));
}

/** `{(1 2) 3} 4` → parts of staves of voice ids: `[[[1, 2], [3]], [[4]]]`. */
function parseScoreLine(text: string): string[][][] {
  const parts: string[][][] = [];
  let braced: string[][] | undefined;
  let staff: string[] | undefined;
  const put = (ids: string[]): void => {
    if (braced) braced.push(ids);
    else parts.push([ids]);
  };
  for (const [sign] of text.matchAll(/[{}()]|[^\s{}()[\]|*]+/g)) {
    if (sign === '{') braced = [];
    else if (sign === '}') {
      if (braced) parts.push(braced);
      braced = undefined;
    } else if (sign === '(') staff = [];
    else if (sign === ')') {
      if (staff) put(staff);
      staff = undefined;
    } else if (staff) staff.push(sign);
    else put([sign]);
  }
  return parts;
}
