/** The table of elements: everything a scene can name, with its names in both languages. Our own compilation; its ids are a contract with the painters. */
import type { SceneElement } from '../../../kernel/index.ts';
import rows from './elements.table.json' with { type: 'json' };

/** Names that say more than what it is: `扁舟` is a small boat, `crescent moon` a moon with a state. */
export interface ElementForm {
  readonly zh: readonly string[];
  readonly en: readonly string[];
  readonly states?: readonly string[];
  readonly count?: number;
  readonly depth?: SceneElement['depth'];
  readonly size?: SceneElement['size'];
  readonly level?: SceneElement['level'];
  readonly colour?: string;
}

/** One entry of the table. */
export interface SceneEntry {
  readonly id: string;
  readonly kind: SceneElement['kind'];
  readonly zh: readonly string[];
  readonly en: readonly string[];
  readonly forms?: readonly ElementForm[];
  /** Where it stands when nobody says. */
  readonly usual?: Pick<ElementForm, 'depth' | 'level' | 'size'>;
  /** `many`: several by nature (stars), `mass`: uncountable (rain, forest). */
  readonly plural?: 'many' | 'mass';
  /** How it is when nobody says: butterflies fly. */
  readonly state?: string;
  /** How many when nobody says. */
  readonly count?: number;
  /** What must be there for it to make sense. */
  readonly needs?: 'water';
  readonly season?: string;
  readonly hour?: string;
  readonly light?: string;
  readonly weather?: string;
}

/** A name's meaning. */
export interface Naming {
  readonly entry: SceneEntry;
  readonly form?: ElementForm;
  /** The English name stood in the plural. */
  readonly isPlural?: boolean;
}

export interface ElementTable {
  readonly entries: readonly SceneEntry[];
  readonly byId: ReadonlyMap<string, SceneEntry>;
  readonly chinese: ReadonlyMap<string, Naming>;
  /** Lower case, words parted by one space, singular and plural. */
  readonly english: ReadonlyMap<string, Naming>;
}

let table: ElementTable | undefined;

/** The table with its indexes, built at the first call. */
export function loadElements(): ElementTable {
  table ??= build(rows as readonly SceneEntry[]);
  return table;
}

function build(entries: readonly SceneEntry[]): ElementTable {
  const chinese = new Map<string, Naming>();
  const english = new Map<string, Naming>();
  const add = (names: Pick<ElementForm, 'zh' | 'en'>, naming: Naming): void => {
    for (const name of names.zh) chinese.set(name, naming);
    for (const name of names.en.map(normalise)) {
      english.set(name, naming);
      for (const plural of pluralsOf(name))
        if (!english.has(plural)) english.set(plural, { ...naming, isPlural: true });
    }
  };
  for (const entry of entries) {
    add(entry, { entry });
    for (const form of entry.forms ?? []) add(form, { entry, form });
  }
  for (const [plural, singular] of IRREGULAR) {
    const naming = english.get(singular);
    if (naming) english.set(plural, { ...naming, isPlural: true });
  }
  return { entries, byId: new Map(entries.map((entry) => [entry.id, entry])), chinese, english };
}

const normalise = (name: string): string => name.toLowerCase().replaceAll('-', ' ');

function pluralsOf(name: string): string[] {
  if (/(?:s|x|ch|sh)$/u.test(name)) return [`${name}es`];
  if (/[^aeiou]y$/u.test(name)) return [`${name.slice(0, -1)}ies`];
  if (/(?:lf|ife|eaf)$/u.test(name)) return [`${name.replace(/fe?$/u, 'ves')}`];
  return name.endsWith('o') ? [`${name}s`, `${name}es`] : [`${name}s`];
}

const IRREGULAR = [
  ['men', 'man'],
  ['women', 'woman'],
  ['children', 'child'],
  ['kids', 'kid'],
  ['geese', 'goose'],
  ['mice', 'mouse'],
  ['wolves', 'wolf'],
  ['people', 'person'],
  ['persons', 'person'],
  ['fishermen', 'fisherman'],
  ['old men', 'old man'],
  ['horsemen', 'horseman'],
  ['oxen', 'ox'],
  ['wild geese', 'wild goose'],
] as const;
