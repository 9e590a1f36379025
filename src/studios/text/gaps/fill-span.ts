/**
 * Other words for one stretch of a text, by a model that reads both sides of it.
 *
 *   The moon | over the sea | .     each word of the stretch becomes a gap; the first is filled, then the next with that
 *            ▼              ▼       filling in its place, so that the words fit each other as well
 *      GAP GAP GAP ─▶ under GAP GAP ─▶ under a GAP ─▶ under a tree        p = p₁ · p₂ · p₃
 */
import { OsError } from '../../../core/index.ts';
import { GAP, type GapFiller } from '../../../kernel/index.ts';

export interface Stretch {
  readonly text: string;
  /** UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

export interface Alternative {
  readonly text: string;
  /** Share of all that the model knows, gap after gap multiplied, 0 to 1. */
  readonly probability: number;
}

export interface FilledSpan {
  /** All that are of the kind of what stands there, best first. */
  readonly found: readonly Alternative[];
  /** What of the text the model read, in UTF-16 units. */
  readonly read: { readonly from: number; readonly to: number };
}

/** Gaps of one stretch at most: beyond, the words have little left to hold on to. */
export const MOST_GAPS = 4;

/** Fillings that are asked for at each gap. */
const WIDE = 400;

/** Beginnings of a longer stretch that are followed up. */
const BEAM = 8;

/** Fewer characters around a gap say nothing about it. */
const LEAST_AROUND = 8;

const HAN = /^\p{Script=Han}$/u;
const WORD = /^(?!.*\p{Script=Han})\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}+)*$/u;

/** What stands in a stretch, gap for gap: characters of Chinese, else words. Throws `text/no-words`, `text/too-many-gaps`. */
export function gapsOf({ text, from, to }: Stretch): { readonly now: readonly string[]; readonly han: boolean } {
  const words = text.slice(from, to);
  const han = /\p{Script=Han}|□/u.test(words);
  const now = han ? [...words] : words.split(/\s+/u);
  if (!now.every((one) => (han ? one === '□' || HAN.test(one) : WORD.test(one)))) throw noWords(words);
  if (now.length > MOST_GAPS) throw tooManyGaps(now.length);
  return { now, han };
}

/** Throws as `gapsOf`, and what the model throws. */
export async function fillSpan(model: GapFiller, stretch: Stretch, signal: AbortSignal): Promise<FilledSpan> {
  const { now, han } = gapsOf(stretch);
  const fits = (word: string): boolean => (han ? HAN : WORD).test(word);
  const between = han ? '' : ' ';
  let rows: { readonly words: readonly string[]; readonly probability: number }[] = [{ words: [], probability: 1 }];
  let around = model.contextLength - 2 - now.length;
  let read = { from: 0, to: 0 };
  for (let gap = 0; gap < now.length; gap++) {
    const next: typeof rows = [];
    for (const row of rows.slice(0, BEAM)) {
      const said = [...row.words, ...now.slice(gap).map(() => GAP)].join(between);
      const filled = await fillWithin(model, { stretch, said, around, signal });
      ({ around, read } = filled);
      for (const { text, probability } of filled.fillings) {
        if (fits(text)) next.push({ words: [...row.words, text], probability: row.probability * probability });
      }
    }
    rows = next.sort((a, b) => b.probability - a.probability);
  }
  return { found: rows.map(({ words, probability }) => ({ text: words.join(between), probability })), read };
}

interface Within {
  readonly stretch: Stretch;
  /** What stands in the stretch, with gaps. */
  readonly said: string;
  /** Characters around it. */
  readonly around: number;
  readonly signal: AbortSignal;
}

/** Asks with as much of the text around as the model can read; what was too long once is halved, until it fits. */
async function fillWithin(model: GapFiller, { stretch: { text, from, to }, said, around, signal }: Within) {
  for (let most = around; ; most = Math.floor(most / 2)) {
    const [left, right] = [[...clean(text.slice(0, from))], [...clean(text.slice(to))]];
    const half = Math.floor(most / 2);
    const before = left.slice(-Math.max(1, half, most - right.length)).join('');
    const after = right.slice(0, Math.max(half, most - [...before].length)).join('');
    try {
      const [fillings] = await model.fill(before + said + after, { count: WIDE, signal });
      return { fillings: fillings!, around: most, read: { from: from - before.length, to: to + after.length } };
    } catch (thrown) {
      if (!(thrown instanceof OsError) || thrown.code !== 'engine/context-full' || most < LEAST_AROUND) throw thrown;
    }
  }
}

/** The sign of a gap means nothing in a text of the artist's. */
const clean = (text: string): string => text.replaceAll(GAP, ' ');

function noWords(words: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'text/no-words',
    message: `'${words}' is not whole words of one writing alone.`,
    hint: 'Mark one to four Chinese characters, or one to four words, without signs around them.',
    zh: {
      message: `“${words}”不全是同一种文字的字词。`,
      hint: '请选中一至四个汉字，或一至四个单词，不含标点。',
    },
  });
}

function tooManyGaps(count: number): OsError {
  return new OsError({
    kind: 'input',
    code: 'text/too-many-gaps',
    message: `Other words are looked for ${MOST_GAPS} at a time, and these are ${count}.`,
    hint: 'Mark fewer; a longer passage is written anew by a model that writes.',
    zh: {
      message: `每次最多为 ${MOST_GAPS} 个字词找别的说法，这里有 ${count} 个。`,
      hint: '请少选一些；较长的段落可由写作模型改写。',
    },
  });
}
