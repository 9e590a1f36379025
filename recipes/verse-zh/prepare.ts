/**
 * Turns the open poetry collection into rows of tokens for the verse model:
 *
 *   collection ─▶ labelled poems ─▶ chosen poems ─▶ vocabulary ─▶ documents (prompt + poem) ─▶ packed rows
 *
 *   node recipes/verse-zh/prepare.ts DATA_FOLDER OUT_FOLDER
 *
 * DATA_FOLDER holds `text_zh_poetry` and `text_zh_rhyme`. The same recipe and data give the same bytes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random, sha256 } from '../../src/core/index.ts';
import { CONTROL_TOKENS, formatPrompt } from '../../src/studios/text/verse/prompt.ts';
import { type LabelledPoem, labelPoem, readPoems, readRhymeTables } from './poems.ts';
import { drawThemes, learnThemes, type ThemeVocabulary } from './themes.ts';

const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8')) as {
  readonly seed: number;
  readonly data: {
    readonly sources: readonly string[];
    readonly contextLength: number;
    readonly passes: number;
    readonly validationShare: number;
    readonly minCharacterCount: number;
    readonly songAuthorsMinTagged: number;
    readonly copies: Readonly<Record<string, number>>;
    readonly rarestForm: Readonly<Record<string, number>>;
    readonly dropTheme: number;
    readonly dropTitle: number;
    readonly dropRhyme: number;
  };
};
const options = recipe.data;

/** A poem written out as tokens; those from `predictFrom` on are to be predicted. */
interface Document {
  readonly tokens: readonly number[];
  readonly predictFrom: number;
}

const [dataFolder, outFolder] = process.argv.slice(2);
if (dataFolder === undefined || outFolder === undefined) throw new Error('usage: prepare.ts DATA_FOLDER OUT_FOLDER');
mkdirSync(outFolder, { recursive: true });

const chosen = choosePoems(dataFolder);
const { training, validation } = split(chosen);
const characters = chooseCharacters(training);
const vocabulary = [...CONTROL_TOKENS, '，', '。', '、', ...characters];
const ids = new Map(vocabulary.map((token, id) => [token, id]));
const themes = learnThemes(training);
const random = createRandom(recipe.seed);
const written = training.filter((poem) => [...poem.body].every((character) => ids.has(character)));

const train: Document[] = [];
for (let pass = 0; pass < options.passes; pass++) {
  const stream = random.fork(`pass-${pass}`);
  const drawn = written.flatMap((poem) => Array.from({ length: copies(poem, stream) }, () => poem));
  train.push(...stream.shuffle(drawn).map((poem) => writeDocument(poem, themes, stream)));
}
const held = heldOut(dataFolder);
const splits = {
  train: writeSplit('train', train),
  validation: writeSplit('validation', writeAll(validation, 'validation')),
  test: writeSplit('test', writeAll(held, 'test')),
};
writeFileSync(join(outFolder, 'themes.json'), JSON.stringify(Object.fromEntries(themes)));
writeFileSync(join(outFolder, 'test-poems.jsonl'), held.map(heldOutLine).join('\n'));
writeFileSync(join(outFolder, 'poems.jsonl'), written.map(poemLine).join('\n'));
writeFileSync(
  join(outFolder, 'dataset.json'),
  JSON.stringify(
    {
      contextLength: options.contextLength,
      vocabSize: vocabulary.length,
      splits,
      digest: sha256(JSON.stringify(splits)),
      poems: { train: written.length, validation: validation.length, test: held.length },
    },
    null,
    2,
  ),
);
writeFileSync(join(outFolder, 'vocabulary.json'), JSON.stringify(vocabulary));
process.stderr.write(
  `${written.length} poems, ${vocabulary.length} tokens, ${themes.size} themes, ${splits.train.rows} rows\n`,
);

/** Poems of a known form; of the Song, those by authors of whom several poems are still anthologised. */
function choosePoems(folder: string): LabelledPoem[] {
  const tables = readRhymeTables(folder);
  return options.sources.flatMap((source) => {
    const poems = readPoems(folder, source);
    const tagged = new Map<string, number>();
    for (const poem of poems) if (isTagged(poem)) tagged.set(poem.author, (tagged.get(poem.author) ?? 0) + 1);
    return poems
      .filter((poem) => source !== 'song' || (tagged.get(poem.author) ?? 0) >= options.songAuthorsMinTagged)
      .flatMap((poem) => labelPoem(poem, source, tables) ?? []);
  });
}

/** Whether an anthology or a school book marks the poem; names of lakes and mountains only say what it mentions. */
function isTagged(poem: { readonly tags?: readonly string[] }): boolean {
  return (poem.tags ?? []).some((tag) => !/[湖江山河楼阁]$|花间集|隋・唐/.test(tag));
}

function split(poems: readonly LabelledPoem[]): { training: LabelledPoem[]; validation: LabelledPoem[] } {
  const isValidation = (poem: LabelledPoem): boolean =>
    Number.parseInt(sha256(`validation:${poem.id}`).slice(0, 8), 16) / 2 ** 32 < options.validationShare;
  return { training: poems.filter((p) => !isValidation(p)), validation: poems.filter(isValidation) };
}

