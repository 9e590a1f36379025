/** The values of fields: metre, unit length, tempo, key, clef. What cannot be read is undefined. */
import {
  type Bar,
  CLEFS,
  fifthsOf,
  type Key,
  keyOfFifths,
  type Letter,
  type Mode,
  signatureAlter,
} from '../../score/index.ts';

/** A metre as written: `6/8`, `C`, `C|`, `2+3/8`, `none`. */
export interface MetreField {
  /** Undefined for `none`. */
  readonly metre?: Bar['metre'];
  readonly sign?: 'common' | 'cut';
}

/** Reads `M:`. */
export function parseMetre(text: string): MetreField | undefined {
  const value = text.trim();
  if (value === 'C') return { metre: [4, 4], sign: 'common' };
  if (value === 'C|') return { metre: [2, 2], sign: 'cut' };
  if (value === 'none' || value === '') return {};
  const found = /^\(?([\d+\s]+)\)?\/(\d+)$/.exec(value);
  if (!found) return undefined;
  const beats = found[1]!.split('+').reduce((sum, part) => sum + Number(part), 0);
  const unit = Number(found[2]);
  if (!(beats >= 1 && beats <= 64) || ![1, 2, 4, 8, 16, 32, 64].includes(unit)) return undefined;
  return { metre: [beats, unit as Bar['metre'][1]] };
}

/** Reads `L:` as the denominator and numerator of a whole note. */
export function parseUnit(text: string): { n: number; d: number } | undefined {
  const found = /^(\d{1,3})(?:\/(\d{1,4}))?$/.exec(text.trim());
  const [n, d] = [Number(found?.[1]), Number(found?.[2] ?? 1)];
  return n > 0 && d > 0 ? { n, d } : undefined;
}

/** The unit note length when none is given: a sixteenth in metres under 3/4, else an eighth. */
export function defaultUnit(metre: Bar['metre'] | undefined): { n: number; d: number } {
  return { n: 1, d: metre && metre[0] / metre[1] < 0.75 ? 16 : 8 };
}

/** A tempo as written; `quarterBpm` undefined when only words are given. */
export interface TempoField {
  readonly quarterBpm?: number;
  readonly text?: string;
}

