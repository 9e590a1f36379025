/** Tracks and channels as parts: names, instruments, spelled notes, lyrics, pedal. */
import { refusal } from '../../refusal.ts';
import {
  type Bar,
  CLEFS,
  compareNotes,
  DYNAMICS,
  keyAt,
  type Lyric,
  type Mark,
  midiOf,
  type Note,
  type Part,
  SPANS,
  type Span,
  spellingCentre,
  spellMidi,
} from '../../score/index.ts';
import programmeNames from '../general-midi.table.json' with { type: 'json' };
import { partIds } from '../part-ids.ts';
import { lyricsOf } from './lyric-text.ts';
import { notesByTick, type RawNote, type RawTrack } from './raw-notes.ts';
import type { PartRemark } from './remark.ts';
import { separateVoices } from './separate-voices.ts';

const MOST_PARTS = 64;
const DRUM_CHANNEL = 9;

/** Notes that become one part. */
interface Group {
  readonly name: string;
  readonly notes: RawNote[];
  readonly tracks: RawTrack[];
  readonly remark?: PartRemark;
}

/** The parts of a file, its grid known; throws `music/too-many-parts`. */
export function readParts(tracks: readonly RawTrack[], bars: readonly Bar[], own: boolean): Part[] {
  const groups = own && tracks.some(({ part }) => part) ? ownGroups(tracks) : foreignGroups(tracks);
  if (groups.length > MOST_PARTS) throw tooManyParts(groups.length);
  giveStrayLyrics(groups, tracks);
  const ids = partIds(groups.map(({ remark }) => remark?.id ?? ''));
  return groups.map((group, i) =>
    group.remark ? ownPart(group, group.remark, bars, ids[i]!) : foreignPart(group, bars, ids[i]!),
  );
}

/** The error of every reader that meets more parts than a score may hold. */
export function tooManyParts(count: number): Error {
  return refusal(
    'input',
    'music/too-many-parts',
    {
      en: `${count} parts: a score holds at most ${MOST_PARTS}.`,
      zh: `共 ${count} 个声部，一份乐谱最多 ${MOST_PARTS} 个。`,
    },
    { en: 'Join tracks that play the same instrument.', zh: '请合并同一乐器的音轨。' },
  );
}

/** Our tracks say which part they are; layers of one part come together again. */
function ownGroups(tracks: readonly RawTrack[]): Group[] {
  const groups = new Map<string, Group>();
  for (const track of tracks) {
    if (!track.part) continue;
    const known = groups.get(track.part.id);
    if (known) known.notes.push(...track.notes);
    else groups.set(track.part.id, { name: track.name, notes: [...track.notes], tracks: [track], remark: track.part });
  }
  return [...groups.values()];
}

/** One part for each track, channel and programme. */
function foreignGroups(tracks: readonly RawTrack[]): Group[] {
  return tracks.flatMap((track) => {
    const groups = new Map<number, RawNote[]>();
    for (const note of track.notes) {
      const place = note.channel * 128 + (note.channel === DRUM_CHANNEL ? 0 : note.programme);
      const there = groups.get(place);
      if (there) there.push(note);
      else groups.set(place, [note]);
    }
    const named = groups.size === 1 && track.name !== '';
    return [...groups.values()].map((notes) => ({
      name: named ? track.name : instrumentName(notes[0]!),
      notes,
      tracks: [track],
    }));
  });
}

function instrumentName({ channel, programme }: RawNote): string {
  return channel === DRUM_CHANNEL ? 'Drums' : programmeNames[programme]!;
}

/** Lyrics of a track of their own go to the part that has notes at most of their ticks. */
function giveStrayLyrics(groups: readonly Group[], tracks: readonly RawTrack[]): void {
  const stray = tracks.flatMap(({ lyrics }) => lyrics);
  if (stray.length === 0) return;
  let best = new Map<number, RawNote[]>();
  let most = 0;
  for (const { notes } of groups) {
    const places = notesByTick(notes);
    const hits = stray.filter(({ at }) => places.has(at)).length;
    if (hits > most) [best, most] = [places, hits];
  }
  for (const { at, text } of stray) {
    const note = best.get(at)?.[0];
    if (note) note.lyric ??= text;
  }
}