/** The final test: poems of the set that is never trained on, of the same forms. */
function heldOut(folder: string): LabelledPoem[] {
  const tables = readRhymeTables(folder);
  const poems = ['tang', 'song', 'ci', 'supp'].flatMap((source) =>
    readPoems(join(folder, '_heldout'), source).flatMap((poem) => labelPoem(poem, source, tables) ?? []),
  );
  return poems;
}

function chooseCharacters(poems: readonly LabelledPoem[]): string[] {
  const counts = new Map<string, number>();
  for (const poem of poems) for (const character of poem.body) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts]
    .filter(([character, count]) => count >= options.minCharacterCount && !'，。、'.includes(character))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([character]) => character);
}

function copies(poem: LabelledPoem, stream: Random): number {
  const weight =
    (options.copies[poem.source] ?? 1) *
    (isTagged(poem) ? (options.copies.tagged ?? 1) : 1) *
    (options.rarestForm[poem.formToken] ?? 1);
  return Math.floor(weight) + (stream.next() < weight % 1 ? 1 : 0);
}

function writeAll(poems: readonly LabelledPoem[], label: string): Document[] {
  const stream = createRandom(`${recipe.seed}/${label}`);
  return poems
    .filter((poem) => [...poem.body].every((character) => ids.has(character)))
    .map((poem) => writeDocument(poem, themes, stream));
}

/** A title worth learning: short, a subject and not an occasion; numbering and tune names are cut off. */
function titleOf(poem: LabelledPoem): string | undefined {
  const title = poem.title
    .replace(/[（(].*$/u, '')
    .replace(/\s*其[一二三四五六七八九十百]+$/u, '')
    .split(/[\s·・，。]/u)[0]!;
  if (title.length === 0 || title.length > 7 || title === poem.cipai) return undefined;
  if (/[和次用韵酬答赓呈赠寄奉谢贺挽上诗首题句]|同.*作|杂/.test(title) && title.length > 3) return undefined;
  return [...title].every((character) => ids.has(character)) ? title : undefined;
}

function writeDocument(poem: LabelledPoem, vocabularyOfThemes: ThemeVocabulary, stream: Random): Document {
  const drawn = stream.next() < options.dropTheme ? [] : drawThemes(poem, vocabularyOfThemes, stream);
  const title = stream.next() < options.dropTitle ? undefined : titleOf(poem);
  const rhyme = stream.next() < options.dropRhyme ? undefined : poem.rhyme;
  const tune = poem.formToken === '<词>' ? poem.cipai : undefined;
  const prompt = formatPrompt({ form: poem.formToken, tune, themes: drawn, title, rhyme });
  const predictFrom = prompt.findIndex(
    (token) => token === '<title>' || token.startsWith('<rhyme:') || token === '<body>',
  );
  const tokens = [...prompt, ...poem.body, '</s>'].map((token) => ids.get(token) ?? ids.get('<unk>')!);
  return { tokens, predictFrom };
}

/** Packs documents into rows of the context length: each goes into the first open row that has room (16 rows stay open). */
function writeSplit(name: string, documents: readonly Document[]): { rows: number; tokens: number; sha256: string } {
  const length = options.contextLength;
  const done: Document[][] = [];
  let open: { room: number; documents: Document[] }[] = [];
  for (const document of documents) {
    if (document.tokens.length > length) continue;
    let row = open.find((candidate) => candidate.room >= document.tokens.length);
    if (row === undefined) {
      row = { room: length, documents: [] };
      open.push(row);
    }
    row.documents.push(document);
    row.room -= document.tokens.length;
    const full = open.length > 16 ? open.reduce((a, b) => (a.room <= b.room ? a : b)) : undefined;
    if (full !== undefined) {
      done.push(full.documents);
      open = open.filter((candidate) => candidate !== full);
    }
  }
  const rows = [...done, ...open.map((row) => row.documents)];
  const tokens = new Uint16Array(rows.length * length);
  const segments = new Uint8Array(rows.length * length);
  const predict = new Uint8Array(rows.length * length);
  for (const [r, row] of rows.entries()) {
    let at = r * length;
    for (const [segment, document] of row.entries()) {
      for (const [i, token] of document.tokens.entries()) {
        tokens[at] = token;
        segments[at] = segment + 1;
        predict[at] = i >= document.predictFrom ? 1 : 0;
        at += 1;
      }
    }
  }
  writeFileSync(join(outFolder!, `${name}.tokens.u16`), tokens);
  writeFileSync(join(outFolder!, `${name}.segments.u8`), segments);
  writeFileSync(join(outFolder!, `${name}.predict.u8`), predict);
  const digest = createHash('sha256').update(tokens).update(segments).update(predict).digest('hex');
  return { rows: rows.length, tokens: predict.reduce((a, b) => a + b, 0), sha256: digest };
}

function poemLine(poem: LabelledPoem): string {
  const { id, title, author, dynasty, formToken, cipai, rhyme, lines, tags } = poem;
  return JSON.stringify({ id, title, author, dynasty, form: formToken, cipai, rhyme, lines, tags });
}

/** A held-out poem with theme words of its own, for measuring relevance. */
function heldOutLine(poem: LabelledPoem): string {
  const drawn = drawThemes(poem, themes, createRandom(`held-out/${poem.id}`));
  const tune = poem.formToken === '<词>' ? poem.cipai : undefined;
  return JSON.stringify({ id: poem.id, form: poem.formToken, tune, themes: drawn, body: poem.body });
}
