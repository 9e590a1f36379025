/** Proving or refuting any poem: the form is named, or found by trying all that have its shape. */
import { getForm, type VerseForm } from '../forms/index.ts';
import type { Poem, Proof, Violation } from '../poem.ts';
import { loadRhymeBook, type RhymeBook, type RhymeBookName } from '../prosody/index.ts';
import { placeOf } from '../readings/index.ts';
import { hear } from './hearing.ts';
import { candidateForms, shapeDistance } from './line-up.ts';
import { prove } from './prove.ts';
import { cleanLines, parseVerse } from './verse-text.ts';
import { lengthViolation, noFormViolation, toneViolation, unknownViolation } from './violations.ts';

export interface CheckOptions {
  /** The poem as typed, with punctuation or line breaks; or `lines`, one verse line each. */
  readonly text?: string | undefined;
  readonly lines?: readonly string[] | undefined;
  readonly title?: string | undefined;
  /** Form, tune or variant id; found by shape and tones when absent. */
  readonly form?: string | undefined;
  /** The form's own book when absent: 平水韵 for regulated and old-style verse, 词林正韵 for tunes. */
  readonly rhymeBook?: RhymeBookName | undefined;
  /** Accept 拗救; default true. */
  readonly rescue?: boolean | undefined;
}

/** How many faults a regulated or tune form may have and still be what was meant, when old style would fit without any. */
const OLD_STYLE_HANDICAP = 2.5;

/** Tunes of even lines (瑞鹧鸪) look like regulated verse with a fault or two. */
const EVEN_TUNE_HANDICAP = 2;

function isEven({ lines }: VerseForm): boolean {
  const width = lines[0]!.tones.length;
  return (
    [5, 7].includes(width) && lines.every(({ tones, rhyme }) => tones.length === width && rhyme?.toneClass !== '仄')
  );
}

/** Checks a poem and returns it with its proof; of several variants the one with fewest violations. Throws `verse/no-text`, `verse/unknown-form`. */
export function checkVerse(options: CheckOptions): Poem {
  const typed = options.lines === undefined ? parseVerse(options.text ?? '') : { lines: cleanLines(options.lines) };
  const title = options.title ?? ('title' in typed ? typed.title : undefined);
  const forms = candidateForms(typed.lines, { form: options.form, title });
  const best = forms.length === 0 ? undefined : bestProof(typed.lines, forms, options);
  const poem = best ?? { lines: typed.lines, proof: withoutForm(typed.lines, options.rhymeBook ?? '平水韵') };
  const { form, rhymeBook } = poem.proof;
  return { version: 1, title: title ?? '', form, rhymeBook, lines: poem.lines, proof: poem.proof };
}

function bestProof(
  lines: readonly string[],
  forms: readonly VerseForm[],
  { rhymeBook, rescue = true }: CheckOptions,
): { lines: readonly string[]; proof: Proof } | undefined {
  let best: { lines: readonly string[]; proof: Proof; cost: number } | undefined;
  for (const form of forms) {
    const found = prove(lines, form, { book: loadRhymeBook(rhymeBook ?? form.defaultBook), rescue });
    const cost = costOf(found, form);
    if (best === undefined || cost < best.cost) best = { ...found, cost };
  }
  return best && { lines: best.lines, proof: best.proof };
}

/** Fewest violations first; then fewest rescues, so that the plainest account of a poem is given. */
function costOf({ lines, proof }: { lines: readonly string[]; proof: Proof }, form: VerseForm): number {
  const shape = proof.syllables.length === 0 ? 100 + shapeDistance(lines, form) : 0;
  const rescues = proof.syllables.filter(({ rescuedBy }) => rescuedBy !== undefined).length;
  const repeats = proof.violations.filter(({ rule }) => rule === 'repeats').length;
  return (
    shape +
    proof.violations.length -
    repeats * 0.5 +
    rescues * 0.01 +
    (form.family === 'old' ? OLD_STYLE_HANDICAP : 0) +
    (form.family === 'tune' ? (isEven(form) ? EVEN_TUNE_HANDICAP : 0.005) : 0)
  );
}

function withoutForm(lines: readonly string[], rhymeBook: RhymeBookName): Proof {
  return {
    valid: false,
    form: 'free',
    rhymeBook,
    rhymes: {},
    syllables: [],
    violations: [noFormViolation(lines.length)],
    parallelism: [],
  };
}

/**
 * What one line breaks by itself, without its neighbours: length, tones, 孤平 and three-syllable tails, unlisted characters.
 * Rescues within the line count, those that need the next line do not.
 */
export function lineViolations(form: VerseForm, lineIndex: number, line: string, book: RhymeBook): Violation[] {
  const pattern = form.lines[lineIndex];
  const characters = [...line];
  const length = pattern?.tones.length ?? 0;
  if (pattern === undefined || characters.length !== length) {
    return [lengthViolation({ line: lineIndex }, characters.length, length)];
  }
  const places = characters.map((character) => placeOf(character, book));
  const single: VerseForm = { ...form, family: 'tune', lines: [pattern] };
  return hear([places], single, { rescue: false })[0]!.misses.map((place) => {
    const found = places[place]!;
    const where = { line: lineIndex, place };
    if (found.readings.length === 0) return unknownViolation(where, found, book.name);
    return toneViolation(where, found, pattern.tones[place] as '平' | '仄');
  });
}

/** The name people call a proof's form by: `七绝/平起首句入韵` → 七绝; 自由 when there is none. */
export function formName(proof: Proof): string {
  return proof.form === 'free' ? '自由体' : getForm(proof.form).name;
}
