/**
 * Sets of words that people judged, as files of a folder: `.tsv` or `.txt`, known by their lines.
 *
 *   tiger  cat  7.35                     two words and how alike they are
 *   Athens  Greece  Oslo  Norway         an analogy; a first field more names its kind, which is passed over
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal } from '../refusal.ts';
import type { Analogy, JudgedPair } from './word-scores.ts';

/** What one file holds. */
export type WordSet = { readonly name: string } & (
  | { readonly kind: 'similarity'; readonly pairs: readonly JudgedPair[] }
  | { readonly kind: 'analogies'; readonly questions: readonly Analogy[] }
);

/** Reads the sets of a folder in the order of their names; throws `training/no-word-sets` when there is none. */
export async function readWordSets(folder: string): Promise<WordSet[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw noSets(folder, cause);
  });
  const wanted = files.filter((file) => /\.(tsv|txt)$/.test(file)).sort();
  const sets = await Promise.all(
    wanted.map(async (file) => parseWordSet(file.replace(/\.\w+$/, ''), await readFile(join(folder, file), 'utf8'))),
  );
  const found = sets.filter((set) => set !== undefined);
  if (found.length === 0) throw noSets(folder);
  return found;
}

/** A set from the text of its file; undefined where more than half of the lines are neither pairs nor questions. */
export function parseWordSet(name: string, text: string): WordSet | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith(':'));
  const fields = lines.map((line) => line.trim().split(line.includes('\t') ? '\t' : /\s+/));
  const pairs = fields.flatMap((words): JudgedPair[] => {
    const score = Number(words[2]);
    return words.length === 3 && Number.isFinite(score) ? [{ a: words[0]!, b: words[1]!, score }] : [];
  });
  if (pairs.length >= lines.length / 2 && pairs.length > 0) return { name, kind: 'similarity', pairs };
  const [tabbed] = lines;
  const isTyped = fields[0]?.length === 5 && tabbed?.includes('\t') === true;
  const questions = (isTyped ? fields.slice(1) : fields).flatMap((words) => {
    const four = isTyped ? words.slice(1) : words;
    return four.length === 4 ? [four as unknown as Analogy] : [];
  });
  return questions.length >= lines.length / 2 && questions.length > 0
    ? { name, kind: 'analogies', questions }
    : undefined;
}

function noSets(folder: string, cause?: unknown): Error {
  return refusal(
    'input',
    'training/no-word-sets',
    { en: `'${folder}' holds no judged words.`, zh: `“${folder}”中没有人工评判的词表。` },
    {
      en: 'Put .tsv or .txt files there: lines of two words and a number, or of four words.',
      zh: '请放入 .tsv 或 .txt 文件：每行两个词加一个数，或四个词。',
    },
    cause,
  );
}
