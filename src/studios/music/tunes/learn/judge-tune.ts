/**
 * A score that an artist brings as a piece to learn from, or the reason why it is none.
 *
 *   score ─▶ the grid of 24 ticks ─▶ who leads, who accompanies ─▶ mode and form ─▶ piece
 */
import { type Bar, fifthsOf, type Key, midiOf, type Note, type Part, type Score } from '../../score/index.ts';
import { CHURCH_MODES, findKey, melodyOf, melodyPartOf, parseChord } from '../../theory/index.ts';
import { GRID, LONGEST_BAR, METRES, type Track } from '../events/index.ts';
import type { TunePiece } from './documents.ts';
import { type DroppedTune, dropped } from './dropped.ts';
import { nameForm } from './name-form.ts';
import type { FoundTune } from './read-tunes.ts';

const FEWEST_NOTES = 16;
const FEWEST_BARS = 4;
const MOST_BARS = 1000;
/** At least this share of the bars begins with a note of the melody … */
const DOWNBEATS = 0.5;
/** … and of all onsets lies on sixteenths or triplet eighths; by chance it would be a quarter. */
const ON_GRID = 0.7;

/** Kind of the documents of an artist's melodies. */
export const OWN = 'own';

/** Judges a tune; `fileKind` is that of the training engine. */
export function judgeTune({ id, title, score }: FoundTune, fileKind: string): TunePiece | DroppedTune {
  const lead = melodyPartOf(score);
  if (!lead) return dropped(id, 'silent', 'no part has pitches', '没有一个声部有音高');
  const fault = faultOf(id, score, lead);
  if (fault) return fault;
  const even = ontoGrid(score);
  const parts = splitStaves(even.parts.filter(({ percussion, notes }) => !percussion && notes.length > 0));
  const leading = parts.find((part) => part.id === lead.id || part.id === `${lead.id}-1`)!;
  const melody: Part = { ...bare(leading), id: 'melody', notes: singleLine(leading) };
  const whole: Score = {
    version: 1,
    title,
    ticksPerQuarter: GRID,
    bars: withMode(even.bars, melody, fileKind),
    tempos: [{ at: 0, quarterBpm: Math.min(1000, Math.max(5, score.tempos[0]?.quarterBpm ?? 120)) }],
    chords: even.chords.filter(({ symbol }) => isReadable(symbol)),
    parts: [melody],
  };
  const downbeats = startsOn(whole.bars, melody.notes) / whole.bars.length;
  if (downbeats < DOWNBEATS) {
    const share = `${Math.round(100 * downbeats)} %`;
    return dropped(id, 'not-tune-like', `only ${share} of the bars`, `只有 ${share} 的小节`);
  }
  const others = parts.filter((part) => part !== leading).map(bare);
  if (others.length === 0 && whole.chords.length === 0) return melodyPiece(id, whole);
  const tracks = assignTracks(others);
  const score24 = { ...whole, parts: [melody, ...others.filter((part) => Object.values(tracks).includes(part.id))] };
  const several = Object.keys(tracks).length > 0 ? { melody: 'melody', ...tracks } : undefined;
  return { id, kind: OWN, score: score24, song: { melody: 'melody', tracks: several } };
}

function melodyPiece(id: string, score: Score): TunePiece {
  if (turns(score.bars)) return { id, kind: OWN, score, song: { melody: 'melody' } };
  const { labelled, form } = nameForm(score);
  return { id, kind: OWN, score: labelled, form };
}

/** A piece in several keys is learned in stretches. */
function turns(bars: readonly Bar[]): boolean {
  const [first] = bars;
  return bars.some(({ key }) => key.tonic !== first!.key.tonic || key.mode !== first!.key.mode);
}

function faultOf(id: string, { bars, ticksPerQuarter }: Score, lead: Part): DroppedTune | undefined {
  const count = melodyOf(lead).length;
  if (count < FEWEST_NOTES || bars.length < FEWEST_BARS) {
    return dropped(id, 'too-short', `${count} notes in ${bars.length} bars`, `${bars.length} 小节 ${count} 个音`);
  }
  if (bars.length > MOST_BARS) return dropped(id, 'too-long', `${bars.length} bars`, `${bars.length} 小节`);
  const strange = bars.find(({ metre, length }) => {
    const known = METRES.includes(metre.join('/') as (typeof METRES)[number]);
    return !known || (length * GRID) / ticksPerQuarter > LONGEST_BAR || (length * GRID) / ticksPerQuarter < 1;
  });
  if (strange) return dropped(id, 'metre', strange.metre.join('/'), strange.metre.join('/'));
  const on = lead.notes.filter(({ at }) => isOnGrid((at * GRID) / ticksPerQuarter)).length / lead.notes.length;
  const share = `${Math.round(100 * on)} %`;
  return on < ON_GRID
    ? dropped(id, 'free-rhythm', `${share} of the notes begin on the grid`, `只有 ${share} 的音落在格上`)
    : undefined;
}

