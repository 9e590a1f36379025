/**
 * Which rhyme a poem shall have. The artist may name it; else the model is asked, having read the themes, and only rhymes
 * that the form allows are on offer.
 */
import { OsError } from '../../../../core/index.ts';
import type { VerseForm } from '../forms/types.ts';
import { CILIN_RHYMES, PINGSHUI_GROUPS } from '../prompt.ts';
import type { RhymeBook, RhymeBookName, ToneClass } from '../prosody/types.ts';
import { rhymePart } from './lettering.ts';

/** The chain that rhymes most lines, with the tone classes it asks for; undefined for forms without rhyme. */
export function mainChain(form: VerseForm): { chain: string; tones: ToneClass[]; lines: number } | undefined {
  const chains = new Map<string, ToneClass[]>();
  for (const { rhyme } of form.lines) {
    if (rhyme !== undefined) chains.set(rhyme.chain, [...(chains.get(rhyme.chain) ?? []), rhyme.toneClass]);
  }
  const [chain, tones] = [...chains].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (chain === undefined || tones === undefined) return undefined;
  return { chain, tones: [...new Set(tones)], lines: tones.length };
}

/** Rhyme names the model may choose among: the kind its training poems of this family were labelled with, with room for all rhyme words. */
export function offeredRhymes(form: VerseForm, book: RhymeBook): string[] {
  const main = mainChain(form);
  if (main === undefined) return [];
  const names = form.family === 'tune' ? CILIN_RHYMES : PINGSHUI_GROUPS;
  if (!matchesBook(form, book.name)) return names.filter((name, i) => toneFits(form, name, i, main.tones));
  return names.filter(
    (name, i) => toneFits(form, name, i, main.tones) && (book.rhymes.get(name)?.length ?? 0) >= 3 * main.lines,
  );
}

/** Whether the model's rhyme names are keys of this book. */
export function matchesBook(form: VerseForm, book: RhymeBookName): boolean {
  return book === (form.family === 'tune' ? '词林正韵' : '平水韵');
}

function toneFits(form: VerseForm, name: string, index: number, tones: readonly ToneClass[]): boolean {
  const level = form.family === 'tune' ? name.endsWith('平') : index < 30;
  return tones.includes(level ? '平' : '仄') || (tones.length > 1 && level);
}

/**
 * Reads a rhyme as people write it — `阳`, `七阳`, `下平七阳`, `2平`, `第二部`, `江阳` — into a part of the book.
 * Throws `verse/unknown-rhyme` listing what the book has.
 */
export function parseRhyme(text: string, book: RhymeBook, tones: readonly ToneClass[]): string {
  const keys = [...book.rhymes.keys()];
  const number = /^第?([0-9一二三四五六七八九十]+)部?[平仄入]?$/u.exec(text)?.[1];
  const wanted = book.name === '词林正韵' && number !== undefined ? String(toNumber(number)) : undefined;
  const found =
    keys.find((key) => key === text) ??
    keys.find(
      (key) =>
        wanted !== undefined &&
        /^\d+/.exec(key)?.[0] === wanted &&
        (tones.length !== 1 || !key.endsWith(tones[0] === '平' ? '仄' : '平')),
    ) ??
    keys.find((key) => book.name !== '词林正韵' && text.endsWith(key));
  if (found !== undefined) return rhymePart(book, found);
  throw new OsError({
    kind: 'input',
    code: 'verse/unknown-rhyme',
    message: `${book.name} has no rhyme '${text}'.`,
    hint: `It has: ${keys.join(' ')}`,
    zh: { message: `${book.name}中没有“${text}”韵。`, hint: `可选：${keys.join(' ')}` },
  });
}

function toNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const digit = (character: string | undefined): number => '零一二三四五六七八九'.indexOf(character ?? '零');
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  return text.includes('十') ? (tens === '' ? 1 : digit(tens)) * 10 + digit(ones || '零') : digit(ones);
}
