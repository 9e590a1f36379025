/**
 * What may stand at one place of a poem, and how likely the model finds it there: the characters before it are read by the
 * model, those after it and the form say which may stand at all.
 */
import type { TokenModel } from '../../../../kernel/index.ts';
import { listTonePatterns, type VerseForm } from '../forms/index.ts';
import { type FormToken, formatPrompt, PINGSHUI_GROUPS } from '../prompt.ts';
import type { ToneClass } from '../prosody/index.ts';
import { bitOf, type Lettering } from './lettering.ts';

/** The sign of an open place. */
const OPEN = '□';

export interface Suggestion {
  readonly character: string;
  /** Among those that keep the form, 0–1. */
  readonly probability: number;
}

export interface SuggestRequest {
  readonly model: TokenModel;
  readonly letters: Lettering;
  /** Variants of the form with the shape of the lines. */
  readonly forms: readonly VerseForm[];
  /** Lines with `□` at open places. */
  readonly lines: readonly string[];
  readonly line: number;
  readonly place: number;
  readonly count: number;
  readonly signal?: AbortSignal | undefined;
}

/** The likeliest characters, best first; none where what surrounds the place already breaks the form. */
export async function suggestCharacters(request: SuggestRequest): Promise<Suggestion[]> {
  const { model, letters, forms, lines, line, place, count, signal } = request;
  const form = forms[0]!;
  const admits = admission(request);
  const tokens = letters.characters.flatMap((character, token) =>
    character !== '' && letters.bits[token] !== 0 && admits(character) ? [token] : [],
  );
  if (tokens.length === 0) return [];
  const before = textBefore(form, lines, line, place);
  const prompt = [...promptOf(form, rhymeOf(request)), ...before].map((text) => letters.token(text));
  await using batch = await model.open(prompt, 1, signal);
  const logits = batch.logits(0);
  const top = tokens.reduce((most, token) => Math.max(most, logits[token]!), Number.NEGATIVE_INFINITY);
  const weights = tokens.map((token) => Math.exp(logits[token]! - top));
  const sum = weights.reduce((a, b) => a + b, 0);
  return tokens
    .map((token, i) => ({ character: letters.characters[token]!, probability: weights[i]! / sum }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count);
}

function promptOf({ family, name }: VerseForm, rhyme: string | undefined): string[] {
  const token = (family === 'tune' ? '<词>' : family === 'old' ? '<古风>' : `<${name}>`) as FormToken;
  const known = rhyme !== undefined && (PINGSHUI_GROUPS.includes(rhyme) || /^\d/.test(rhyme)) ? rhyme : undefined;
  return formatPrompt({ form: token, tune: family === 'tune' ? name : undefined, rhyme: known });
}

/** The poem up to the place, with its marks; open places are passed over. */
function textBefore({ lines: patterns }: VerseForm, lines: readonly string[], line: number, place: number): string[] {
  const whole = lines.slice(0, line).flatMap((text, i) => [...text, patterns[i]!.mark]);
  return [...whole, ...[...lines[line]!].slice(0, place)].filter((character) => character !== OPEN);
}

/** The test a character must pass: tone in a pattern that the line's other characters allow, rhyme, no needless repetition. */
function admission(request: SuggestRequest): (character: string) => boolean {
  const { forms, letters, lines, line, place } = request;
  const characters = [...lines[line]!];
  const all = forms.flatMap((form) => listTonePatterns(form, line));
  const fitting = all.filter((pattern) =>
    characters.every(
      (character, i) => i === place || character === OPEN || (letters.bitsOf(character) & bitOf(pattern[i]!)) !== 0,
    ),
  );
  // Where the line is broken elsewhere already, whatever the form allows here is of help.
  const wanted = fitting.length > 0 ? fitting : all;
  const tones = [...new Set(wanted.map((pattern) => pattern[place]!))];
  const rhyme = place === characters.length - 1 ? forms[0]!.lines[line]!.rhyme : undefined;
  const part = rhyme && partOf(request, rhyme.chain);
  const elsewhere = lines.map((text, i) => (i === line ? characters.toSpliced(place, 1).join('') : text)).join('');
  const once = forms[0]!.rules.maxRepeats <= 2;
  return (character) => {
    if (once && elsewhere.includes(character)) return false;
    return tones.some((tone) => {
      if ((letters.bitsOf(character) & bitOf(tone)) === 0) return false;
      if (!rhyme) return true;
      const own = letters.rhymesOf(character, tone, 'usual');
      return part === undefined ? own.length > 0 : own.includes(part);
    });
  };
}

/** The rhyme part that the other ends of a chain share most. */
function partOf({ forms, letters, lines, line }: SuggestRequest, chain: string): string | undefined {
  const counts = new Map<string, number>();
  for (const [i, { rhyme }] of forms[0]!.lines.entries()) {
    const end = [...lines[i]!].at(-1)!;
    if (i === line || rhyme?.chain !== chain || end === OPEN) continue;
    for (const part of letters.rhymesOf(end, rhyme.toneClass)) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The rhyme as the model names it, of the first line end of the main chain that is written. */
function rhymeOf(request: SuggestRequest): string | undefined {
  const chain = request.forms[0]!.lines.find(({ rhyme }) => rhyme)?.rhyme;
  if (!chain) return undefined;
  const part = partOf({ ...request, line: -1 }, chain.chain);
  if (part === undefined || request.letters.book.name !== '词林正韵') return part;
  const tone: Record<ToneClass, string> = { 平: '平', 仄: '仄' };
  return Number.parseInt(part, 10) >= 15 ? part : `${part}${tone[chain.toneClass]}`;
}
