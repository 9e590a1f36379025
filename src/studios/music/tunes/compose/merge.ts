/** Puts written cells into the score that they were written for: notes outside them stay the very same. */
import type { Note, Part, Score } from '../../score/index.ts';
import { compareNotes } from '../../score/index.ts';
import { barStarts, GRID, type Segment, type Sheet, scoreOfSheet, type Track } from '../events/index.ts';

/** The sheet with the contents of the written cells. */
export function fillSheet(sheet: Sheet, write: readonly Segment[], contents: readonly (readonly string[])[]): Sheet {
  const tracks = Object.fromEntries(
    Object.entries(sheet.tracks).map(([track, bars]) => [track, bars.map((tokens) => [...tokens])]),
  ) as Record<Track, string[][]>;
  for (const [i, { bar, track }] of write.entries()) tracks[track][bar] = [...(contents[i] ?? [])];
  return { ...sheet, tracks };
}

/** The kept score with what is new in the written cells; a track that no part plays becomes a part. */
export function mergeScore(
  kept: Score,
  sheet: Sheet,
  write: readonly Segment[],
  partOf: (track: Track) => string | undefined,
): Score {
  const key = kept.bars[0]!.key;
  const made = scoreOfSheet(sheet, { tonic: key.tonic, quarterBpm: kept.tempos[0]!.quarterBpm });
  const scale = kept.ticksPerQuarter / GRID;
  const starts = barStarts(sheet.bars);
  let parts = [...kept.parts];
  for (const track of new Set(write.map((segment) => segment.track))) {
    if (track === 'chords') continue;
    const open = new Set(write.filter((segment) => segment.track === track).map(({ bar }) => bar));
    const isOpen = (at: number): boolean => open.has(starts.findLastIndex((start) => start <= at));
    const id = partOf(track);
    const written = made.parts.find((part) => part.id === track)!;
    const old = parts.find((part) => part.id === id);
    const fresh = written.notes.filter(({ at }) => isOpen(at)).map((note) => scaled(note, scale));
    const stays = (note: Note): boolean => note.locked === true || !isOpen(note.at / scale);
    const keptNotes = old ? old.notes.filter(stays) : [];
    const added = fresh.filter((note) => !keptNotes.some(({ at, pitch }) => at === note.at && pitch === note.pitch));
    const part: Part = { ...(old ?? written), notes: [...keptNotes, ...added].sort(compareNotes) };
    parts = old ? parts.map((each) => (each.id === id ? part : each)) : [...parts, part];
  }
  const chords = write.some(({ track }) => track === 'chords')
    ? made.chords.map((chord) => ({ ...chord, at: chord.at * scale }))
    : kept.chords;
  return { ...kept, chords, parts };
}

function scaled(note: Note, scale: number): Note {
  return { ...note, at: Math.round(note.at * scale), length: Math.max(1, Math.round(note.length * scale)) };
}
