/**
 * Words become layers of sound: each kind of sound that is named is a layer, with what is said of it before its name, or
 * after it where nothing else follows.
 *
 *   「雨夜 远处的钟」 ─▶ rain │ bells + far          “soft wind, many birds” ─▶ wind + dark │ birds + dense
 *
 * What the table does not know is given back, so that the artist hears what was not understood.
 */
import { refusal } from '../refusal.ts';
import table from './words.table.json' with { type: 'json' };

/** One sound of a texture. */
export interface Layer {
  readonly kind: string;
  readonly attributes: readonly string[];
}

export interface Understood {
  readonly layers: readonly Layer[];
  /** Said of no sound in particular: holds for all. */
  readonly attributes: readonly string[];
  /** Words that were not understood. */
  readonly unknown: readonly string[];
}

interface Named {
  readonly name: { readonly zh: string; readonly en: string };
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

const CLASSES: Readonly<Record<string, Named>> = table.classes;
const ATTRIBUTES: Readonly<Record<string, Named>> = table.attributes;

/** The kinds of sound the words know, with their names. */
export const TEXTURE_KINDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = named(CLASSES);
/** The attributes, with theirs. */
export const TEXTURE_ATTRIBUTES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> =
  named(ATTRIBUTES);

/** Ends that exclude each other. */
const OPPOSITES = [
  ['bright', 'dark'],
  ['dense', 'sparse'],
  ['fast', 'slow'],
  ['high', 'low'],
  ['far', 'near'],
];

/** What one word says. */
interface Meaning {
  readonly kinds: string[];
  readonly attributes: string[];
}

const MEANINGS = meanings();
const LONGEST_ZH = 4;
/** English words after which another thing is spoken of. */
const TURNS = new Set(['and', 'with', 'over', 'in', 'under', 'on', 'by', 'at', 'through', 'behind']);

/** Reads a brief; throws nothing, also for an empty one. */
export function understand(words: string): Understood {
  const layers: { kind: string; attributes: string[] }[] = [];
  const general: string[] = [];
  const unknown: string[] = [];
  for (const clause of clausesOf(words)) {
    const items = readClause(clause, unknown);
    let pending: string[] = [];
    const own: { kind: string; attributes: string[] }[] = [];
    for (const { kinds, attributes } of items) {
      pending.push(...attributes);
      for (const kind of kinds) {
        own.push({ kind, attributes: pending });
        pending = [];
      }
    }
    if (own.length > 0) own.at(-1)!.attributes.push(...pending);
    else general.push(...pending);
    layers.push(...own);
  }
  return { layers: merged(layers, general), attributes: settled(general), unknown: [...new Set(unknown)] };
}

/** As `understand`; throws `music/texture-unknown` when no sound is named. */
export function understandTexture(words: string): Understood {
  const understood = understand(words);
  if (understood.layers.length > 0) return understood;
  const list = (language: 'zh' | 'en'): string =>
    Object.values(TEXTURE_KINDS)
      .map((name) => name[language])
      .join(language === 'zh' ? '、' : ', ');
  throw refusal(
    'input',
    'music/texture-unknown',
    { en: `“${words}” names no sound that is known here.`, zh: `“${words}”里没有这里认识的声音。` },
    { en: `Name one of: ${list('en')}.`, zh: `请说出其中之一：${list('zh')}。` },
  );
}

function named(list: Readonly<Record<string, Named>>) {
  return Object.fromEntries(Object.entries(list).map(([key, { name }]) => [key, name]));
}

function meanings(): Map<string, Meaning> {
  const map = new Map<string, Meaning>();
  const at = (word: string): Meaning => {
    const meaning = map.get(word) ?? { kinds: [], attributes: [] };
    map.set(word, meaning);
    return meaning;
  };
  for (const [kind, { zh, en }] of Object.entries(CLASSES))
    for (const word of [...zh, ...en]) at(word).kinds.push(kind);
  for (const [kind, { zh, en }] of Object.entries(ATTRIBUTES)) {
    for (const word of [...zh, ...en]) at(word).attributes.push(kind);
  }
  for (const word of [...table.silent.zh, ...table.silent.en]) at(word);
  return map;
}

/** Parts between punctuation, between Chinese words set apart, and at English turns of speech. */
function clausesOf(words: string): string[] {
  const parts = words.toLowerCase().split(/[,.;:!?，。；：！？、\n]+|(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/u);
  return parts.flatMap((part) => {
    const clauses = [''];
    for (const word of part.split(/\s+/)) {
      if (TURNS.has(word)) clauses.push('');
      else clauses[clauses.length - 1] += ` ${word}`;
    }
    return clauses.filter((clause) => clause.trim() !== '');
  });
}

function readClause(clause: string, unknown: string[]): Meaning[] {
  const items: Meaning[] = [];
  const runs = clause.match(/\p{Script=Han}+|[\p{L}\p{N}'-]+(?: (?=[\p{Script=Latin}])[\p{L}\p{N}'-]+)*/gu) ?? [];
  for (const run of runs)
    items.push(...(/\p{Script=Han}/u.test(run) ? readChinese(run, unknown) : readEnglish(run, unknown)));
  return items;
}

function readChinese(run: string, unknown: string[]): Meaning[] {
  const letters = [...run];
  const items: Meaning[] = [];
  let lost = '';
  for (let i = 0; i < letters.length; ) {
    const length = [4, 3, 2, 1].find(
      (n) => n <= LONGEST_ZH && i + n <= letters.length && MEANINGS.has(letters.slice(i, i + n).join('')),
    );
    if (length === undefined) lost += letters[i];
    else {
      items.push(MEANINGS.get(letters.slice(i, i + length).join(''))!);
      if (lost !== '') unknown.push(lost);
      lost = '';
    }
    i += length ?? 1;
  }
  if (lost !== '') unknown.push(lost);
  return items;
}

function readEnglish(run: string, unknown: string[]): Meaning[] {
  const words = run.split(' ');
  const items: Meaning[] = [];
  for (let i = 0; i < words.length; ) {
    const two = MEANINGS.get(words.slice(i, i + 2).join(' '));
    const one = MEANINGS.get(words[i]!) ?? MEANINGS.get(words[i]!.replace(/s$/, ''));
    const found = i + 1 < words.length && two ? two : one;
    if (found) items.push(found);
    else unknown.push(words[i]!);
    i += found === two && found !== undefined && i + 1 < words.length ? 2 : 1;
  }
  return items;
}

/** One layer a kind, attributes settled; what was said in general comes before what was said of it. */
function merged(layers: readonly Layer[], general: readonly string[]): Layer[] {
  const kinds = [...new Set(layers.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    kind,
    attributes: settled([...general, ...layers.flatMap((layer) => (layer.kind === kind ? layer.attributes : []))]),
  }));
}

/** Of two opposites the one said last. */
function settled(attributes: readonly string[]): string[] {
  const last = new Map(attributes.map((attribute, i) => [attribute, i]));
  for (const [a, b] of OPPOSITES) {
    const [at, bt] = [last.get(a!), last.get(b!)];
    if (at !== undefined && bt !== undefined) last.delete(at < bt ? a! : b!);
  }
  return [...last.keys()].sort();
}
