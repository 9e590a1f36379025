/** What is to be written, once the plan and the options are laid together; options win, because the artist typed them last. */
import { OsError, type Random } from '../../../../core/index.ts';
import type { Plan } from '../../../../kernel/index.ts';
import { findForms, getForm, type VerseForm } from '../forms/index.ts';
import { RHYME_BOOKS, type RhymeBookName } from '../prosody/index.ts';
import { fittingForms, formWish } from './fit-length.ts';
import type { ComposeOptions } from './options.ts';

export interface Wish
  extends Pick<ComposeOptions, 'acrostic' | 'firstLine' | 'continueFrom' | 'given' | 'rhymeWord' | 'require' | 'ban'> {
  readonly title: string;
  /** Variants of one name, the commonest first. */
  readonly forms: readonly VerseForm[];
  readonly rhymeBook: RhymeBookName;
  readonly rhyme: string | undefined;
  /** What the poem is about, most important first. */
  readonly themes: readonly string[];
  /** Images the themes call up, to draw from. */
  readonly imagery: readonly string[];
  readonly count: number;
}

/** Lays plan and options together. Throws `verse/unknown-form` and `verse/acrostic-too-long`. */
export function resolveWish(plan: Plan | undefined, options: ComposeOptions): Wish {
  const verse = plan?.verse;
  const acrostic = options.acrostic ?? verse?.acrostic;
  const forms = formsFor(plan, options);
  const asked = options.rhymeBook ?? RHYME_BOOKS.find((book) => book === verse?.rhymeBook);
  return {
    title: options.title ?? plan?.title ?? forms[0]!.name,
    forms,
    rhymeBook: asked ?? forms[0]!.defaultBook,
    rhyme: options.rhyme ?? verse?.rhyme,
    themes: [...new Set([...options.themes, ...(plan?.themes ?? []).map(({ word }) => word)])],
    imagery: plan?.imagery ?? [],
    count: options.count > 1 ? options.count : (verse?.count ?? options.count),
    acrostic,
    firstLine: options.firstLine ?? verse?.firstLine,
    continueFrom: options.continueFrom,
    given: options.given,
    rhymeWord: options.rhymeWord ?? verse?.rhymeWord,
    require: [...options.require, ...(verse?.required ?? [])],
    ban: [...options.ban, ...(verse?.banned ?? [])],
  };
}

function formsFor(plan: Plan | undefined, options: ComposeOptions): readonly VerseForm[] {
  const { maxLength } = options;
  const acrostic = options.acrostic ?? plan?.verse?.acrostic;
  const named = options.form ?? plan?.verse?.form;
  if (maxLength === undefined) return variantsOf(named ?? formForAcrostic(acrostic));
  const fitting = fittingForms({ maxLength, ...formWish(plan, options) });
  return fitting.length > 0 ? fitting : variantsOf(named ?? '');
}

/** All variants of what was asked for; throws `verse/unknown-form` with near names. */
function variantsOf(nameOrId: string): readonly VerseForm[] {
  const found = findForms(nameOrId);
  return found.length > 0 ? found : [getForm(nameOrId)];
}

function formForAcrostic(acrostic: string | undefined): string {
  const length = [...(acrostic ?? '')].length;
  if (length <= 4) return '七绝';
  if (length <= 8) return '七律';
  throw new OsError({
    kind: 'input',
    code: 'verse/acrostic-too-long',
    message: `The acrostic '${acrostic}' has ${length} characters; the longest regulated form has 8 lines.`,
    hint: 'Shorten it, or name a longer tune with --form.',
    zh: {
      message: `藏头“${acrostic}”有 ${length} 字，而律诗最多八句。`,
      hint: '请缩短藏头，或用 --form 指定更长的词牌。',
    },
  });
}

/** Draws the words a batch of candidates is steered by: the first themes always, the rest of at most four from the imagery. Words the model cannot spell are left out. */
export function drawThemes(wish: Wish, knows: (character: string) => boolean, random: Random): string[] {
  const spellable = (words: readonly string[]): string[] =>
    words.filter((word) => [...word].length <= 4 && [...word].every(knows));
  const required = spellable(wish.require);
  const themes = spellable(wish.themes);
  const imagery = random.shuffle(spellable(wish.imagery.slice(0, 12)));
  const drawn = [...required, ...themes.slice(0, 2), ...imagery.slice(0, 2), ...themes.slice(2), ...imagery.slice(2)];
  return [...new Set(drawn)].slice(0, Math.max(2, 3 + random.integer(2)));
}
