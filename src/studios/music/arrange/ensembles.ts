/** Groups of instruments and what each player does in them. */

import { findInstrument } from '../instruments/index.ts';
import { refusal } from '../refusal.ts';
import table from './ensembles.table.json' with { type: 'json' };

/**
 * What a seat plays: the tune; the tune again; a second tune against it; chord tones moving least; a figure; the lowest line; held chords; drums; tune
 * and figure on one instrument; a keyboard's chords below a singer.
 */
export const ROLES = [
  'melody',
  'double',
  'counter',
  'inner',
  'figure',
  'bass',
  'pad',
  'drums',
  'solo',
  'keyboard',
] as const;
export type Role = (typeof ROLES)[number];

export interface Seat {
  readonly instrument: string;
  readonly role: Role;
  readonly figure?: string;
  /** Share of long notes that are decorated, 0–1; default 0. */
  readonly decorate?: number;
  /** Enters after this share of the piece; default 0. */
  readonly from?: number;
  /** Decibels. */
  readonly gain?: number;
}

export interface Ensemble {
  readonly id: string;
  readonly names: { readonly en: string; readonly zh: string };
  /** Chords are thinned to the five tones of the mode. */
  readonly pentatonic?: boolean;
  readonly seats: readonly Seat[];
}

/** All groups, in the order in which a list shows them. */
export const ENSEMBLES = table as readonly Ensemble[];

/** A group by id or name; throws `music/unknown-ensemble`. */
export function getEnsemble(name: string): Ensemble {
  const wanted = name.trim().toLowerCase();
  const exact = ENSEMBLES.find(({ id, names }) => [id, names.en, names.zh].includes(wanted));
  const found = exact ?? ENSEMBLES.find(({ names }) => wanted.length > 1 && names.zh.includes(wanted));
  if (found) return found;
  throw refusal(
    'input',
    'music/unknown-ensemble',
    { en: `There is no ensemble '${name}'.`, zh: `没有名为“${name}”的乐队编制。` },
    {
      en: `Choose one of ${ENSEMBLES.map(({ id }) => id).join(', ')}, or name the instruments.`,
      zh: `可选：${ENSEMBLES.map(({ id, names }) => `${names.zh}（${id}）`).join('、')}，或逐一列出乐器。`,
    },
  );
}

/**
 * A group for instruments that the artist named: the first that can sing leads, low ones take the bass, chord instruments
 * a figure, the others inner lines. Throws `music/unknown-instrument`.
 */
export function ensembleOf(instruments: readonly string[]): Ensemble {
  const found = instruments.map(getInstrument);
  if (found.length === 1) return alone(found[0]!.id, found[0]!.most > 2);
  const seats = found.map((instrument, i): Seat => {
    if (i === 0) return { instrument: instrument.id, role: 'melody' };
    if (instrument.percussion) return { instrument: instrument.id, role: 'drums', figure: 'bodhran', gain: -6 };
    const low = LOW.includes(instrument.id);
    if (low) return { instrument: instrument.id, role: 'bass', figure: 'root-fifth', gain: -3 };
    if (instrument.staves === 2) return { instrument: instrument.id, role: 'keyboard', figure: 'broken', gain: -4 };
    if (instrument.most > 2) return { instrument: instrument.id, role: 'figure', figure: 'arpeggio', gain: -4 };
    return { instrument: instrument.id, role: i === 1 && found.length > 2 ? 'double' : 'counter', gain: -3 };
  });
  return { id: 'chosen', names: { en: 'chosen instruments', zh: '自选乐器' }, seats };
}

const LOW = ['cello', 'double-bass', 'bass-guitar', 'bassoon', 'tuba', 'synth-bass', 'zhongruan', 'bass-voice'];

function alone(instrument: string, chords: boolean): Ensemble {
  const figure = instrument === 'piano' ? 'alberti' : 'wide-arpeggio';
  return {
    id: 'solo',
    names: { en: 'solo', zh: '独奏' },
    seats: [chords ? { instrument, role: 'solo', figure } : { instrument, role: 'melody' }],
  };
}

function getInstrument(name: string): NonNullable<ReturnType<typeof findInstrument>> {
  const found = findInstrument(name);
  if (found) return found;
  throw refusal(
    'input',
    'music/unknown-instrument',
    { en: `There is no instrument '${name}'.`, zh: `没有名为“${name}”的乐器。` },
    { en: '`llmagentos instruments` lists all of them.', zh: '可用 `llmagentos instruments` 查看全部乐器。' },
  );
}
