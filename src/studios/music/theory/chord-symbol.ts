/**
 * Chord symbols ↔ chords. Two ways of writing are read:
 *
 *   lead sheet   F#m7b5/A   Bbmaj9   C6/9   G7sus4   Dm(maj7)   C°7   A+   E7(#9)   Cadd9   G5   C7alt
 *   Harte 2005   A:min7/b3   C:maj(9)   G:sus4(b7,9)   D:(3,b7)   E:maj(*5)      (the syntax of chord annotations)
 *
 * They differ in two things: after a colon the bracket adds tones and alters none, and the bass is a degree of the chord.
 * A thirteenth chord has no eleventh, as it is played. `formatChord` writes lead-sheet symbols.
 */
import { refusal } from '../refusal.ts';
import { type Chord, chordOf, noteAtDegree, semitonesOfDegree } from './chord.ts';
import { applyModifier, type ChordBase, shapeOf } from './chord-shape.ts';

/** Whether a symbol says that no chord sounds: `N.C.`, `N`, `X` (unknown). */
export function isNoChord(symbol: string): boolean {
  return /^(N\.?\s?C\.?|N|X)$/i.test(symbol.trim());
}

/** Reads a chord symbol of either kind; throws `music/bad-chord`, also for `N.C.` (ask `isNoChord` first). */
export function parseChord(symbol: string): Chord {
  const plain = symbol.trim().replaceAll('♯', '#').replaceAll('♭', 'b').replaceAll('𝄪', '##').replaceAll('𝄫', 'bb');
  const found = /^([A-G](?:##?|bb?)?)(:?)(.*)$/su.exec(plain);
  if (!found || plain.length > 60) throw badChord(symbol);
  const [, root, colon, rest] = found as unknown as [string, string, string, string];
  const chord = colon ? parseHarte(root, rest) : parseLeadSheet(root, rest);
  if (!chord) throw badChord(symbol);
  return chord;
}

function parseHarte(root: string, rest: string): Chord | undefined {
  const found = /^([^(/]*)(?:\(([^)]*)\))?(?:\/(.+))?$/.exec(rest);
  if (!found) return undefined;
  const [, shorthand = '', list, bass] = found;
  const tones = shorthand === '' && list !== undefined ? new Set([0]) : tonesOfQuality(shorthand);
  for (const degree of list?.split(',') ?? []) {
    const semitones = semitonesOfDegree(degree.trim().replace('*', ''));
    if (!tones || semitones === undefined) return undefined;
    if (degree.trim().startsWith('*')) tones.delete(semitones);
    else tones.add(semitones);
  }
  return tones && finish(root, tones, bass);
}

function parseLeadSheet(root: string, rest: string): Chord | undefined {
  const [quality, bass, ...more] = rest.replace(/6\/9/, '69').split('/');
  const tones = more.length > 0 ? undefined : tonesOfQuality(quality!);
  return tones && finish(root, tones, bass?.trim());
}

function finish(root: string, tones: ReadonlySet<number>, bass: string | undefined): Chord | undefined {
  if (bass === undefined) return chordOf(root, tones);
  if (/^[A-G](##?|bb?)?$/.test(bass)) return chordOf(root, tones, bass);
  return semitonesOfDegree(bass) === undefined ? undefined : chordOf(root, tones, noteAtDegree(root, bass));
}

const TRIADS: Readonly<Record<string, readonly number[]>> = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  diminished: [0, 3, 6],
  half: [0, 3, 6, 10],
  augmented: [0, 4, 8],
};

/** What may stand right after the root; the first that fits is taken. */
const QUALITIES: readonly (readonly [RegExp, keyof typeof TRIADS])[] = [
  [/^(?:major|maj|ma(?!dd)|Maj|MAJ|M|Δ|△|\^)/u, 'major'],
  [/^(?:hdim|ø|Ø)/u, 'half'],
  [/^(?:dim|°|º|o)/u, 'diminished'],
  [/^(?:minor|min|mi|m|−|-(?!5))/u, 'minor'],
  [/^(?:aug|\+(?!9|11))/u, 'augmented'],
];

/** Tones that a number after the quality adds, with the seventh in place of `s`. */
const EXTENSIONS: Readonly<Record<string, readonly (number | 's')[]>> = {
  6: [9],
  69: [9, 14],
  7: ['s'],
  9: ['s', 14],
  11: ['s', 14, 17],
  13: ['s', 14, 21],
  2: [14],
};

function tonesOfQuality(text: string): Set<number> | undefined {
  const [sign, name] = QUALITIES.map(([pattern, key]) => [pattern.exec(text)?.[0], key] as const).find(([s]) => s) ?? [
    '',
    'major',
  ];
  let rest = text.slice(sign!.length);
  const inner = /^\(?(?:major|maj|ma|Maj|M|Δ|△)(?=7|9|11|13)/u.exec(rest)?.[0] ?? '';
  rest = inner.startsWith('(') ? rest.slice(inner.length).replace(')', '') : rest.slice(inner.length);
  const triangle = /^[Δ△^]/u.test(sign!) && !/^(6|7|9|11|13)/.test(rest);
  const number = /^(?:69|6|7|9|11|13|5|4|2|1)(?!\d)/.exec(rest)?.[0] ?? '';
  rest = rest.slice(number.length);
  const tones = new Set(TRIADS[name]);
  if (triangle) tones.add(11);
  const seventh = inner !== '' || (name === 'major' && sign !== '') ? 11 : name === 'diminished' ? 9 : 10;
  addExtension(tones, number, seventh);
  return applyModifiers(tones, rest) ? tones : undefined;
}

function addExtension(tones: Set<number>, number: string, seventh: number): void {
  for (const tone of EXTENSIONS[number] ?? []) tones.add(tone === 's' ? seventh : tone);
  if (number === '4') applyModifier(tones, 'sus4');
  if (number === '5' || number === '1') applyModifier(tones, 'no3');
  if (number === '1') applyModifier(tones, 'no5');
}

const MODIFIER = /^(?:(?:add|no|omit|sus|maj|M)\s?[b#]{0,2}\d{0,2}|[b#+-]{1,2}\d{1,2}|\+|\d{1,2}|alt)/;

/** Changes tones by a run of modifiers (`b9,#11`, `sus4 add13`, in brackets or not); false when one is not understood. */
export function applyModifiers(tones: Set<number>, text: string): boolean {
  let rest = text.replace(/[(),\s]+/g, ' ').trim();
  while (rest !== '') {
    const word = MODIFIER.exec(rest)?.[0];
    if (word === undefined) return false;
    const modifier = word.replace(' ', '');
    if (modifier === 'alt') alter(tones);
    else if (!applyModifier(tones, modifier === '+' ? '#5' : modifier)) return false;
    rest = rest.slice(word.length).trimStart();
  }
  return true;
}

/** The altered dominant: both fifths and both ninths. */
function alter(tones: Set<number>): void {
  tones.delete(7);
  for (const tone of [6, 8, 10, 13, 15]) tones.add(tone);
}

/** The names that chord symbols have, plain before rare. */
export const SYMBOL_BASES: readonly ChordBase[] = (
  [
    ['', [0, 4, 7]],
    ['m', [0, 3, 7]],
    ['7', [0, 4, 7, 10]],
    ['m7', [0, 3, 7, 10]],
    ['maj7', [0, 4, 7, 11]],
    ['dim', [0, 3, 6]],
    ['aug', [0, 4, 8]],
    ['5', [0, 7]],
    ['6', [0, 4, 7, 9]],
    ['m6', [0, 3, 7, 9]],
    ['m(maj7)', [0, 3, 7, 11]],
    ['dim7', [0, 3, 6, 9]],
    ['m7b5', [0, 3, 6, 10]],
    ['9', [0, 4, 7, 10, 14]],
    ['m9', [0, 3, 7, 10, 14]],
    ['maj9', [0, 4, 7, 11, 14]],
    ['69', [0, 4, 7, 9, 14]],
    ['11', [0, 4, 7, 10, 14, 17]],
    ['m11', [0, 3, 7, 10, 14, 17]],
    ['13', [0, 4, 7, 10, 14, 21]],
    ['m13', [0, 3, 7, 10, 14, 21]],
    ['maj13', [0, 4, 7, 11, 14, 21]],
  ] as const
).map(([name, intervals]) => ({ name, intervals }));

/** Writes a lead-sheet symbol; `parseChord` reads the same chord from it. */
export function formatChord({ root, intervals, bass }: Chord): string {
  const { base, modifiers } = shapeOf(intervals, SYMBOL_BASES);
  const bare = modifiers.length === 1 && /^(add|sus|no)/.test(modifiers[0]!);
  const list = modifiers.join(',');
  return `${root}${base.name}${bare ? list : list && `(${list})`}${bass === undefined ? '' : `/${bass}`}`;
}

function badChord(symbol: string): Error {
  const shown = symbol.slice(0, 60);
  return refusal(
    'input',
    'music/bad-chord',
    { en: `'${shown}' is not a chord symbol.`, zh: `“${shown}”不是和弦记号。` },
    {
      en: 'Write a root and a quality: Am7, F#dim, Bb/D, G7sus4, C:maj7; N.C. for no chord.',
      zh: '写法为根音加性质：Am7、F#dim、Bb/D、G7sus4、C:maj7；无和弦写 N.C.。',
    },
  );
}
