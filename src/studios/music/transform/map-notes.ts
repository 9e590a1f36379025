import { type Bar, barIndexAt, type Note, type Score } from '../score/index.ts';

/** Changes every note of pitch that is not locked; drums stay as they are. */
export function mapNotes(score: Score, change: (note: Note, bar: Bar) => Note): Score {
  return {
    ...score,
    parts: score.parts.map((part) =>
      part.percussion
        ? part
        : {
            ...part,
            notes: part.notes.map((note) =>
              note.locked ? note : change(note, score.bars[barIndexAt(score.bars, note.at)]!),
            ),
          },
    ),
  };
}
