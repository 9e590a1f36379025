/**
 * Composes poems that cannot break their form, and chooses the best of them:
 *
 *   wish ─▶ batches (themes drawn, rhyme chosen, drafts begun) ─▶ sampling or beam search ─▶ proof ─▶ scores ─▶ the best, varied
 */
import { OsError, type Random } from '../../../../core/index.ts';
import type { TokenBatch, TokenModel } from '../../../../kernel/index.ts';
import { type Choice, rankChoices, sampleChoice } from '../../sampling.ts';
import { checkVerse } from '../check/index.ts';
import type { VerseForm } from '../forms/index.ts';
import type { NoveltyIndex, NoveltyReport } from '../novelty/index.ts';
import type { Poem } from '../poem.ts';
import { type FormToken, formatPrompt, type VersePrompt } from '../prompt.ts';
import { loadRhymeBook } from '../prosody/index.ts';
import { beginDraft, type Draft, type Fixture, settledForm } from './automaton.ts';
import { beamPoems } from './beam.ts';
import { fittingVariants, fixWishes, placeWords, rhymesOfFixture } from './fixture.ts';
import { createLettering, type Lettering, rhymePart } from './lettering.ts';
import type { ComposeOptions } from './options.ts';
import { chooseVaried, type Scores, scoreCandidate } from './rank.ts';
import type { RepairPlan } from './repair.ts';
import { mainChain, matchesBook, offeredRhymes, parseRhyme } from './rhyme-choice.ts';
import { type RowResult, type SampleRequest, samplePoems } from './sample.ts';
import { drawThemes, type Wish } from './wish.ts';

/** Rows that advance together; each batch draws its own themes. */
const BATCH_WIDTH = 8;

/** Further batches that are tried when no row of the first ones could be finished. */
const RETRIES = 4;

/** A finished poem with everything that counted in its choice. */
export interface Candidate {
  readonly poem: Poem;
  readonly scores: Scores;
  readonly novelty: NoveltyReport | undefined;
  /** The words that steered it. */
  readonly themes: readonly string[];
  readonly avoidedCopies: number;
}