/** On a sixteenth or a triplet eighth, within a third of a tick. */
function isOnGrid(tick: number): boolean {
  return [6, 8].some((step) => Math.abs(tick / step - Math.round(tick / step)) * step < 1 / 3);
}

/** The nearest tick of 24 a quarter; bars follow each other without gaps. */
function ontoGrid(score: Score): Score {
  const time = (tick: number): number => Math.round((tick * GRID) / score.ticksPerQuarter);
  const bars = score.bars.map(({ at, length, metre, key }) => ({
    at: time(at),
    length: Math.max(1, time(at + length) - time(at)),
    metre,
    key,
  }));
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  const parts = score.parts.map((part) => ({
    ...part,
    notes: part.notes
      .map((note) => ({
        ...note,
        at: time(note.at),
        length: Math.max(1, Math.min(end, time(note.at + note.length)) - time(note.at)),
      }))
      .filter(({ at }) => at < end),
  }));
  const chords = score.chords.map(({ at, symbol }) => ({ at: time(at), symbol })).filter(({ at }) => at < end);
  const distinct = chords.filter(({ at }, i) => at !== chords[i + 1]?.at);
  return { ...score, ticksPerQuarter: GRID, bars, parts, chords: distinct };
}

/** A keyboard's staves as parts of their own. */
function splitStaves(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    const staves = [...Map.groupBy(part.notes, ({ staff = 1 }) => staff)].sort(([a], [b]) => a - b);
    if (staves.length < 2) return [part];
    return staves.map(([staff, notes]) => ({ ...part, id: `${part.id.slice(0, 28)}-${staff}`, staves: 1, notes }));
  });
}

/** What the tune language holds of a part. */
function bare({ id, name, instrument, notes }: Part): Part {
  const plain = notes.map(({ at, length, pitch }): Note => ({ at, length, pitch }));
  return { id, name, instrument, notes: plain.sort((a, b) => a.at - b.at || midiOf(a.pitch) - midiOf(b.pitch)) };
}

/** The highest note at every onset, each ended by the next. */
function singleLine(part: Part): Note[] {
  const line = melodyOf(bare(part));
  return line.map(({ at, length, pitch }, i) => ({
    at,
    length: Math.min(length, (line[i + 1]?.at ?? Number.POSITIVE_INFINITY) - at),
    pitch,
  }));
}

/** MIDI knows major and minor only: of the keys under the signature, the one that the notes are in. */
function withMode(bars: readonly Bar[], { notes }: Part, fileKind: string): Bar[] {
  const key = bars[0]!.key;
  if (fileKind !== 'midi' || turns(bars)) return [...bars];
  const weighted = notes.map(({ pitch, length }) => ({ midi: midiOf(pitch), length }));
  const likelier = findKey(weighted, { modes: CHURCH_MODES }).find((each) => fifthsOf(each.key) === fifthsOf(key));
  const chosen: Key = likelier?.key ?? key;
  return bars.map((bar) => ({ ...bar, key: chosen }));
}

/** The lowest part is the bass; of the others a chordal one accompanies, a single line is the inner voice. */
function assignTracks(parts: readonly Part[]): Partial<Record<Track, string>> {
  const height = ({ notes }: Part): number => notes.reduce((sum, { pitch }) => sum + midiOf(pitch), 0) / notes.length;
  const [bass, ...rest] = [...parts].sort((a, b) => height(a) - height(b));
  const most = (chordal: boolean): Part | undefined =>
    rest.filter((part) => isChordal(part) === chordal).sort((a, b) => b.notes.length - a.notes.length)[0];
  const [accompaniment, inner] = [most(true), most(false)];
  return {
    ...(inner && { inner: inner.id }),
    ...(accompaniment && { accompaniment: accompaniment.id }),
    ...(bass && { bass: bass.id }),
  };
}

function isChordal({ notes }: Part): boolean {
  return new Set(notes.map(({ at }) => at)).size < 0.8 * notes.length;
}

function startsOn(bars: readonly Bar[], notes: readonly Note[]): number {
  const onsets = new Set(notes.map(({ at }) => at));
  return bars.filter(({ at }) => onsets.has(at)).length;
}

function isReadable(symbol: string): boolean {
  try {
    parseChord(symbol);
    return true;
  } catch {
    return false;
  }
}