function ownPart({ name, notes, tracks }: Group, remark: PartRemark, bars: readonly Bar[], id: string): Part {
  const { plain, ...about } = remark;
  const marks = tracks.flatMap((track) => track.marks).filter(isMark);
  const spans = tracks.flatMap((track) => track.spans).filter(isSpan);
  return {
    ...about,
    id,
    name: name.slice(0, 120),
    notes: notes.map((raw) => ownNote(raw, bars, about.percussion, plain)).sort(compareNotes),
    ...(marks.length > 0 && { marks }),
    ...(spans.length > 0 && { spans }),
  };
}

function ownNote(
  raw: RawNote,
  bars: readonly Bar[],
  percussion: boolean | undefined,
  plain: boolean | undefined,
): Note {
  const { plain: quiet, pitch, ...rest } = raw.remark ?? {};
  // A pitch that another program has moved since is spelled anew.
  const spelled = pitch !== undefined && midiOf(pitch) === raw.key ? pitch : spell(raw, bars, percussion);
  const [first] = lyricsOf([raw.lyric ?? '']);
  const lyrics = rest.lyrics ?? (first ? [first] : undefined);
  return {
    at: raw.at,
    length: raw.end - raw.at,
    pitch: spelled,
    ...(!plain && !quiet && { velocity: raw.velocity }),
    ...rest,
    ...(lyrics && { lyrics }),
  };
}

function foreignPart({ name, notes, tracks }: Group, bars: readonly Bar[], id: string): Part {
  const [{ channel, programme }] = notes as [RawNote];
  const percussion = channel === DRUM_CHANNEL;
  const keys = notes.map(({ key }) => key);
  const hands = !percussion && programme < 8 && lowest(keys) < 55 && -lowest(keys.map((key) => -key)) > 64;
  const voices = separateVoices(notes, hands);
  const lyrics = lyricsOf(notes.map(({ lyric }) => lyric ?? ''));
  const spans = tracks[0]!.pedals.filter((pedal) => pedal.channel === channel);
  return {
    id,
    name: name.slice(0, 120),
    instrument: percussion ? 'drum-kit' : `gm-${programme}`,
    ...(percussion && { percussion }),
    ...(hands && { staves: 2 }),
    notes: notes.map((raw, i) => foreignNote(raw, bars, percussion, voices[i]!, lyrics[i])).sort(compareNotes),
    ...(spans.length > 0 && { spans: spans.map(({ from, to }) => ({ kind: 'pedal' as const, from, to })) }),
  };
}

function foreignNote(
  raw: RawNote,
  bars: readonly Bar[],
  percussion: boolean,
  { voice, staff }: { voice: number; staff: number },
  lyric: Lyric | undefined,
): Note {
  return {
    at: raw.at,
    length: raw.end - raw.at,
    pitch: spell(raw, bars, percussion),
    ...(voice > 1 && { voice }),
    ...(staff > 1 && { staff }),
    velocity: raw.velocity,
    ...(lyric && { lyrics: [lyric] }),
  };
}

function spell({ key, at }: RawNote, bars: readonly Bar[], percussion: boolean | undefined): string {
  return percussion ? spellMidi(key) : spellMidi(key, spellingCentre(keyAt({ bars: bars as Bar[] }, at)));
}

function lowest(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), 128);
}

function isMark(mark: Mark): boolean {
  if (mark.kind === 'dynamic') return (DYNAMICS as readonly string[]).includes(mark.value);
  if (mark.kind === 'clef') return (CLEFS as readonly string[]).includes(mark.value);
  return mark.kind === 'text' && typeof mark.value === 'string';
}

function isSpan({ kind, from, to }: Span): boolean {
  return (SPANS as readonly string[]).includes(kind) && Number.isSafeInteger(to) && to >= from;
}
