/**
 * Where players sit and how they reach the listener's two ears.
 *
 * Every instrument has its usual seat; several of a kind spread around it, and a few known ensembles sit as they do on stage.
 * Direction is a difference of level (constant power) and of time (up to 0.4 ms), distance is less level, less treble and more room.
 */
import { findInstrument, instrumentOfProgramme } from '../../instruments/index.ts';

export interface Seat {
  /** From left −1 to right 1. */
  readonly pan: number;
  /** From the front edge 0 to the back wall 1. */
  readonly depth: number;
}

/** Ensembles by their instruments in score order. */
const STAGES: readonly { readonly instruments: readonly string[]; readonly pans: readonly number[] }[] = [
  { instruments: ['violin', 'violin', 'viola', 'cello'], pans: [-0.55, -0.2, 0.25, 0.5] },
  { instruments: ['violin', 'viola', 'cello'], pans: [-0.45, 0, 0.45] },
  { instruments: ['soprano', 'alto', 'tenor', 'bass-voice'], pans: [-0.5, -0.17, 0.17, 0.5] },
  { instruments: ['flute', 'oboe', 'clarinet', 'horn', 'bassoon'], pans: [-0.5, -0.25, 0.25, 0, 0.5] },
];

/** Seats of the players in score order; a part that says where it sits is believed. */
export function seatsOf(parts: readonly { readonly instrument: string; readonly pan?: number | undefined }[]): Seat[] {
  const ids = parts.map(({ instrument }) => seatedAs(instrument));
  const stage = STAGES.find(({ instruments }) => instruments.join() === ids.join());
  return parts.map(({ pan }, i) => {
    const { depth, pan: usual } = findInstrument(ids[i]!)!;
    const alone = parts.length === 1;
    return {
      pan: pan ?? (alone ? 0 : (stage?.pans[i] ?? spread(ids, i, usual))),
      depth: alone ? Math.min(depth, 0.35) : depth,
    };
  });
}

/** The instrument whose seat a part takes; a piano's for names unknown. */
function seatedAs(name: string): string {
  const programme = /^gm-(\d{1,3})$/.exec(name)?.[1];
  if (programme !== undefined) return instrumentOfProgramme(Math.min(127, Number(programme))).id;
  return findInstrument(name)?.id ?? 'piano';
}

/** Several players of one kind sit side by side. */
function spread(ids: readonly string[], place: number, usual: number): number {
  const same = ids.flatMap((id, i) => (id === ids[place] ? [i] : []));
  if (same.length === 1) return usual;
  const width = Math.min(0.8, 0.3 * (same.length - 1));
  const offset = (same.indexOf(place) / (same.length - 1) - 0.5) * width;
  return Math.max(-0.9, Math.min(0.9, usual + offset));
}
