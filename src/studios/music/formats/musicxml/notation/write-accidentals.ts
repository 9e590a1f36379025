/** Accidentals: drawn where a note differs from what the signature and the bar so far make the reader expect. */
import { type Key, parsePitch, signatureAlter } from '../../../score/index.ts';
import { ACCIDENTALS, type Accidental, type WrittenHead, type WrittenLane } from './written.ts';

/** The lanes of one bar with their accidentals; each staff and octave remembers its own until the bar line. */
export function writeAccidentals(lanes: readonly WrittenLane[], key: Key): WrittenLane[] {
  const drawn = new Map<WrittenHead, Accidental>();
  const state = new Map<string, number>();
  const meet = (head: WrittenHead, staff: number, tiedBack: boolean): void => {
    const { letter, alter, octave } = parsePitch(head.pitch);
    const place = `${staff} ${letter}${octave}`;
    const expected = state.get(place) ?? signatureAlter(key, letter);
    if (expected === alter || tiedBack) return;
    state.set(place, alter);
    drawn.set(head, ACCIDENTALS[alter + 3]!);
  };
  for (const { staff, event } of inTime(lanes)) {
    for (const grace of event.graces) meet(grace, staff, false);
    for (const note of event.notes) meet(note, staff, note.tiedBack);
  }
  const mark = <T extends WrittenHead>(head: T): T => {
    const accidental = drawn.get(head);
    return accidental ? { ...head, accidental } : head;
  };
  return lanes.map((lane) => ({
    ...lane,
    events: lane.events.map((event) => ({
      ...event,
      notes: event.notes.map(mark),
      graces: event.graces.map(mark),
    })),
  }));
}

function inTime(lanes: readonly WrittenLane[]): { staff: number; event: WrittenLane['events'][number] }[] {
  return lanes
    .flatMap(({ staff, events }) => events.map((event) => ({ staff, event })))
    .sort((a, b) => a.event.at - b.event.at);
}
