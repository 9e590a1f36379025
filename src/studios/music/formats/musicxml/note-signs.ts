/** Articulations and ornaments ↔ elements of MusicXML's notations. */
import type { Note } from '../../score/index.ts';

type Articulation = NonNullable<Note['articulations']>[number];
type Ornament = NonNullable<Note['ornaments']>[number];

/** The group of notations an element belongs to; '' stands directly in notations. */
export type SignGroup = 'ornaments' | 'technical' | 'articulations' | '';

export interface Sign {
  readonly group: SignGroup;
  readonly element: string;
  readonly text?: string;
}

export const ARTICULATION_SIGNS: Readonly<Partial<Record<Articulation, Sign>>> = {
  staccato: { group: 'articulations', element: 'staccato' },
  staccatissimo: { group: 'articulations', element: 'staccatissimo' },
  tenuto: { group: 'articulations', element: 'tenuto' },
  accent: { group: 'articulations', element: 'accent' },
  marcato: { group: 'articulations', element: 'strong-accent' },
  breath: { group: 'articulations', element: 'breath-mark' },
  fermata: { group: '', element: 'fermata' },
  arpeggio: { group: '', element: 'arpeggiate' },
  'up-bow': { group: 'technical', element: 'up-bow' },
  'down-bow': { group: 'technical', element: 'down-bow' },
  open: { group: 'technical', element: 'open-string' },
  stopped: { group: 'technical', element: 'stopped' },
  harmonic: { group: 'technical', element: 'harmonic' },
  'snap-pizzicato': { group: 'technical', element: 'snap-pizzicato' },
};

export const ORNAMENT_SIGNS: Readonly<Record<Ornament, Sign>> = {
  trill: { group: 'ornaments', element: 'trill-mark' },
  mordent: { group: 'ornaments', element: 'mordent' },
  'inverted-mordent': { group: 'ornaments', element: 'inverted-mordent' },
  turn: { group: 'ornaments', element: 'turn' },
  'inverted-turn': { group: 'ornaments', element: 'inverted-turn' },
  tremolo: { group: 'ornaments', element: 'tremolo', text: '3' },
  roll: { group: 'ornaments', element: 'other-ornament', text: 'roll' },
  yin: { group: 'ornaments', element: 'other-ornament', text: 'yin' },
  rou: { group: 'ornaments', element: 'other-ornament', text: 'rou' },
  lunzhi: { group: 'ornaments', element: 'other-ornament', text: 'lunzhi' },
  'slide-up': { group: 'articulations', element: 'scoop' },
  'slide-down': { group: 'articulations', element: 'plop' },
};

/** Other elements that mean nearly the same. */
const ALSO: Readonly<Record<string, Articulation | Ornament>> = {
  'detached-legato': 'tenuto',
  spiccato: 'staccatissimo',
  doit: 'slide-up',
  falloff: 'slide-down',
  'delayed-turn': 'turn',
  'vertical-turn': 'turn',
  'delayed-inverted-turn': 'inverted-turn',
  shake: 'trill',
  open: 'open',
};

/** What an element says of its note; undefined for what a score does not keep. */
export function signOfElement(element: string, text: string): Articulation | Ornament | undefined {
  const all = Object.entries({ ...ARTICULATION_SIGNS, ...ORNAMENT_SIGNS });
  const other = element === 'other-ornament';
  const found = all.find(([, sign]) => sign.element === element && (!other || sign.text === text.toLowerCase()));
  return (found?.[0] as Articulation | Ornament | undefined) ?? ALSO[element];
}
