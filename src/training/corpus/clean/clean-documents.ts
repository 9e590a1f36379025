/**
 * From collected documents to text worth learning from:
 *
 *   repair, normalise ─▶ frame, contents, page furniture ─▶ lines joined ─▶ chapters ─▶ shared edges
 *     ─▶ language, script ─▶ quality ─▶ exact and near copies ─▶ paragraphs said before
 *
 * A pure function of the documents and options; every document and line left out is in the report with its reason.
 */
import { cancelled, sha256 } from '../../../core/index.ts';
import type { CorpusDocument } from '../document.ts';
import { repairMojibake } from '../encoding/repair-mojibake.ts';
import { loadConverter } from './convert-script.ts';
import { type DuplicateOptions, findDuplicates } from './find-duplicates.ts';
import { identifyLanguage, type Language } from './identify-language.ts';
import { joinWrappedLines } from './join-wrapped-lines.ts';
import { judgeQuality, QUALITY_LIMITS, type QualityLimits } from './judge-quality.ts';
import { type NormaliseOptions, normaliseText } from './normalise-text.ts';
import type { Removal } from './rules.ts';
import { splitChapters } from './split-chapters.ts';
import { createTally, type RuleCount, type Tally } from './tally.ts';
import { trimContents, trimGutenberg } from './trim-front-matter.ts';
import { trimPages, trimSharedEdges } from './trim-furniture.ts';

/** How to clean; every part has a default. */
export interface CleanOptions extends NormaliseOptions {
  /** Convert Chinese to one script; default keep. */
  readonly script?: 'keep' | 'simplified' | 'traditional';
  /** Languages that stay; default all of them. */
  readonly languages?: readonly Language[];
  /** Split whole books into chapters; default true. */
  readonly chapters?: boolean;
  readonly quality?: Partial<QualityLimits>;
  /** Copies of documents; `threshold` above 1 looks for exact ones only. */
  readonly duplicates?: DuplicateOptions;
  /** Paragraphs of 60 letters and more that an earlier document has; default near. */
  readonly paragraphs?: 'near' | 'exact' | 'keep';
  /** SHA-256 of texts, or ids, that must not come in: what was withdrawn. */
  readonly unwanted?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
}

/** A document that stayed. `sha256` and `bytes` are of the clean text. */
export interface CleanDocument extends CorpusDocument {
  readonly language: Language;
  /** Ids of documents left out because they repeat this one. */
  readonly copies: readonly string[];
}

/** What cleaning did. */
export interface CleanReport {
  readonly before: { readonly documents: number; readonly characters: number };
  readonly after: { readonly documents: number; readonly characters: number };
  readonly removed: readonly RuleCount[];
  readonly changed: { readonly repairedLines: number; readonly joinedLines: number; readonly converted: number };
  readonly languages: Readonly<Partial<Record<Language, { readonly documents: number; readonly characters: number }>>>;
  readonly licences: Readonly<Record<string, { readonly documents: number; readonly characters: number }>>;
}

interface Work {
  documents: CleanDocument[];
  readonly tally: Tally;
  readonly changed: { repairedLines: number; joinedLines: number; converted: number };
}

/** Cleans. The documents come out in the order of the collection. Throws `core/cancelled`. */
export async function cleanDocuments(
  documents: readonly CorpusDocument[],
  options: CleanOptions = {},
): Promise<{ documents: CleanDocument[]; report: CleanReport }> {
  const work: Work = {
    documents: [],
    tally: createTally(),
    changed: { repairedLines: 0, joinedLines: 0, converted: 0 },
  };
  const wanted = documents.filter((document) => {
    const unwanted = [document.id, document.source, document.sha256].some((key) => options.unwanted?.has(key));
    if (unwanted) work.tally.add(document.id, [{ rule: 'unwanted', text: document.title }]);
    return !unwanted;
  });
  for (const document of wanted) {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    work.documents.push(...tidy(document, options, work));
  }
  trimBooks(work);
  await chooseLanguages(work, options);
  judge(work, options);
  dropCopies(work, options);
  if (options.paragraphs !== 'keep') dropParagraphs(work, options);
  work.documents = work.documents.map(sealed);
  return { documents: work.documents, report: reportOf(documents, work) };
}

function tidy(document: CorpusDocument, options: CleanOptions, work: Work): CleanDocument[] {
  const repaired = repairMojibake(document.text);
  work.changed.repairedLines += repaired.lines;
  const plain = normaliseText(repaired.text, options);
  if (document.kind === 'abc') return [{ ...document, text: plain.trim(), language: 'other', copies: [] }];
  const unframed = trimGutenberg(plain);
  const paged = trimPages(unframed.text);
  const listed = trimContents(paged.text);
  work.tally.add(document.id, [...unframed.removed, ...paged.removed, ...listed.removed]);
  const { text, joined } = joinWrappedLines(listed.text);
  work.changed.joinedLines += joined;
  const { title = document.title, author = document.author } = unframed;
  const whole = { ...document, title, ...(author ? { author } : {}), text, language: 'other' as const, copies: [] };
  return options.chapters === false ? [whole] : splitChapters(whole);
}

