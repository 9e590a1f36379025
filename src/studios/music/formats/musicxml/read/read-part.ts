/** One part: its measures in order, each read from left to right with a cursor. */
import type { XmlElement } from '../xml/index.ts';
import type { Remarks } from './bad-musicxml.ts';
import type { PartElements } from './part-elements.ts';
import type { RawPart } from './raw.ts';
import { readAttributes } from './read-attributes.ts';
import { readBarline } from './read-barline.ts';
import { readDirection, readSound } from './read-direction.ts';
import { readHarmony } from './read-harmony.ts';
import { readNote } from './read-note.ts';
import { advance, barOf, ticksIn, type Walk } from './walk.ts';

export interface PartContext {
  readonly ticks: number;
  readonly remarks: Remarks;
  readonly counter: { notes: number };
  readonly drums: ReadonlyMap<string, number>;
}

/** Everything a part says. */
export function readPart({ measures }: PartElements, context: PartContext): RawPart {
  const part: RawPart = {
    notes: [],
    marks: [],
    lineEnds: [],
    bars: [],
    tempos: [],
    chords: [],
    staves: 1,
    transposition: 0,
    percussion: false,
  };
  const walk: Walk = {
    ...context,
    part,
    measure: 0,
    cursor: 0,
    onset: 0,
    divisions: undefined,
    sounding: undefined,
    graces: new Map(),
  };
  for (const [i, measure] of measures.entries()) {
    walk.measure = i;
    walk.cursor = 0;
    walk.onset = 0;
    barOf(walk);
    for (const element of measure.children) READERS[element.name]?.(walk, element);
  }
  return part;
}

const READERS: Readonly<Record<string, (walk: Walk, element: XmlElement) => void>> = {
  note: readNote,
  backup: (walk, element) => advance(walk, -(ticksIn(walk, element, 'duration') ?? 0)),
  forward: (walk, element) => advance(walk, ticksIn(walk, element, 'duration') ?? 0),
  attributes: readAttributes,
  direction: readDirection,
  sound: readSound,
  harmony: readHarmony,
  barline: readBarline,
};
