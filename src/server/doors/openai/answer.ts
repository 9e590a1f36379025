/**
 * What a model says to a brief or a beginning, whatever route asked:
 *
 *   director, verse ─▶ the poem, with its title      prose ─▶ how the text goes on, token by token
 *   painters, tunes, and the director when a picture or a tune is asked for ─▶ a line in both languages with a link to the work
 */
import type { Os } from '../../../host/index.ts';
import type { Work } from '../../../kernel/index.ts';
import { type Completion, formatPoem, type Poem, type WrittenToken } from '../../../studios/text/index.ts';
import { type BriefWish, makeOfBrief } from '../make-of-brief.ts';
import { type Listener, runJob } from '../run-job.ts';
import type { NamedModel } from './models.ts';

/** What is asked, after the route's own words are taken off. */
export interface Question {
  readonly model: NamedModel;
  /** The brief, or the text to go on from. */
  readonly text: string;
  readonly count: number;
  /** Tokens at most: of a prose model its own, else characters. */
  readonly most?: number | undefined;
  readonly seed?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly stop: readonly string[];
  /** Alternatives told for each token; undefined: no probabilities. */
  readonly top?: number | undefined;
  readonly bias?: Readonly<Record<string, number>> | undefined;
  /** Options of the op beyond OpenAI's words. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly art?: BriefWish['art'];
  /** Where links begin: `http://127.0.0.1:4870`. */
  readonly origin: string;
}

export interface Choice {
  readonly text: string;
  readonly finish: 'stop' | 'length';
  /** Only of prose models. */
  readonly tokens?: readonly WrittenToken[];
  /** Ids of the works it tells of; several where the words ask for several at once. */
  readonly works: readonly string[];
}

export interface Answer {
  readonly choices: readonly Choice[];
  readonly seed: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Who listens while an answer comes about. */
export interface AnswerListener extends Listener {
  /** A choice so far; later calls only add to it. */
  readonly onText?: (choice: number, text: string) => void;
}

/** Answers. Throws what the jobs throw. */
export function answer(os: Os, question: Question, listener: AnswerListener): Promise<Answer> {
  return question.model.kind === 'prose' ? goOn(os, question, listener) : makeWorks(os, question, listener);
}

/** Tokens of a language model, taken as it is: prose goes on; so may verse, in its model's own tokens. */
export async function goOn(os: Os, question: Question, listener: AnswerListener): Promise<Answer> {
  const { model, text, count, most, seed, temperature, topP, stop, top, bias, options } = question;
  const given = {
    ...options,
    model: model.entry!.name,
    prompt: text,
    count,
    stop,
    ...(most !== undefined && { maxTokens: Math.min(most, 4096) }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(top !== undefined && { top }),
    ...(bias !== undefined && { bias }),
  };
  const made = await runJob(
    os,
    { op: 'prose/complete', options: given, ...(seed !== undefined && { seed }) },
    {
      ...listener,
      onPreview: ({ candidate = 0, text: sofar = '' }) => listener.onText?.(candidate, sofar),
    },
  );
  const report = made.report as unknown as { readonly choices: readonly Completion[]; readonly promptTokens: number };
  const choices = report.choices.map((choice, i) => ({ ...choice, works: [made.works[i]!.id] }));
  for (const [i, choice] of choices.entries()) listener.onText?.(i, choice.text);
  const completionTokens = choices.reduce((sum, { tokens }) => sum + tokens.length, 0);
  return { choices, seed: made.seed, promptTokens: report.promptTokens, completionTokens };
}

async function makeWorks(os: Os, question: Question, listener: AnswerListener): Promise<Answer> {
  const { text, count, most, seed, stop } = question;
  const wish = { brief: text, seed, count, art: artOf(question), options: optionsOf(question) };
  // So short a poem there is not: it is written and cut, as the word `length` in the answer says.
  const maxLength = most === undefined || most < 20 ? undefined : most;
  const made = await makeOfBrief(os, { ...wish, maxLength }, listener);
  // One answer tells of all that the words asked for.
  const groups = count === 1 ? [made.works] : made.works.slice(0, count).map((work) => [work]);
  const choices = await Promise.all(
    groups.map(async (works): Promise<Choice> => {
      const texts = await Promise.all(works.map((work) => textOf(os, work, made.art, question.origin)));
      const whole = texts.join('\n\n');
      const said = made.art === 'poem' ? cut(whole, stop, most) : ({ text: whole, finish: 'stop' } as const);
      return { ...said, works: works.map(({ id }) => id) };
    }),
  );
  for (const [i, choice] of choices.entries()) listener.onText?.(i, choice.text);
  const completionTokens = choices.reduce((sum, choice) => sum + lengthOf(choice.text), 0);
  return { choices, seed: made.seed, promptTokens: lengthOf(text), completionTokens };
}

function artOf({ model, art }: Question): BriefWish['art'] {
  if (model.kind === 'painter') return 'picture';
  if (model.kind === 'tunes') return 'tune';
  return model.kind === 'verse' ? 'poem' : art;
}

function optionsOf({ model, temperature, topP, options }: Question): Readonly<Record<string, unknown>> {
  if (model.kind === 'painter') return { ...options, painter: model.id };
  if (model.kind === 'tunes') return { ...options, model: model.entry!.name };
  if (model.kind !== 'verse') return { ...options };
  return {
    model: model.entry!.name,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...options,
  };
}

async function textOf(os: Os, work: Work, art: string, origin: string): Promise<string> {
  const { id, title } = work;
  const named = title.replace(/[[\]]/g, '');
  if (art === 'picture') {
    const address = `${origin}/v1/images/${id}.png`;
    return `画好了 · Painted: [${named}](${origin}/works/${id})\n\n![${named}](${address})`;
  }
  if (art === 'tune') {
    const heard = ['mp3', 'mid', 'pdf'].map((format) => `[${format}](${origin}/v1/audio/${id}.${format})`);
    return `曲子写好了 · A tune: [${named}](${origin}/works/${id}) (${heard.join(' · ')})`;
  }
  const poem = (await os.load(id)).document as Poem;
  return `《${poem.title}》\n${formatPoem(poem)}`;
}

/** Ends a text before the first stop string, and after so many characters that are no punctuation. */
function cut(
  text: string,
  stop: readonly string[],
  most: number | undefined,
): { readonly text: string; readonly finish: 'stop' | 'length' } {
  const ends = stop.map((one) => text.indexOf(one)).filter((at) => at >= 0);
  const whole = ends.length === 0 ? text : text.slice(0, Math.min(...ends));
  if (most === undefined || lengthOf(bodyOf(whole)) <= most) return { text: whole, finish: 'stop' };
  let left = most;
  let end = whole.length - bodyOf(whole).length;
  for (const character of whole.slice(end)) {
    if (COUNTED.test(character) && left-- === 0) break;
    end += character.length;
  }
  return { text: whole.slice(0, end), finish: 'length' };
}

/** Without its title, which is not counted. */
const bodyOf = (text: string): string => text.replace(/^《[^》]*》\n/, '');

const COUNTED = /[\p{L}\p{N}]/u;
const lengthOf = (text: string): number => [...text].filter((character) => COUNTED.test(character)).length;
