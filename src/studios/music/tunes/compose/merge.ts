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

/** The part that plays a track, and which of its staves where it has several. */
export interface Place {
  readonly part: string;
  readonly staff?: number | undefined;
}

/** The kept score with what is new in the written cells; a track that no part plays becomes a part. */
export function mergeScore(
  kept: Score,
  sheet: Sheet,
  write: readonly Segment[],
  partOf: (track: Track) => Place | undefined,
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
    const place = partOf(track);
    const written = made.parts.find((part) => part.id === track)!;
    const old = parts.find((part) => part.id === place?.part);
    const staff = old ? place?.staff : undefined;
    const end = starts[Math.max(...open) + 1]! * scale;
    const isNew = (note: Note): boolean =>
      isOpen(note.at / scale) && note.locked !== true && (staff === undefined || (note.staff ?? 1) === staff);
    const keptNotes = (old?.notes ?? []).filter((note) => !isNew(note) || note.at + note.length > end);
    const fresh = written.notes.filter(({ at }) => isOpen(at)).map((note) => scaled(note, scale));
    const added = besideKept(
      fresh.map((note) =>
        staff === undefined || staff === 1 ? note : { ...note, staff, voice: (note.voice ?? 1) + 4 },
      ),
      keptNotes,
    );
    const id = old?.id;
    const part: Part = { ...(old ?? written), notes: [...keptNotes, ...added].sort(compareNotes) };
    parts = old ? parts.map((each) => (each.id === id ? part : each)) : [...parts, part];
  }
  const chords = write.some(({ track }) => track === 'chords')
    ? made.chords.map((chord) => ({ ...chord, at: chord.at * scale }))
    : kept.chords;
  return { ...kept, chords, parts };
}

/** New notes without those that repeat a kept one, or sound at once with one that is locked. */
function besideKept(fresh: readonly Note[], kept: readonly Note[]): Note[] {
  const locked = kept.filter((note) => note.locked === true);
  return fresh.flatMap((note) => {
    if (kept.some(({ at, pitch }) => at === note.at && pitch === note.pitch)) return [];
    if (locked.some(({ at, length }) => at <= note.at && note.at < at + length)) return [];
    const next = Math.min(...locked.filter(({ at }) => at > note.at).map(({ at }) => at));
    return [{ ...note, length: Math.min(note.length, next - note.at) }];
  });
}

function scaled(note: Note, scale: number): Note {
  return { ...note, at: Math.round(note.at * scale), length: Math.max(1, Math.round(note.length * scale)) };
}