/** Reads `Q:`: `1/4=120`, `"Allegro" 3/8=90`, `120` (unit notes a minute). */
export function parseTempo(text: string, unit: { n: number; d: number }): TempoField | undefined {
  const words = /"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const rest = text.replace(/"(?:[^"\\]|\\.)*"/, '').trim();
  const label = words ? { text: words.slice(0, 100) } : {};
  if (rest === '') return words ? label : undefined;
  const found = /^((?:\d{1,3}\/\d{1,3}\s*)*)=?\s*(\d{1,4}(?:\.\d{1,9})?)$/.exec(rest.replace(/^C\d*\s*=/, ''));
  if (!found) return undefined;
  const beats = found[1]!.match(/\d+\/\d+/g) ?? [`${unit.n}/${unit.d}`];
  const whole = beats.reduce((sum, beat) => {
    const [n, d] = beat.split('/').map(Number);
    return sum + n! / d!;
  }, 0);
  const quarterBpm = Number((Number(found[2]) * whole * 4).toFixed(9));
  return quarterBpm >= 5 && quarterBpm <= 1000 ? { quarterBpm, ...label } : undefined;
}

const MODE_NAMES: readonly [string, Mode][] = [
  ['maj', 'major'],
  ['ion', 'major'],
  ['min', 'minor'],
  ['aeo', 'minor'],
  ['mix', 'mixolydian'],
  ['dor', 'dorian'],
  ['phr', 'phrygian'],
  ['lyd', 'lydian'],
  ['loc', 'locrian'],
];

/** A key field: the key if one is named, and what the field says of the clef and the voice. */
export interface KeyField {
  readonly key?: Key;
  readonly properties: Readonly<Record<string, string>>;
}

/** Reads `K:`: `G`, `Edor`, `D =c`, `D exp _b`, `HP`, `none`, `clef=bass`; undefined when it makes no sense. */
export function parseKey(text: string): KeyField | undefined {
  const properties = parseProperties(text);
  const rest = withoutProperties(text);
  if (rest === '') return { properties };
  // The chanter of the Highland pipes sounds A mixolydian, whether its sharps are drawn (Hp) or not (HP).
  if (/^hp/i.test(rest)) return { properties, key: { tonic: 'A', mode: 'mixolydian' } };
  if (/^none\b/i.test(rest)) return { properties, key: { tonic: 'C', mode: 'major' } };
  const found = /^([A-G])([#b♯♭]?)\s*([A-Za-z]*)/.exec(rest);
  if (!found) return undefined;
  const explicit = /\bexp\b/.test(rest);
  const mode = explicit ? 'major' : modeOf(found[3]!);
  if (mode === undefined) return undefined;
  const tonic = `${found[1]}${found[2]!.replace('♯', '#').replace('♭', 'b')}`;
  const changes = rest.slice(explicit ? rest.indexOf('exp') + 3 : found[0].length);
  const key = withChanges({ tonic, mode }, changes, explicit);
  return Math.abs(fifthsOf(key)) > 12 ? undefined : { properties, key };
}

function modeOf(word: string): Mode | undefined {
  if (word === '' || word === 'M') return 'major';
  if (word === 'm') return 'minor';
  return MODE_NAMES.find(([name]) => word.toLowerCase().startsWith(name))?.[1];
}

const ALTERS: Readonly<Record<string, number>> = { '^^': 2, '^': 1, '=': 0, _: -1, __: -2 };

function withChanges(key: Key, text: string, explicit: boolean): Key {
  const alter: Partial<Record<Letter, number>> = {};
  if (explicit) {
    // Only what is named: the signature of the tonic is taken back.
    for (const letter of ['C', 'D', 'E', 'F', 'G', 'A', 'B'] as const) {
      if (signatureAlter(key, letter) !== 0) alter[letter] = 0;
    }
  }
  for (const [, sign, letter] of text.matchAll(/(\^\^|\^|__|_|=)([A-Ga-g])/g)) {
    alter[letter!.toUpperCase() as Letter] = ALTERS[sign!]!;
  }
  return Object.keys(alter).length > 0 ? { ...key, alter } : key;
}

/** Properties `name=value` of a key or voice field; a clef may stand bare. */
export function parseProperties(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, quoted, bare] of text.matchAll(/([A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)) {
    found[name!.toLowerCase()] = quoted ?? bare!;
  }
  const clef = /(?:^|\s)((?:treble|alto|tenor|bass|perc)[\w+-]*)(?=\s|$)/.exec(text.replace(/"[^"]*"/g, ''));
  if (clef) found['clef'] ??= clef[1]!;
  return found;
}

function withoutProperties(text: string): string {
  return text
    .replace(/([A-Za-z-]+)\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s"]+)/g, (whole, name: string) =>
      /^(?:clef|name|nm|snm|sname|subname|octave|transpose|middle|m|stafflines|staffscale|score|sound|shift|style|stem|cue|gchord|instrument)$/i.test(
        name,
      )
        ? ''
        : whole,
    )
    .replace(/(?:^|\s)(?:treble|alto|tenor|bass|perc)[\w+-]*(?=\s|$)/, '')
    .trim();
}

/** A clef's name in a score, and the octaves its 8 moves the notes; undefined when there is none such. */
export function parseClef(name: string): { clef: (typeof CLEFS)[number]; octaves: number } | undefined {
  const found = /^(treble|alto|tenor|bass|perc|percussion|G|C|F)\d?([+-]8)?$/.exec(name);
  if (!found) return undefined;
  const kind = { perc: 'percussion', G: 'treble', C: 'alto', F: 'bass' }[found[1]!] ?? found[1]!;
  const full = `${kind}${found[2] ?? ''}`;
  const clef = (CLEFS as readonly string[]).includes(full) ? full : kind;
  return { clef: clef as (typeof CLEFS)[number], octaves: found[2] === '-8' ? -1 : found[2] === '+8' ? 1 : 0 };
}

const MODE_FIELDS: Readonly<Partial<Record<Mode, string>>> = {
  major: '',
  minor: 'm',
  dorian: 'dor',
  phrygian: 'phr',
  lydian: 'lyd',
  mixolydian: 'mix',
  locrian: 'loc',
};
const SIGNS: Readonly<Record<number, string>> = { 2: '^^', 1: '^', 0: '=', [-1]: '_', [-2]: '__' };

/**
 * The value of `K:`. A pentatonic mode, which ABC has no word for, is written as the church mode of its signature; a tonic
 * with a double accidental as the key of its sound.
 */
export function formatKey(key: Key): string {
  const plain = nearKey(key);
  const changes = Object.entries(key.alter ?? {}).map(([letter, alter]) => ` ${SIGNS[alter]}${letter.toLowerCase()}`);
  return `${plain.tonic}${MODE_FIELDS[plain.mode]}${changes.join('')}`;
}

const CHURCH_OF: Readonly<Partial<Record<Mode, Mode>>> = {
  gong: 'major',
  shang: 'dorian',
  jue: 'phrygian',
  zhi: 'mixolydian',
  yu: 'minor',
};

/** The key that `K:` can say. */
export function nearKey(key: Key): Key {
  const mode = CHURCH_OF[key.mode] ?? key.mode;
  if (/##|bb/.test(key.tonic)) return keyOfFifths(fifthsOf(key) - 12 * Math.sign(fifthsOf(key)), mode);
  return { ...key, mode };
}
