/** Signs of ABC and of the score. The first name of each is the one written; what ABC has no sign for is written above the note. */
import type { ARTICULATIONS, Bar, DYNAMICS, ORNAMENTS } from '../../score/index.ts';

type Articulation = (typeof ARTICULATIONS)[number];
type Ornament = (typeof ORNAMENTS)[number];
type Dynamic = (typeof DYNAMICS)[number];
type Jump = NonNullable<Bar['jump']>;

/** What a decoration does. */
export type Decoration =
  | { readonly kind: 'articulation'; readonly value: Articulation }
  | { readonly kind: 'ornament'; readonly value: Ornament }
  | { readonly kind: 'dynamic'; readonly value: Dynamic }
  | { readonly kind: 'jump'; readonly value: Jump }
  | { readonly kind: 'open' | 'close'; readonly value: 'crescendo' | 'diminuendo' | 'glissando' };

const ARTICULATION_SIGNS: Readonly<Record<Articulation, readonly string[]>> = {
  staccato: ['.', '!staccato!'],
  staccatissimo: ['!wedge!'],
  tenuto: ['!tenuto!'],
  accent: ['!>!', '!accent!', '!emphasis!', 'L'],
  marcato: ['!marcato!', '!^!'],
  fermata: ['!fermata!', 'H', '!invertedfermata!'],
  breath: ['!breath!'],
  'up-bow': ['u', '!upbow!'],
  'down-bow': ['v', '!downbow!'],
  open: ['!open!'],
  stopped: ['!+!', '!plus!'],
  harmonic: ['"^harm."'],
  pizzicato: ['"^pizz."'],
  'snap-pizzicato': ['!snap!'],
  arpeggio: ['!arpeggio!'],
};

const ORNAMENT_SIGNS: Readonly<Record<Ornament, readonly string[]>> = {
  trill: ['!trill!', 'T'],
  mordent: ['!mordent!', '!lowermordent!', 'M'],
  'inverted-mordent': ['!pralltriller!', '!uppermordent!', 'P'],
  turn: ['!turn!'],
  'inverted-turn': ['!invertedturn!'],
  roll: ['~', '!roll!'],
  tremolo: ['!///!', '!//!', '!/!', '!tremolo!'],
  'slide-up': ['!slide!'],
  'slide-down': ['"^↘"'],
  yin: ['"^吟"'],
  rou: ['"^揉"'],
  lunzhi: ['"^轮"'],
};

const JUMP_SIGNS: Readonly<Record<Jump, readonly string[]>> = {
  segno: ['!segno!', 'S'],
  coda: ['!coda!', 'O'],
  'to-coda': ['"^To Coda"', '!dacoda!'],
  fine: ['!fine!'],
  'da-capo': ['!D.C.!', '!dacapo!'],
  'dal-segno': ['!D.S.!'],
  'da-capo-al-fine': ['!D.C.alfine!'],
  'dal-segno-al-fine': ['!D.S.alfine!'],
  'da-capo-al-coda': ['!D.C.alcoda!'],
  'dal-segno-al-coda': ['!D.S.alcoda!'],
};

const DYNAMIC_VALUES: readonly Dynamic[] = ['pppp', 'ppp', 'pp', 'p', 'mp', 'mf', 'f', 'ff', 'fff', 'ffff', 'sfz'];
const OTHER_DYNAMICS: readonly Dynamic[] = ['sf', 'fp'];

const SPAN_SIGNS = [
  ['!<(!', 'open', 'crescendo'],
  ['!<)!', 'close', 'crescendo'],
  ['!crescendo(!', 'open', 'crescendo'],
  ['!crescendo)!', 'close', 'crescendo'],
  ['!>(!', 'open', 'diminuendo'],
  ['!>)!', 'close', 'diminuendo'],
  ['!diminuendo(!', 'open', 'diminuendo'],
  ['!diminuendo)!', 'close', 'diminuendo'],
  ['!glissando(!', 'open', 'glissando'],
  ['!glissando)!', 'close', 'glissando'],
] as const;

function collect(): Map<string, Decoration> {
  const found = new Map<string, Decoration>();
  const put = (table: Readonly<Record<string, readonly string[]>>, kind: string): void => {
    for (const [value, signs] of Object.entries(table)) {
      for (const sign of signs) found.set(sign, { kind, value } as Decoration);
    }
  };
  put(ARTICULATION_SIGNS, 'articulation');
  put(ORNAMENT_SIGNS, 'ornament');
  put(JUMP_SIGNS, 'jump');
  for (const value of DYNAMIC_VALUES) found.set(`!${value}!`, { kind: 'dynamic', value });
  for (const value of OTHER_DYNAMICS) found.set(`"_${value}"`, { kind: 'dynamic', value });
  for (const [sign, kind, value] of SPAN_SIGNS) found.set(sign, { kind, value });
  return found;
}

/** What each sign as written does: `!trill!`, `T`, `"^吟"`. */
export const DECORATIONS: ReadonlyMap<string, Decoration> = collect();

/** Signs that need nothing done: fingerings, and signs for the eye. */
export const SILENT_DECORATION =
  /^!(?:[0-5]|editorial|courtesy|thumb|xstem|beambr\d|trill\(|trill\)|shortphrase|mediumphrase|longphrase|repeatbar2?|invisible)!$/;

/** The sign that is written for an articulation, ornament, dynamic or jump. */
export function signOf(value: Articulation | Ornament | Dynamic | Jump): string {
  const sign =
    ARTICULATION_SIGNS[value as Articulation] ?? ORNAMENT_SIGNS[value as Ornament] ?? JUMP_SIGNS[value as Jump];
  if (sign) return sign[0]!;
  return (OTHER_DYNAMICS as readonly string[]).includes(value) ? `"_${value}"` : `!${value}!`;
}