/** Chapters of one book share what a site or a printer put on each of them. */
function trimBooks(work: Work): void {
  const books = Map.groupBy(work.documents, ({ source, book }) => `${source}\n${book ?? ''}`);
  const trimmed = new Map<CleanDocument, string>();
  for (const chapters of books.values()) {
    if (chapters[0]!.kind === 'abc' || chapters.length < 4) continue;
    for (const [i, { text, removed }] of trimSharedEdges(chapters.map((chapter) => chapter.text)).entries()) {
      work.tally.add(chapters[i]!.id, removed);
      trimmed.set(chapters[i]!, text);
    }
  }
  work.documents = work.documents.map((document) => ({ ...document, text: trimmed.get(document) ?? document.text }));
}

async function chooseLanguages(work: Work, options: CleanOptions): Promise<void> {
  const { script = 'keep', languages } = options;
  const found = work.documents.map((document) => ({ ...document, language: identifyLanguage(document.text) }));
  const from = script === 'simplified' ? 'zh-Hant' : 'zh-Hans';
  const to = script === 'simplified' ? 'zh-Hans' : 'zh-Hant';
  const any = script !== 'keep' && found.some(({ language }) => language === from);
  const convert = any ? await loadConverter(script) : undefined;
  const converted = found.map((document) => {
    if (!convert || document.language !== from) return document;
    work.changed.converted++;
    return { ...document, text: convert(document.text), language: to as Language };
  });
  keep(work, converted, (document) => {
    if (!languages || document.kind === 'abc' || languages.includes(document.language)) return undefined;
    return { rule: 'language', text: document.text, because: document.language };
  });
}

function judge(work: Work, options: CleanOptions): void {
  const limits = { ...QUALITY_LIMITS, ...options.quality };
  keep(work, work.documents, (document) => (document.kind === 'abc' ? undefined : judgeQuality(document.text, limits)));
}

/** Keeps the documents that the judgement finds no fault with. */
function keep(
  work: Work,
  documents: readonly CleanDocument[],
  faultOf: (document: CleanDocument) => Removal | undefined,
): void {
  work.documents = documents.filter((document) => {
    const fault = faultOf(document);
    if (fault) work.tally.add(document.id, [fault]);
    return !fault;
  });
}

function dropCopies(work: Work, options: CleanOptions): void {
  const { documents, tally } = work;
  const duplicates = findDuplicates(
    documents.map(({ text }) => text),
    options.duplicates,
  );
  const copies = new Map<number, string[]>();
  const gone = new Set(duplicates.map(({ of }) => of));
  for (const { of, original, exact, similarity } of duplicates) {
    const { id, text } = documents[of]!;
    copies.set(original, [...(copies.get(original) ?? []), id]);
    const rule = exact ? 'exact-copy' : 'near-copy';
    tally.add(id, [{ rule, text, like: documents[original]!.id, because: similarity.toFixed(2) }]);
  }
  work.documents = documents.flatMap((document, i) =>
    gone.has(i) ? [] : [{ ...document, copies: copies.get(i) ?? [] }],
  );
}

const LONG_PARAGRAPH = 60;

/** Only across documents: within one, a refrain is the author's. */
function dropParagraphs(work: Work, options: CleanOptions): void {
  const { documents, tally } = work;
  const places = documents.flatMap(({ text, kind }, document) =>
    (kind === 'abc' ? [] : text.split('\n'))
      .map((paragraph, at) => ({ document, at, paragraph }))
      .filter(({ paragraph }) => paragraph.length >= LONG_PARAGRAPH),
  );
  const threshold = options.paragraphs === 'exact' ? 2 : 0.85;
  const seed = options.duplicates?.seed ?? 'paragraphs';
  const found = findDuplicates(
    places.map(({ paragraph }) => paragraph),
    { threshold, seed, functions: 64 },
  );
  const gone = new Map<number, Set<number>>();
  for (const { of, original, exact, similarity } of found) {
    const [copy, first] = [places[of]!, places[original]!];
    if (copy.document === first.document) continue;
    gone.set(copy.document, (gone.get(copy.document) ?? new Set()).add(copy.at));
    const rule = exact ? 'exact-paragraph' : 'near-paragraph';
    const like = `${documents[first.document]!.id}: ${first.paragraph.slice(0, 80)}`;
    tally.add(documents[copy.document]!.id, [{ rule, text: copy.paragraph, like, because: similarity.toFixed(2) }]);
  }
  work.documents = documents.flatMap((document, i) => {
    const lines = gone.get(i);
    if (!lines) return [document];
    const text = document.text
      .split('\n')
      .filter((_, at) => !lines.has(at))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    return text ? [{ ...document, text }] : [];
  });
}

function sealed(document: CleanDocument): CleanDocument {
  const text = document.text.replace(/\n{3,}/g, '\n\n').trim();
  return { ...document, text, bytes: Buffer.byteLength(text), sha256: sha256(text) };
}

function reportOf(before: readonly CorpusDocument[], { documents, tally, changed }: Work): CleanReport {
  const size = (of: readonly CorpusDocument[]) => ({
    documents: of.length,
    characters: of.reduce((sum, { text }) => sum + text.length, 0),
  });
  const sizes = (groups: Map<string, CleanDocument[]>) =>
    Object.fromEntries([...groups].map(([key, of]) => [key, size(of)]));
  return {
    before: size(before),
    after: size(documents),
    removed: tally.counts(),
    changed: { ...changed },
    languages: sizes(Map.groupBy(documents, ({ language }) => language)),
    licences: sizes(Map.groupBy(documents, ({ licence }) => licence.name)),
  };
}
