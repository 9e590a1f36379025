/**
 * The instruments of the house: what others must know to write for them, find them by name and seat them.
 *
 * Ranges are sounding pitches. The comfortable range is where a good amateur plays at ease and where rules should write.
 * Sources: Adler, The Study of Orchestration (4th ed., 2016); Fletcher and Rossing, The Physics of Musical Instruments
 * (2nd ed., 1998); 《民族乐队乐器法》 (1963 and later) for the Chinese ones.
 */
import type { Bilingual } from '../../../kernel/index.ts';
import type { CLEFS } from '../score/index.ts';
import table from './instruments.table.json' with { type: 'json' };

export const FAMILIES = [
  'plucked',
  'bowed',
  'blown',
  'brass',
  'keys',
  'struck',
  'voice',
  'synth',
  'percussion',
] as const;
export type Family = (typeof FAMILIES)[number];

export interface Instrument {
  /** What `part.instrument` names. */
  readonly id: string;
  readonly names: Bilingual;
  readonly family: Family;
  /** Lowest and highest sounding pitch, spelled; drum keys for percussion. */
  readonly range: readonly [string, string];
  readonly comfortable: readonly [string, string];
  /** Nearest General MIDI programme, 0–127; for percussion the drum set. */
  readonly programme: number;
  /** The sound lasts as long as the player wants; otherwise it dies away after the attack. */
  readonly holds: boolean;
  /** Most notes one player sounds at once. */
  readonly most: number;
  readonly clef: (typeof CLEFS)[number];
  /** Default 1. */
  readonly staves?: number;
  /** Semitones from written to sounding; default 0. */
  readonly transposition?: number;
  readonly percussion?: boolean;
  /** Usual seat from left −1 to right 1, seen from the listener. */
  readonly pan: number;
  /** From the front edge of the stage 0 to its back wall 1. */
  readonly depth: number;
  /** Other names people use, both languages. */
  readonly aliases?: readonly string[];
}

/** All instruments, in the order in which a list shows them. */
export const INSTRUMENTS = table as unknown as readonly Instrument[];

const byName = new Map<string, Instrument>();
for (const instrument of INSTRUMENTS) {
  for (const name of [instrument.id, instrument.names.en, instrument.names.zh, ...(instrument.aliases ?? [])]) {
    if (!byName.has(fold(name))) byName.set(fold(name), instrument);
  }
}

/** Finds an instrument by id, name or alias in either language: `Erhu`, `二胡`, `French horn`; undefined when we have none. */
export function findInstrument(name: string): Instrument | undefined {
  return byName.get(fold(name));
}

/** The first instrument that stands for a General MIDI programme, or the one nearest to it in its group of eight. */
export function instrumentOfProgramme(programme: number): Instrument {
  const pitched = INSTRUMENTS.filter((instrument) => !instrument.percussion);
  const distance = ({ programme: own }: Instrument): number =>
    Math.abs(own - programme) + (own >> 3 === programme >> 3 ? 0 : 16);
  return pitched.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '-');
}
