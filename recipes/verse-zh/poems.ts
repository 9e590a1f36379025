/**
 * Reads the open poetry collection and says, for each poem, what the model is to learn from it: its form, whether its
 * tones are regulated, its rhyme. A poem of regulated shape but free tones is an old-style poem (古风), and is labelled so.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CILIN_RHYMES, type FormToken, PINGSHUI_GROUPS } from '../../src/studios/text/verse/prompt.ts';

/** One poem as the collection stores it. */
export interface SourcePoem {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly dynasty: string;
  readonly form: string;
  readonly cipai?: string;
  readonly paragraphs: readonly string[];
  readonly tags?: readonly string[];
}

/** A poem as the model will learn it. */
export interface LabelledPoem extends SourcePoem {
  readonly source: string;
  readonly formToken: FormToken;
  readonly body: string;
  /** Clauses without punctuation. */
  readonly lines: readonly string[];
  readonly rhyme: string | undefined;
}

/** Which rhyme groups a character may stand in: indexes into `PINGSHUI_GROUPS`, names of `CILIN_RHYMES`. */
export interface RhymeTables {
  readonly pingshui: ReadonlyMap<string, readonly number[]>;
  readonly cilin: ReadonlyMap<string, readonly string[]>;
}

/** Reads one JSONL.gz file of the collection. */
export function readPoems(folder: string, source: string): SourcePoem[] {
  const bytes = gunzipSync(readFileSync(join(folder, 'text_zh_poetry', `${source}.hans.jsonl.gz`)));
  return bytes
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SourcePoem);
}

/** Reads the rhyme books that label the training poems. */
export function readRhymeTables(folder: string): RhymeTables {
  const read = (name: string): Record<string, Record<string, readonly string[]>> =>
    JSON.parse(readFileSync(join(folder, 'text_zh_rhyme', name), 'utf8')) as Record<string, Record<string, string[]>>;
  const pingshui = new Map<string, number[]>();
  let group = 0;
  for (const part of Object.values(read('pingshui.json'))) {
    for (const characters of Object.values(part)) {
      for (const character of characters) push(pingshui, character, group);
      group += 1;
    }
  }
  const cilin = new Map<string, string[]>();
  for (const [index, part] of Object.values(read('cilin.json')).entries()) {
    for (const [tone, characters] of Object.entries(part)) {
      for (const character of characters) push(cilin, character, `${index + 1}${tone[0]}`);
    }
  }
  return { pingshui, cilin };
}

/** Labels a poem, or says nothing when it is no teaching material (gaps, odd shapes, Zen verses that only look like poems). */
export function labelPoem(poem: SourcePoem, source: string, tables: RhymeTables): LabelledPoem | undefined {
  const body = poem.paragraphs.join('').replace(/[；！？]/g, (mark) => (mark === '；' ? '。' : '。'));
  if (!/^[\p{Script=Han}，。、]+$/u.test(body) || /[□○〇]/.test(body)) return undefined;
  if (/偈|颂古|佛事|郊庙|乐章|青词|口号/.test(poem.title)) return undefined;
  const lines = body.split(/[，。、]/).filter((line) => line.length > 0);
  const formToken = formOf(poem, source, lines, tables);
  if (formToken === undefined) return undefined;
  const rhyme = formToken === '<词>' ? tuneRhyme(poem, tables) : shiRhyme(lines, formToken, tables);
  return { ...poem, source, formToken, body, lines, rhyme };
}

function formOf(
  poem: SourcePoem,
  source: string,
  lines: readonly string[],
  tables: RhymeTables,
): FormToken | undefined {
  if (source === 'ci') return poem.cipai !== undefined && poem.cipai.length <= 6 ? '<词>' : undefined;
  const width = lines[0]?.length ?? 0;
  if ((width !== 5 && width !== 7) || lines.some((line) => line.length !== width) || lines.length % 2 === 1) {
    return undefined;
  }
  if (lines.length === 4 || lines.length === 8) {
    const name = `<${width === 5 ? '五' : '七'}${lines.length === 4 ? '绝' : '律'}>` as FormToken;
    if (regulated(lines, tables)) return name;
  }
  return lines.length <= 16 && source !== 'song' ? '<古风>' : undefined;
}

/** Whether at most one line in eight breaks the alternation of tones at its even places or the linking of couplets. */
function regulated(lines: readonly string[], tables: RhymeTables): boolean {
  const misses = [0, 1].map((start) => {
    let wrong = 0;
    for (const [i, line] of lines.entries()) {
      const second = ((((i + 1) >> 1) & 1) ^ start) === 0;
      const places = line.length === 5 ? [1, 3] : [1, 3, 5];
      if (places.some((place, k) => !fits(line[place]!, k % 2 === 0 ? second : !second, tables))) wrong += 1;
    }
    return wrong;
  });
  const rhymes = lines.filter((_, i) => i % 2 === 1).every((line) => fits(line.at(-1)!, true, tables));
  return rhymes && Math.min(...misses) <= lines.length / 8;
}

function fits(character: string, level: boolean, tables: RhymeTables): boolean {
  const groups = tables.pingshui.get(character);
  return groups === undefined || groups.some((group) => group < 30 === level);
}

function shiRhyme(lines: readonly string[], form: FormToken, tables: RhymeTables): string | undefined {
  const ends = lines.filter((_, i) => i % 2 === 1).map((line) => line.at(-1)!);
  const allowed = (group: number): boolean => form === '<古风>' || group < 30;
  const best = mostCommon(ends.flatMap((end) => tables.pingshui.get(end) ?? []).filter(allowed));
  return best !== undefined && best.count >= ends.length * 0.7 ? PINGSHUI_GROUPS[best.value] : undefined;
}

function tuneRhyme(poem: SourcePoem, tables: RhymeTables): string | undefined {
  const ends = poem.paragraphs.map((sentence) => sentence.replace(/[，。、；！？]+$/u, '').at(-1)!);
  const best = mostCommon(ends.flatMap((end) => tables.cilin.get(end) ?? []).filter((r) => CILIN_RHYMES.includes(r)));
  return best !== undefined && best.count >= ends.length * 0.5 ? best.value : undefined;
}

function mostCommon<T>(list: readonly T[]): { value: T; count: number } | undefined {
  const counts = new Map<T, number>();
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
  let best: { value: T; count: number } | undefined;
  for (const [value, count] of counts) if (best === undefined || count > best.count) best = { value, count };
  return best;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
