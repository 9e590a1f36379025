/**
 * A MIDI file as a score.
 *
 *   bytes ─ parse ─▶ tracks of events ─▶ conductor (tempos, metres, keys, chords) ─▶ bars
 *                                     └▶ raw notes ─ (quantise) ─▶ parts: spelled by key, voices parted, lyrics placed
 *
 * Times are exact unless `quantise` is given. What our own writer put beside the music comes back whole.
 */
import { findFault, type Key, type Score } from '../../score/index.ts';
import type { FormatWarning, MusicReading } from '../types.ts';
import { type Conductor, gatherConductor } from './conductor.ts';
import { factorForMetres, layBars } from './grid.ts';
import { guessKey } from './guess-key.ts';
import { badMidi, META, type MidiFile, parseMidi } from './midi-file.ts';
import { createTextDecoder } from './midi-text.ts';
import { type Quantising, quantiseNotes } from './quantise.ts';
import { collectTrack, type RawTrack } from './raw-notes.ts';
import { readParts } from './read-parts.ts';

/** How a MIDI file is read. */
export interface MidiReadOptions {
  /** Draws a performance onto a grid; default: times stay exact. */
  readonly quantise?: Quantising;
}

/**
 * Reads a Standard MIDI File, type 0 or 1. Throws `music/bad-midi` with the byte, `music/midi-patterns` (type 2),
 * `music/too-many-notes`, `music/too-many-bars`, `music/too-many-parts`.
 */
export function readMidi(bytes: Uint8Array, options: MidiReadOptions = {}): MusicReading {
  const file = parseMidi(bytes);
  const decode = createTextDecoder(textsOf(file));
  const conductor = gatherConductor(file, decode);
  const factor = factorForMetres(conductor.metres, file.ticksPerQuarter);
  const tracks = file.tracks.map((track) => collectTrack(track, factor, decode));
  const exact = {
    tracks,
    conductor: stretch(conductor, (tick) => tick * factor),
    ticksPerQuarter: file.ticksPerQuarter * factor,
  };
  const timed = options.quantise ? onGrid(exact, options.quantise) : exact;
  return { score: assemble(timed, bytes, file.warnings), warnings: file.warnings };
}

interface Timed {
  readonly tracks: readonly RawTrack[];
  readonly conductor: Conductor;
  readonly ticksPerQuarter: number;
}

function assemble({ tracks, conductor, ticksPerQuarter }: Timed, bytes: Uint8Array, warnings: FormatWarning[]): Score {
  const own = conductor.head !== undefined;
  if (!own && tracks.every(({ notes }) => notes.length === 0))
    throw badMidi(bytes.length, 'there is no note', '没有音符');
  const firstKey = keyBefore({ tracks, conductor }, warnings);
  const bars = layBars(conductor, endOfMusic(tracks, conductor), ticksPerQuarter, firstKey);
  const { copyright, head } = conductor;
  const parts = readParts(tracks, bars, own);
  const score: Score = {
    version: 1,
    title: titleOf(tracks, own),
    ...head,
    ...(copyright && { copyright }),
    ticksPerQuarter,
    bars,
    tempos: conductor.tempos,
    chords: conductor.chords,
    parts: parts.length > 0 ? parts : [{ id: 'p1', name: '', instrument: 'gm-0', notes: [] }],
  };
  const fault = findFault(score);
  if (fault) throw badMidi(0, `${fault.place} ${fault.what}`, `${fault.place} 不合规则`);
  return score;
}

function textsOf({ tracks }: MidiFile): Uint8Array[] {
  return tracks.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'meta' && event.type <= META.marker ? [event.data] : [])),
  );
}

/** The key until the first signature: that signature, or a guess from the notes when there is none at all. */
function keyBefore({ tracks, conductor }: Pick<Timed, 'tracks' | 'conductor'>, warnings: FormatWarning[]): Key {
  const [first] = conductor.keys;
  if (first || conductor.bars.get(0)?.key) return first?.value ?? { tonic: 'C', mode: 'major' };
  const weights = new Array<number>(12).fill(0);
  for (const { channel, key, at, end } of tracks.flatMap(({ notes }) => notes)) {
    if (channel !== 9) weights[key % 12]! += end - at;
  }
  if (weights.every((weight) => weight === 0)) return { tonic: 'C', mode: 'major' };
  const key = guessKey(weights);
  const message = {
    en: `no key signature; ${key.tonic} ${key.mode} was guessed from the notes`,
    zh: `没有调号；据音符推测为 ${key.tonic} ${key.mode}`,
  };
  warnings.push({ place: 'byte 0', message });
  return key;
}

function endOfMusic(tracks: readonly RawTrack[], { end }: Conductor): number {
  return tracks.reduce((last, { notes }) => notes.reduce((latest, note) => Math.max(latest, note.end), last), end);
}

/** The name of a first track without notes, or of the only track. */
function titleOf(tracks: readonly RawTrack[], own: boolean): string {
  const [first] = tracks;
  const heading = own || tracks.length === 1 || first?.notes.length === 0;
  return heading ? (first?.name ?? '').slice(0, 500) : '';
}

function onGrid({ tracks, conductor, ticksPerQuarter }: Timed, quantise: Quantising): Timed {
  const drawn = quantiseNotes(
    tracks.map(({ notes }) => notes),
    ticksPerQuarter,
    quantise,
  );
  const factor = factorForMetres(conductor.metres, drawn.ticksPerQuarter);
  const scale = (drawn.ticksPerQuarter * factor) / ticksPerQuarter;
  const move = (tick: number): number => Math.round(tick * scale);
  return {
    ticksPerQuarter: drawn.ticksPerQuarter * factor,
    conductor: stretch(conductor, move),
    tracks: tracks.map((track, i) => ({
      ...track,
      notes: drawn.tracks[i]!.map((note) => ({ ...note, at: note.at * factor, end: note.end * factor })),
      pedals: track.pedals.map((pedal) => ({ ...pedal, from: move(pedal.from), to: move(pedal.to) })),
      marks: track.marks.map((mark) => ({ ...mark, at: move(mark.at) })),
      spans: track.spans.map((span) => ({ ...span, from: move(span.from), to: move(span.to) })),
    })),
  };
}

function stretch(conductor: Conductor, move: (tick: number) => number): Conductor {
  const moved = <T extends { readonly at: number }>(list: readonly T[]): T[] =>
    list
      .map((item) => ({ ...item, at: move(item.at) }))
      .filter(({ at }, i, all) => i === 0 || at > move(list[i - 1]!.at) || (at === 0 && all.length === 1));
  const bars = [...conductor.bars].map(([at, { length, ...bar }]) => {
    return [move(at), { ...bar, ...(length !== undefined && { length: move(at + length) - move(at) }) }] as const;
  });
  return {
    ...conductor,
    tempos: moved(conductor.tempos),
    metres: moved(conductor.metres),
    keys: moved(conductor.keys),
    chords: moved(conductor.chords),
    labels: moved(conductor.labels),
    bars: new Map(bars),
    end: move(conductor.end),
  };
}
