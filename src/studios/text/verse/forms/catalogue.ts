/** All verse forms, built once: regulated verse by rule, old style by shape, tunes from their table. */
import { OsError } from '../../../../core/index.ts';
import { simplify } from '../prosody/index.ts';
import { oldStyleForms } from './old-style.ts';
import { regulatedForms } from './regulated.ts';
import { loadTunes } from './tunes.ts';
import type { VerseForm } from './types.ts';

/** Other names people use for the forms of regulated and old-style verse. */
const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  五言绝句: ['五绝'],
  七言绝句: ['七绝'],
  五言律诗: ['五律'],
  七言律诗: ['七律'],
  绝句: ['五绝', '七绝'],
  律诗: ['五律', '七律'],
  古风: ['五言古风', '七言古风'],
  古诗: ['五言古风', '七言古风'],
  五古: ['五言古风'],
  七古: ['七言古风'],
  五言古诗: ['五言古风'],
  七言古诗: ['七言古风'],
};

interface Catalogue {
  readonly forms: readonly VerseForm[];
  readonly byId: ReadonlyMap<string, VerseForm>;
  readonly names: ReadonlyMap<string, readonly string[]>;
}

let catalogue: Catalogue | undefined;

function load(): Catalogue {
  if (catalogue !== undefined) return catalogue;
  const tunes = loadTunes();
  const forms = [...regulatedForms(), ...oldStyleForms(), ...tunes.forms];
  const names = new Map<string, readonly string[]>([...tunes.otherNames, ...Object.entries(SHORT_NAMES)]);
  catalogue = { forms, byId: new Map(forms.map((form) => [form.id, form])), names };
  return catalogue;
}

/** Every form, the commonest variant of a name first. */
export function listForms(): readonly VerseForm[] {
  return load().forms;
}

/** Forms by id, by name (all variants), by another name (大江东去), in traditional characters or by English name; none when unknown. */
export function findForms(nameOrId: string): VerseForm[] {
  const { forms, byId, names } = load();
  const wanted = simplify(nameOrId.trim().replace(/^《(.*)》$/u, '$1'));
  const exact = byId.get(wanted);
  if (exact !== undefined) return [exact];
  const accepted = names.get(wanted) ?? [wanted];
  const found = forms.filter((form) => accepted.includes(form.name));
  return found.length > 0 ? found : forms.filter((form) => sameEnglish(form, wanted));
}

function sameEnglish({ english }: VerseForm, wanted: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/gu, '');
  const short = english.split(/[(,]/u)[0]!;
  return plain(wanted).length > 2 && [english, short].some((name) => plain(name) === plain(wanted));
}

/** The form of that id, or the commonest variant of that name; undefined when there is none. */
export function findForm(nameOrId: string): VerseForm | undefined {
  return findForms(nameOrId)[0];
}

/** One form by id, or the commonest variant of a name. Throws `verse/unknown-form`. */
export function getForm(nameOrId: string): VerseForm {
  const found = findForm(nameOrId);
  if (found !== undefined) return found;
  const near = nearNames(nameOrId);
  const list = near.length > 0 ? near : ['七绝', '五律', '浣溪沙', '水调歌头'];
  throw new OsError({
    kind: 'input',
    code: 'verse/unknown-form',
    message: `There is no verse form called '${shorten(nameOrId)}'.`,
    hint: `${near.length > 0 ? 'Near names' : 'For example'}: ${list.join(', ')}.`,
    zh: {
      message: `没有名为“${shorten(nameOrId)}”的体裁或词牌。`,
      hint: `${near.length > 0 ? '相近的有' : '例如'}：${list.join('、')}。`,
    },
    details: { near },
  });
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text;
}

/** Up to five names that share most characters with what was asked. */
function nearNames(asked: string): string[] {
  const { forms, names } = load();
  const wanted = new Set(simplify(asked).slice(0, 40));
  const all = [...new Set([...forms.map((form) => form.name), ...names.keys()])];
  return all
    .map((name) => ({ name, shared: [...name].filter((character) => wanted.has(character)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared / (b.name.length + wanted.size) - a.shared / (a.name.length + wanted.size))
    .slice(0, 5)
    .map(({ name }) => name);
}
