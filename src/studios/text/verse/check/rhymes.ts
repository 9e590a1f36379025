/** Rhyme: every chain of a poem belongs to one key of the book, in the tone class of each of its lines. */
import type { VerseForm } from '../forms/index.ts';
import {
  areNeighbours,
  keysInToneClass,
  type RhymeBook,
  type RhymeBookName,
  type ToneClass,
} from '../prosody/index.ts';
import type { Place } from '../readings/index.ts';

/** What was found in one rhyming line. */
export interface RhymeFound {
  readonly line: number;
  readonly chain: string;
  readonly toneClass: ToneClass;
  /** Keys of the book this line may end in. */
  readonly keys: readonly string[];
  readonly state: 'rhymes' | 'neighbour' | 'misses';
}

export interface RhymeAnswer {
  /** The key of each chain; of its first line where level and oblique rhyme together. */
  readonly rhymes: Readonly<Record<string, string>>;
  readonly found: readonly RhymeFound[];
}

interface Ending {
  readonly line: number;
  readonly chain: string;
  readonly toneClass: ToneClass;
  readonly place: Place;
}

/** Finds the key that most lines of each chain can rhyme in, and says of every line whether it does. */
export function findRhymes(lines: readonly (readonly Place[])[], form: VerseForm, book: RhymeBook): RhymeAnswer {
  const endings = form.lines.flatMap(({ rhyme }, line): Ending[] => {
    const place = lines[line]?.at(-1);
    return rhyme === undefined || place === undefined ? [] : [{ line, ...rhyme, place }];
  });
  const rhymes: Record<string, string> = {};
  const found: RhymeFound[] = [];
  for (const chain of new Set(endings.map((ending) => ending.chain))) {
    const members = endings.filter((ending) => ending.chain === chain);
    const key = bestKey(members, form, book.name);
    if (key !== undefined) rhymes[chain] = key;
    for (const { line, toneClass, place } of members) {
      const keys = key === undefined ? [] : keysInToneClass(book.name, key, toneClass);
      found.push({
        line,
        chain,
        toneClass,
        keys,
        state: stateOf({ line, chain, toneClass, place }, keys, form, book.name),
      });
    }
  }
  return { rhymes, found: found.sort((a, b) => a.line - b.line) };
}

/** Keys that are in the ending's tone class and on the character's list. */
function keysOf({ place, toneClass }: Ending): string[] {
  return place.readings.filter((reading) => reading.toneClass === toneClass).map(({ rhyme }) => rhyme);
}

function bestKey(members: readonly Ending[], form: VerseForm, book: RhymeBookName): string | undefined {
  const first = members[0]!;
  const candidates = new Set(
    members.flatMap((member) => keysOf(member).flatMap((key) => keysInToneClass(book, key, first.toneClass))),
  );
  let best: { key: string; score: number } | undefined;
  for (const key of candidates) {
    const score = members.reduce((sum, member) => {
      const keys = keysInToneClass(book, key, member.toneClass);
      const share = Math.max(0, ...member.place.readings.map((r) => (keys.includes(r.rhyme) ? (r.share ?? 1) : 0)));
      const state = stateOf(member, keys, form, book);
      return sum + (state === 'rhymes' ? 10 + share : state === 'neighbour' ? 6 : 0);
    }, 0);
    if (best === undefined || score > best.score) best = { key, score };
  }
  return best?.key;
}

/** A first line that rhymes may take a neighbouring group (孤雁出群); old style rhymes with neighbours throughout. */
function stateOf(ending: Ending, keys: readonly string[], form: VerseForm, book: RhymeBookName): RhymeFound['state'] {
  const own = keysOf(ending);
  if (own.some((key) => keys.includes(key))) return 'rhymes';
  const tolerant = form.family === 'old' || (form.family === 'regulated' && ending.line === 0);
  const near = own.some((key) => keys.some((other) => areNeighbours(book, key, other)));
  return tolerant && near ? 'neighbour' : 'misses';
}
