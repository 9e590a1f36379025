/** `maxLength`: the form that is asked for must fit, and where none is asked for a form that fits is chosen. */
import { OsError } from '../../../../core/index.ts';
import type { Plan } from '../../../../kernel/index.ts';
import { findForms, listForms, type VerseForm } from '../forms/index.ts';

/** What decides the form of a poem. */
export interface LengthWish {
  /** Greatest number of characters, punctuation apart. */
  readonly maxLength: number;
  /** The form that the options or the brief name, by name or id. */
  readonly form?: string | undefined;
  /** The form that was proposed because nobody named one; taken when it fits. */
  readonly proposed?: string | undefined;
  /** First characters of the lines: a form that is chosen has as many lines. */
  readonly acrostic?: string | undefined;
  /** A given first line: a form that is chosen has a first line as long. */
  readonly firstLine?: string | undefined;
}

/** What was said about the form, in the options or in the brief; options win, as in composing. */
export function formWish(
  plan: Plan | undefined,
  options: Partial<Record<'form' | 'acrostic' | 'firstLine', string | undefined>>,
): Omit<LengthWish, 'maxLength'> {
  const verse = plan?.verse;
  return {
    form: options.form ?? (verse?.formProposed ? undefined : verse?.form),
    proposed: verse?.form,
    acrostic: options.acrostic ?? verse?.acrostic,
    firstLine: options.firstLine ?? verse?.firstLine,
  };
}

/** The variants to compose in, none of them longer. Throws as `fitForm`, and `verse/unknown-form` is left to whoever looks them up. */
export function fittingForms(wish: LengthWish): readonly VerseForm[] {
  const form = fitForm(wish);
  const variants = findForms(form);
  const fitting = variants.filter((variant) => lengthOf(variant) <= wish.maxLength);
  if (variants.length === 0 || fitting.length > 0) return fitting;
  throw tooShortForForm(form, Math.min(...variants.map(lengthOf)), wish.maxLength);
}

/** Forms that are taken when nobody names one, the first that fits. */
const PREFERRED = ['七绝', '五绝', '七律', '五律'] as const;

/**
 * The form to compose in: of the one asked for, its first variant that fits. An unknown name passes, for the studio to refuse.
 * Throws `server/too-short-for-form` and `server/too-short-for-verse`.
 */
export function fitForm(wish: LengthWish): string {
  const { maxLength, form, proposed } = wish;
  if (form !== undefined) return fitVariant(form, maxLength);
  const variants = variantsOf(proposed ?? '');
  const proposalFits = variants.length > 0 && variants.every((variant) => lengthOf(variant) <= maxLength);
  return proposalFits ? proposed! : preferredForm(wish);
}

function fitVariant(form: string, maxLength: number): string {
  const variants = variantsOf(form);
  if (variants.every((variant) => lengthOf(variant) <= maxLength)) return form;
  const fitting = variants.find((variant) => lengthOf(variant) <= maxLength);
  if (fitting !== undefined) return fitting.id;
  throw tooShortForForm(form, Math.min(...variants.map(lengthOf)), maxLength);
}

function preferredForm({ maxLength, acrostic = '', firstLine }: LengthWish): string {
  const usable = PREFERRED.map((name) => variantsOf(name)[0]!).filter(
    ({ lines }) =>
      lines.length >= [...acrostic].length &&
      (firstLine === undefined || lines[0]!.tones.length === [...firstLine].length),
  );
  // An acrostic or a first line that suits no regulated form is for the studio to refuse.
  if (usable.length === 0) return '七律';
  const fitting = usable.find((form) => lengthOf(form) <= maxLength);
  if (fitting !== undefined) return fitting.name;
  const shortest = usable.reduce((a, b) => (lengthOf(b) < lengthOf(a) ? b : a));
  throw tooShortForVerse(shortest.name, lengthOf(shortest), maxLength);
}

function variantsOf(nameOrId: string): VerseForm[] {
  return listForms().filter(({ id, name }) => id === nameOrId || name === nameOrId);
}

/**
 * A last look, for forms whose name only the studio knows. Throws `server/too-short-for-form`; the poems stay among the works.
 */
export function refuseLonger(
  poems: readonly { readonly form?: string | undefined; readonly lines?: readonly string[] | undefined }[],
  maxLength: number,
): void {
  for (const { form = '', lines = [] } of poems) {
    const length = [...lines.join('')].length;
    if (length > maxLength) throw tooShortForForm(form, length, maxLength);
  }
}

function lengthOf(form: VerseForm): number {
  return form.lines.reduce((sum, { tones }) => sum + tones.length, 0);
}

function tooShortForForm(form: string, needed: number, maxLength: number): OsError {
  return new OsError({
    kind: 'input',
    code: 'server/too-short-for-form',
    message: `A ${form} has ${needed} characters; maxLength allows ${maxLength}.`,
    hint: `Allow at least ${needed}, or ask for a shorter form.`,
    zh: {
      message: `${form}有 ${needed} 字，而 maxLength 只允许 ${maxLength} 字。`,
      hint: `请允许至少 ${needed} 字，或改用更短的体裁。`,
    },
  });
}

function tooShortForVerse(name: string, needed: number, maxLength: number): OsError {
  return new OsError({
    kind: 'input',
    code: 'server/too-short-for-verse',
    message: `maxLength allows ${maxLength} characters; the shortest form that fits the request, ${name}, has ${needed}.`,
    hint: `Allow at least ${needed}, or name a shorter tune as form.`,
    zh: {
      message: `maxLength 只允许 ${maxLength} 字，而符合要求的最短体裁${name}有 ${needed} 字。`,
      hint: `请允许至少 ${needed} 字，或用 form 指定更短的词牌。`,
    },
  });
}