export interface ComposeRequest {
  readonly model: TokenModel;
  readonly wish: Wish;
  readonly options: ComposeOptions;
  readonly random: Random;
  /** Recognises lines of the training poems; without it novelty is reported as not checked. */
  readonly novelty?: NoveltyIndex | undefined;
  /** A form, rhymes and characters that are settled already (repair); else they follow from the wish. */
  readonly given?: RepairPlan;
  readonly signal?: AbortSignal | undefined;
  /** The text of the first candidate while it grows. */
  readonly onText?: ((text: string) => void) | undefined;
  /** After every batch. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

type Way = 'sample' | 'beam' | 'greedy';

/** How one batch is decoded: mixed decoding searches first, for sense, then samples, for surprise. */
function wayOf({ decode }: ComposeOptions, batch: number): Way {
  if (decode !== 'mixed') return decode;
  return batch === 0 ? 'beam' : 'sample';
}

/** What stays the same for all batches. */
interface Setting {
  readonly variants: readonly VerseForm[];
  readonly fixture: Fixture;
  readonly rhymes: Readonly<Record<string, string>>;
  readonly letters: Lettering;
}

/** Writes `options.candidates` poems (or more when `count` asks for more) and returns all of them, the chosen first. Throws `verse/impossible-wish`, `verse/no-candidate` and what the wish's parts throw. */
export async function composePoems(request: ComposeRequest): Promise<{ chosen: Candidate[]; all: Candidate[] }> {
  const { wish, options, random } = request;
  const setting = settle(request);
  const wanted = Math.max(options.candidates, wish.count);
  const batches = Math.ceil(wanted / BATCH_WIDTH);
  const all = new Map<string, Candidate>();
  const run = async (index: number, width: number, way: Way): Promise<void> => {
    for (const candidate of await runBatch(request, setting, width, random.fork(`batch-${index}`), { index, way })) {
      all.set(candidate.poem.lines.join(), candidate);
    }
  };
  for (let index = 0; index < batches; index++) {
    await run(index, Math.min(BATCH_WIDTH, wanted - index * BATCH_WIDTH), wayOf(options, index));
    request.onProgress?.(Math.min(wanted, (index + 1) * BATCH_WIDTH), wanted);
  }
  // Tight wishes can lead every row astray; sampling anew finds another way.
  for (let retry = 0; all.size === 0 && retry < RETRIES; retry++) await run(batches + retry, BATCH_WIDTH, 'sample');
  if (all.size === 0) throw noCandidate(wish);
  const ranked = [...all.values()].sort((a, b) => b.scores.total - a.scores.total);
  return { chosen: chooseVaried(ranked, wish.count), all: ranked };
}

function settle({ wish, model, given }: ComposeRequest): Setting {
  const book = loadRhymeBook(wish.rhymeBook);
  const letters = createLettering(model.vocabulary, book);
  if (given !== undefined) return { variants: [given.form], fixture: given.fixture, rhymes: given.rhymes, letters };
  const shape = (form: VerseForm): string => form.lines.map(({ tones }) => tones.length).join();
  const first = wish.forms.find((form) => fitsGivenLines(form, wish)) ?? wish.forms[0]!;
  const sameShape = wish.forms.filter((form) => shape(form) === shape(first));
  const main = mainChain(first);
  const rhymes =
    wish.rhyme !== undefined && main !== undefined ? { [main.chain]: parseRhyme(wish.rhyme, book, main.tones) } : {};
  const fixture = fixWishes(first, wish);
  const variants = fittingVariants(sameShape, fixture, rhymes, letters);
  return { variants, fixture, rhymes: rhymesOfFixture(variants[0]!, fixture, rhymes, letters), letters };
}

function fitsGivenLines(form: VerseForm, wish: Wish): boolean {
  const given = wish.given ?? wish.continueFrom ?? (wish.firstLine === undefined ? [] : [wish.firstLine]);
  const enough = form.lines.length >= Math.max(given.length, [...(wish.acrostic ?? '')].length);
  return enough && given.every((text, line) => text === '' || [...text].length === form.lines[line]?.tones.length);
}

async function runBatch(
  request: ComposeRequest,
  setting: Setting,
  width: number,
  random: Random,
  { index, way }: { index: number; way: Way },
): Promise<Candidate[]> {
  const { model, wish, options, signal } = request;
  const { letters } = setting;
  const knows = (character: string): boolean => letters.characters[letters.token(character)] === character;
  const themes = drawThemes(wish, knows, random);
  const prompt = promptFor(setting.variants[0]!, wish, themes, knows);
  await using batch = await model.open(encode({ ...prompt, themes }, letters), width, signal);
  await using plain = await model.open(encode(prompt, letters), width, signal);
  const rhymes = await chooseRhymes(batch, plain, setting, way, random);
  const drafts = rhymes.map((chosen, row) =>
    begin(setting, wish, chosen, random.fork(`place-${way === 'beam' ? 0 : row}`)),
  );
  const sampleRequest: SampleRequest = {
    drafts,
    batch,
    plain,
    guidance: options.guidance,
    sampling: { ...options, temperature: way === 'greedy' ? 0 : options.temperature },
    cull: options.cull,
    letters,
    random,
    isCopy: (line) => !options.allowCopies && request.novelty?.hasLine(line) === true,
    onText: index === 0 ? request.onText : undefined,
    signal,
  };
  const rows = way === 'beam' ? await searchBeams(sampleRequest) : await samplePoems(sampleRequest);
  return rows.flatMap((row) => prove(row, themes, request, letters) ?? []);
}

/** Beams of one group must begin alike, so all rows take the first row's rhyme and places. */
function searchBeams(request: SampleRequest): Promise<RowResult[]> {
  const width = request.drafts.length;
  const groups = width % 4 === 0 ? width / 4 : 1;
  return beamPoems(
    { ...request, drafts: request.drafts.map(() => request.drafts[0]!) },
    { groups, diversity: 0.7, relevance: 2 * request.guidance },
  );
}

function promptFor(
  form: VerseForm,
  wish: Wish,
  themes: readonly string[],
  knows: (character: string) => boolean,
): VersePrompt {
  const token = (form.family === 'tune' ? '<词>' : form.family === 'old' ? '<古风>' : `<${form.name}>`) as FormToken;
  const speaks = wish.title !== form.name && [...wish.title].length <= 7 && [...wish.title].every(knows);
  return {
    form: token,
    tune: form.family === 'tune' ? form.name : undefined,
    title: speaks && themes.length > 0 ? wish.title : undefined,
  };
}

/** The prompt up to where the rhyme would stand. */
function encode(prompt: VersePrompt, letters: Lettering): number[] {
  return formatPrompt(prompt)
    .slice(0, -1)
    .map((token) => letters.token(token));
}

/** Asks the model for a rhyme in every row (or takes the decided one), and writes it and `<body>` into both batches. */
async function chooseRhymes(
  batch: TokenBatch,
  plain: TokenBatch,
  { variants, rhymes, letters }: Setting,
  way: Way,
  random: Random,
): Promise<Readonly<Record<string, string>>[]> {
  const form = variants[0]!;
  const main = mainChain(form);
  const body = Array<number>(batch.width).fill(letters.token('<body>'));
  const offered =
    main === undefined
      ? []
      : offeredRhymes(form, letters.book).filter((name) => {
          const decided = rhymes[main.chain];
          return (
            decided === undefined || !matchesBook(form, letters.book.name) || rhymePart(letters.book, name) === decided
          );
        });
  if (main === undefined || offered.length === 0) {
    await Promise.all([batch.extend(body), plain.extend(body)]);
    return body.map(() => rhymes);
  }
  const tokens = new Map(offered.map((name) => [letters.token(`<rhyme:${name}>`), name]));
  const ranked = rankChoices(batch.logits(0), [...tokens.keys()], 1).slice(0, 8);
  // Beams must begin alike; greedy rows differ only by their rhyme.
  const one = sampleChoice(ranked, 1, random);
  const pick = (row: number): Choice =>
    way === 'beam' ? one : way === 'greedy' ? ranked[row % ranked.length]! : sampleChoice(ranked, 1, random);
  const picks = body.map((_, row) => pick(row));
  const chosen = picks.map(({ token }) => token);
  await Promise.all([batch.extend(chosen), plain.extend(chosen)]);
  await Promise.all([batch.extend(body), plain.extend(body)]);
  if (!matchesBook(form, letters.book.name)) return body.map(() => rhymes);
  return chosen.map((token) => ({ ...rhymes, [main.chain]: rhymePart(letters.book, tokens.get(token)!) }));
}

function begin(
  { variants, fixture, letters }: Setting,
  wish: Wish,
  rhymes: Readonly<Record<string, string>>,
  random: Random,
): Draft {
  const placed =
    wish.require.length === 0 ? fixture : placeWords(variants, fixture, wish.require, rhymes, letters, random);
  const fitting = placed === fixture ? variants : fittingVariants(variants, placed, rhymes, letters);
  return beginDraft(fitting, placed, rhymes);
}

/** Proves a finished row with the checker, which shares no code with the automaton; what it refutes is not shown to anyone. */
function prove(
  row: RowResult,
  themes: readonly string[],
  { wish, novelty }: ComposeRequest,
  letters: Lettering,
): Candidate | undefined {
  const poem = checkVerse({
    lines: row.draft.lines,
    title: wish.title,
    form: settledForm(row.draft).id,
    rhymeBook: letters.book.name,
  });
  if (!poem.proof.valid) return undefined;
  const report = novelty === undefined ? undefined : novelty.noveltyReport(poem.lines);
  const scores = scoreCandidate(row, poem, themes, report?.nearLines.length ?? 0);
  return { poem, scores, novelty: report, themes, avoidedCopies: row.avoidedCopies };
}

function noCandidate(wish: Wish): OsError {
  const name = wish.forms[0]!.name;
  return new OsError({
    kind: 'input',
    code: 'verse/no-candidate',
    message: `No ${name} could be finished under all these wishes together.`,
    hint: 'Ban fewer characters, require fewer words, or leave the rhyme open.',
    zh: { message: `在这些要求之下，没有写成一首${name}。`, hint: '请少禁几个字、少要求几个词，或不指定韵部。' },
  });
}
