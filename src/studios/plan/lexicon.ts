/**
 * The bilingual theme lexicon: what people write about, in their words and in the words of classical poems.
 *
 *   萤火虫, fireflies ─▶ concept firefly ─▶ 流萤 团扇 草根 …  mood, season, hour, titles
 *
 * Our own compilation. The tables hold concepts by field, words that are themes by themselves, and plain words that carry no theme.
 */
import acts from './lexicon/acts.table.json' with { type: 'json' };
import animals from './lexicon/animals.table.json' with { type: 'json' };
import classical from './lexicon/classical.table.json' with { type: 'json' };
import feelings from './lexicon/feelings.table.json' with { type: 'json' };
import hours from './lexicon/hours.table.json' with { type: 'json' };
import land from './lexicon/land.table.json' with { type: 'json' };
import modern from './lexicon/modern.table.json' with { type: 'json' };
import people from './lexicon/people.table.json' with { type: 'json' };
import places from './lexicon/places.table.json' with { type: 'json' };
import plain from './lexicon/plain.table.json' with { type: 'json' };
import plants from './lexicon/plants.table.json' with { type: 'json' };
import seasons from './lexicon/seasons.table.json' with { type: 'json' };
import sky from './lexicon/sky.table.json' with { type: 'json' };
import thought from './lexicon/thought.table.json' with { type: 'json' };
import tones from './lexicon/tones.table.json' with { type: 'json' };
import { englishWords, stem } from './stem.ts';

/** Valence −1 … 1, arousal as the lexicon gives it, 0 (still) … 1 (stormy). */
export interface Feeling {
  readonly valence: number;
  readonly arousal: number;
}

/** One thing a brief can be about. */
export interface Concept {
  readonly id: string;
  /** Which table it stands in: `sky`, `feelings` … */
  readonly field: string;
  readonly zh: readonly string[];
  readonly en: readonly string[];
  /** Words of classical poems that call it up, the closest first. */
  readonly imagery: readonly string[];
  readonly mood: Feeling;
  readonly season?: string;
  readonly hour?: string;
  readonly title: readonly string[];
}

export interface Lexicon {
  readonly concepts: readonly Concept[];
  /** Chinese name → concepts. */
  readonly chinese: ReadonlyMap<string, readonly Concept[]>;
  /** English name in lower case, words parted by one space → concepts. */
  readonly english: ReadonlyMap<string, readonly Concept[]>;
  /** The same by the stems of its words. */
  readonly englishStems: ReadonlyMap<string, readonly Concept[]>;
  /** Classical words that are themes by themselves, each with the concept it is closest to, where there is one. */
  readonly words: ReadonlyMap<string, Concept | undefined>;
  readonly plainChinese: ReadonlySet<string>;
  readonly plainEnglish: ReadonlySet<string>;
  /** Words that only set the mood (`豪迈`, `wistful`). */
  readonly tones: ReadonlyMap<string, Feeling>;
}

type Row = Omit<Concept, 'field'>;
const FIELDS: Readonly<Record<string, readonly Row[]>> = {
  sky,
  land,
  plants,
  animals,
  seasons,
  hours,
  places,
  people,
  feelings,
  acts,
  thought,
  modern,
};

let lexicon: Lexicon | undefined;

/** The lexicon with its indexes, built at the first call. */
export function loadLexicon(): Lexicon {
  lexicon ??= build();
  return lexicon;
}

function build(): Lexicon {
  const concepts = Object.entries(FIELDS).flatMap(([field, rows]) => rows.map((row): Concept => ({ ...row, field })));
  const chinese = indexBy(concepts, ({ zh }) => zh);
  const english = indexBy(concepts, ({ en }) => en.map((name) => englishWords(name).join(' ')));
  return {
    concepts,
    chinese,
    english,
    englishStems: indexBy(concepts, ({ en }) => en.map((name) => englishWords(name).map(stem).join(' '))),
    words: indexWords(concepts),
    plainChinese: new Set(words(plain.zh)),
    plainEnglish: new Set(words(plain.en)),
    tones: new Map(tones.flatMap(({ zh, en, mood }) => [...zh, ...en].map((name) => [name, mood] as const))),
  };
}

function words(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}

function indexBy(
  concepts: readonly Concept[],
  namesOf: (concept: Concept) => readonly string[],
): Map<string, Concept[]> {
  const index = new Map<string, Concept[]>();
  for (const concept of concepts) {
    for (const name of new Set(namesOf(concept))) {
      const found = index.get(name);
      if (found === undefined) index.set(name, [concept]);
      else found.push(concept);
    }
  }
  return index;
}

/** A word that stands among the three closest of a concept leads to it; other words lead to what one of their characters names. */
function indexWords(concepts: readonly Concept[]): Map<string, Concept | undefined> {
  const index = new Map<string, Concept | undefined>();
  for (const word of [...words(classical.words), ...classical.singles]) index.set(word, undefined);
  for (const word of concepts.flatMap(({ imagery }) => imagery)) index.set(word, undefined);
  for (let rank = 0; rank < 3; rank++) {
    for (const concept of concepts) {
      const word = concept.imagery[rank]!;
      if (index.get(word) === undefined) index.set(word, concept);
    }
  }
  const byCharacter = new Map(
    concepts.flatMap((concept) =>
      concept.zh.filter((name) => name.length === 1).map((name) => [name, concept] as const),
    ),
  );
  for (const [word, concept] of index) {
    if (concept === undefined)
      index.set(
        word,
        [...word].map((character) => byCharacter.get(character)).find((found) => found !== undefined),
      );
  }
  return index;
}
