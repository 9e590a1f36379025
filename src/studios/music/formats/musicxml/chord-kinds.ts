/** Chord symbols as MusicXML has them: a root, a kind with the symbol's own text, a bass. */

/** Kinds of MusicXML with the texts that name them, the first the one written when a file gives none. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  major: ['', 'maj', 'M'],
  minor: ['m', 'min', '-'],
  augmented: ['+', 'aug'],
  diminished: ['dim', '°', 'o'],
  dominant: ['7'],
  'major-seventh': ['maj7', 'M7', 'Δ', 'Δ7', 'ma7'],
  'minor-seventh': ['m7', 'min7', '-7'],
  'diminished-seventh': ['dim7', '°7', 'o7'],
  'augmented-seventh': ['+7', 'aug7', '7#5'],
  'half-diminished': ['m7b5', 'ø', 'ø7', 'min7b5'],
  'major-minor': ['m(maj7)', 'mM7', 'mmaj7'],
  'major-sixth': ['6', 'maj6'],
  'minor-sixth': ['m6', 'min6'],
  'dominant-ninth': ['9'],
  'major-ninth': ['maj9', 'M9'],
  'minor-ninth': ['m9', 'min9'],
  'dominant-11th': ['11'],
  'major-11th': ['maj11'],
  'minor-11th': ['m11'],
  'dominant-13th': ['13'],
  'major-13th': ['maj13'],
  'minor-13th': ['m13'],
  'suspended-second': ['sus2'],
  'suspended-fourth': ['sus4', 'sus'],
  power: ['5'],
  Neapolitan: ['N6'],
  Italian: ['It6'],
  French: ['Fr6'],
  German: ['Ger6'],
  Tristan: ['Tristan'],
  pedal: ['pedal'],
};

/** The kind of a symbol's text after its root; `other` when it has no name of its own. */
export function kindOfText(text: string): string {
  return Object.entries(KINDS).find(([, texts]) => texts.includes(text))?.[0] ?? 'other';
}

/** The text of a kind; '' for unknown ones. */
export function textOfKind(kind: string): string {
  return KINDS[kind]?.[0] ?? '';
}

/** A symbol taken apart: `F#m7b5/A` → root `F#`, text `m7b5`, bass `A`; undefined for what has no root, such as `N.C.`. */
export function splitSymbol(symbol: string): { root: string; text: string; bass?: string } | undefined {
  const found = /^([A-G](?:##?|bb?)?)([^/]*(?:\/\d+)?)(?:\/([A-G](?:##?|bb?)?))?$/su.exec(symbol);
  if (!found) return undefined;
  const [, root, text, bass] = found as unknown as [string, string, string, string | undefined];
  return { root, text, ...(bass === undefined ? {} : { bass }) };
}
