/** The melody of a task as far as it is written, kept bars included. */
import { midiOf } from '../../score/index.ts';
import { barStarts, readNotes } from '../events/index.ts';
import type { GuardedMelody } from './copy-guard.ts';
import { fillSheet } from './merge.ts';
import type { TuneTask } from './task.ts';

/** Up to the bar of the last cell that was begun; the whole when all are. */
export function melodySoFar(task: TuneTask, contents: readonly (readonly string[])[]): GuardedMelody {
  const begun = task.write[Math.max(0, contents.length - 1)];
  const last = contents.length >= task.write.length ? task.sheet.bars.length : (begun?.bar ?? 0) + 1;
  const bars = task.sheet.bars.slice(0, last);
  const melody = fillSheet(task.sheet, task.write, contents).tracks.melody?.slice(0, last) ?? [];
  const notes = readNotes(melody, bars, task.tonic);
  return {
    notes: notes.map(({ at, length, pitch }) => ({ at, length, midi: midiOf(pitch) })),
    barStarts: barStarts(bars),
  };
}
