/** The open texts that the word vectors learn from, as plain strings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Names of one thing in both languages: emoji names and tags. */
export interface ThingNames {
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

/** A sentence and its translation. */
export interface SentencePair {
  readonly en: string;
  readonly zh: string;
}

type Row = Readonly<Record<string, unknown>>;

function rows(path: string): Row[] {
  const lines = gunzipSync(readFileSync(path)).toString().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

/** Chinese novels, chapter by chapter, and poems: all Tang poems, ci, classics. */
export function chineseTexts(data: string): string[] {
  const novels = rows(join(data, 'text_zh_novels/novels.jsonl.gz')).map(({ text }) => String(text));
  const poems = ['classics', 'tang', 'ci'].flatMap((name) =>
    rows(join(data, `text_zh_poetry/${name}.hans.jsonl.gz`)).map(({ paragraphs }) =>
      (paragraphs as string[]).join('\n'),
    ),
  );
  return [...novels, ...poems];
}

/** English prose, plays and verse. */
export function englishTexts(data: string): string[] {
  const books = ['prose', 'verse'].flatMap((name) =>
    rows(join(data, `text_en_books/${name}.jsonl.gz`)).map(({ text }) => String(text)),
  );
  const plays = rows(join(data, 'text_en_books/plays.jsonl.gz')).map(({ lines }) =>
    (lines as { say?: string }[]).map(({ say }) => say ?? '').join('\n'),
  );
  const poems = rows(join(data, 'text_en_poetry/poems.jsonl.gz')).map(({ stanzas }) =>
    (stanzas as string[][]).flat().join('\n'),
  );
  return [...books, ...plays, ...poems];
}

/** Tatoeba: English sentences with Chinese translations. */
export function sentencePairs(data: string): SentencePair[] {
  return rows(join(data, 'text_zh_en_tatoeba/pairs.jsonl.gz')).map(({ en, zh }) => ({
    en: String(en),
    zh: String(zh),
  }));
}

/** Emoji names and tags; those of letters and of skin tones left out. */
export function thingNames(data: string): ThingNames[] {
  const file = gunzipSync(readFileSync(join(data, 'image_emoji_fluent3d/emoji_names_en_zh.json.gz'))).toString();
  const entries = Object.values(
    JSON.parse(file) as Record<string, { name_en: string; name_zh: string; tags_en: string[]; tags_zh: string[] }>,
  );
  return entries
    .filter(({ name_en: name, tags_en: tags }) => tags.length > 0 && !/skin tone|regional indicator/.test(name))
    .map((entry) => ({
      en: [entry.name_en, ...entry.tags_en],
      zh: [entry.name_zh, ...entry.tags_zh],
    }));
}
