/**
 * Rhyme books, read once from their tables and kept: 平水韵 and 词林正韵 list their characters, 中华通韵 is computed
 * from modern pinyin. Loading is synchronous and takes some tens of milliseconds for the first book.
 */
import { OsError } from '../../../../core/index.ts';
import { modernTone, tongyunGroup } from './pinyin.ts';
import { readTable } from './read-table.ts';
import { classOfTone, toneOfGroup } from './rhyme-relations.ts';
import { simplify } from './simplify.ts';
import { type Reading, RHYME_BOOKS, type RhymeBook, type RhymeBookName, type Tone } from './types.ts';

interface ListedTable {
  readonly groups: Readonly<Record<string, string>>;
  /** `中`: `东:zhōng93 送:zhòng7` — key, tone where the key does not tell, sound, share in per cent. */
  readonly notes: Readonly<Record<string, string>>;
}

interface PinyinTable {
  readonly syllables: Readonly<Record<string, string>>;
  readonly further: Readonly<Record<string, string>>;
}

const books = new Map<RhymeBookName, RhymeBook>();
let sounds: ReadonlyMap<string, readonly string[]> | undefined;

/** The book of that name. Throws `verse/unknown-rhyme-book` for any other. */
export function loadRhymeBook(name: RhymeBookName): RhymeBook {
  const known = books.get(name);
  if (known !== undefined) return known;
  const book = build(name);
  books.set(name, book);
  return book;
}

/** Modern readings with tone mark, commonest first; empty for what is no known character. */
export function pinyinReadings(character: string): readonly string[] {
  const table = loadSounds();
  return table.get(character) ?? table.get(simplify(character)) ?? [];
}

function build(name: RhymeBookName): RhymeBook {
  if (name === '平水韵') return fromListed(name, readTable<ListedTable>('pingshui.table.json'));
  if (name === '词林正韵') return fromListed(name, readTable<ListedTable>('cilin.table.json'));
  if (name === '中华通韵') return fromPinyin(name);
  throw new OsError({
    kind: 'input',
    code: 'verse/unknown-rhyme-book',
    message: `There is no rhyme book called '${String(name)}'.`,
    hint: `Choose one of ${RHYME_BOOKS.join(', ')}.`,
    zh: { message: `没有名为“${String(name)}”的韵书。`, hint: `请从${RHYME_BOOKS.join('、')}中选择。` },
  });
}

function fromListed(name: RhymeBookName, { groups, notes }: ListedTable): RhymeBook {
  const table = new Map<string, Reading[]>();
  const rhymes = new Map<string, readonly string[]>();
  for (const [key, characters] of Object.entries(groups)) {
    const list = [...characters];
    rhymes.set(key, list);
    const reading = { rhyme: key, ...toneOfKey(name, key) };
    for (const character of list)
      if (notes[character] === undefined) table.set(character, [withSound(reading, character)]);
  }
  for (const [character, note] of Object.entries(notes)) {
    table.set(
      character,
      note.split(' ').map((item) => parseNote(name, item)),
    );
  }
  return createBook(name, table, rhymes);
}

function toneOfKey(name: RhymeBookName, key: string): { toneClass: Reading['toneClass']; tone: Tone } {
  const ending = key.at(-1) as '平' | '仄' | '入';
  const tone = name === '平水韵' ? toneOfGroup(key) : ending === '仄' ? '去' : ending;
  return { tone, toneClass: classOfTone(tone) };
}

function withSound(reading: Omit<Reading, 'pinyin'>, character: string): Reading {
  const pinyin = loadSounds().get(character)?.[0];
  return pinyin === undefined ? reading : { ...reading, pinyin };
}

function parseNote(name: RhymeBookName, note: string): Reading {
  const [head, pinyin, percent] = /^(.+):([^\d]*)(\d*)$/u.exec(note)!.slice(1) as [string, string, string];
  const key = head.replace(/(?<=仄)上$/u, '');
  const { toneClass, tone } = toneOfKey(name, key);
  const share = percent === '' ? 1 : Number(percent) / 100;
  return { toneClass, tone: head === key ? tone : '上', rhyme: key, share, ...(pinyin === '' ? {} : { pinyin }) };
}

function fromPinyin(name: RhymeBookName): RhymeBook {
  const table = new Map<string, Reading[]>();
  const rhymes = new Map<string, string[]>();
  for (const [character, syllables] of loadSounds()) {
    const readings = syllables.flatMap((pinyin) => modernReading(pinyin));
    if (readings.length > 0) table.set(character, readings);
    for (const key of new Set(readings.map((reading) => reading.rhyme))) {
      const list = rhymes.get(key);
      if (list === undefined) rhymes.set(key, [character]);
      else list.push(character);
    }
  }
  return createBook(name, table, rhymes);
}

function modernReading(pinyin: string): Reading[] {
  const tone = modernTone(pinyin);
  const rhyme = tongyunGroup(pinyin);
  return tone === undefined || rhyme === undefined ? [] : [{ toneClass: classOfTone(tone), tone, rhyme, pinyin }];
}

function createBook(
  name: RhymeBookName,
  table: Map<string, readonly Reading[]>,
  rhymes: ReadonlyMap<string, readonly string[]>,
): RhymeBook {
  const none: readonly Reading[] = [];
  const readings = (character: string): readonly Reading[] => {
    const known = table.get(character);
    if (known !== undefined) return known;
    const found = table.get(simplify(character)) ?? none;
    table.set(character, found);
    return found;
  };
  return { name, readings, rhymes };
}

function loadSounds(): ReadonlyMap<string, readonly string[]> {
  if (sounds !== undefined) return sounds;
  const { syllables, further } = readTable<PinyinTable>('pinyin.table.json');
  const table = new Map<string, readonly string[]>();
  for (const [syllable, characters] of Object.entries(syllables)) {
    for (const character of characters) {
      const more = further[character];
      table.set(character, more === undefined ? [syllable] : [syllable, ...more.split(' ')]);
    }
  }
  sounds = table;
  return table;
}
