/**
 * The notes of a track: a note-on meets the first note-off of its channel and key. Lyrics and remarks just before a note-on
 * belong to it; a lyric written just after its note is found again by its tick.
 */
import type { Mark, Span } from '../../score/index.ts';
import { META, type MidiTrack } from './midi-file.ts';
import { type NoteRemark, type PartRemark, parseRemark } from './remark.ts';

/** A note as played, in the ticks of the file. */
export interface RawNote {
  readonly at: number;
  end: number;
  readonly key: number;
  readonly velocity: number;
  readonly channel: number;
  /** General MIDI, 0–127. */
  readonly programme: number;
  readonly remark?: NoteRemark;
  lyric?: string;
}

/** A track with its notes found. */
export interface RawTrack {
  name: string;
  part?: PartRemark;
  readonly notes: RawNote[];
  /** Those whose note was not found in this track. */
  readonly lyrics: { readonly at: number; readonly text: string }[];
  readonly pedals: { readonly channel: number; readonly from: number; to: number }[];
  readonly marks: Mark[];
  readonly spans: Span[];
}

/** Finds the notes, names, lyrics and pedals of a track; every time is multiplied by `scale`. */
export function collectTrack(track: MidiTrack, scale: number, decode: (bytes: Uint8Array) => string): RawTrack {
  const raw: RawTrack = { name: '', notes: [], lyrics: [], pedals: [], marks: [], spans: [] };
  const open = new Map<number, RawNote[]>();
  const pedals = new Map<number, RawTrack['pedals'][number]>();
  const programmes = new Uint8Array(16);
  const ahead: { lyric?: { at: number; text: string }; remark?: { at: number; note: NoteRemark } } = {};
  for (const event of track.events) {
    const at = event.at * scale;
    if (event.kind === 'programme') programmes[event.channel] = event.programme;
    else if (event.kind === 'control' && event.control === 64) pedal(raw, pedals, event.channel, event.value, at);
    else if (event.kind === 'off') close(open, event.channel * 128 + event.key, at);
    else if (event.kind === 'on') {
      const note: RawNote = {
        at,
        end: at + 1,
        key: event.key,
        velocity: event.velocity,
        channel: event.channel,
        programme: programmes[event.channel]!,
        ...(ahead.remark?.at === at && { remark: ahead.remark.note }),
        ...(ahead.lyric?.at === at && { lyric: ahead.lyric.text }),
      };
      delete ahead.remark;
      if (ahead.lyric?.at === at) delete ahead.lyric;
      raw.notes.push(note);
      const place = event.channel * 128 + event.key;
      const waiting = open.get(place);
      if (waiting) waiting.push(note);
      else open.set(place, [note]);
    } else if (event.kind === 'meta') readMeta(raw, ahead, event.type, event.data, at, decode);
  }
  if (ahead.lyric) raw.lyrics.push(ahead.lyric);
  const end = track.end * scale;
  for (const key of open.keys()) while (close(open, key, end));
  for (const { channel, from } of pedals.values()) raw.pedals.push({ channel, from, to: end });
  placeLyrics(raw);
  return raw;
}

function readMeta(
  raw: RawTrack,
  ahead: { lyric?: { at: number; text: string }; remark?: { at: number; note: NoteRemark } },
  type: number,
  data: Uint8Array,
  at: number,
  decode: (bytes: Uint8Array) => string,
): void {
  if (type === META.trackName && raw.name === '') raw.name = decode(data).trim();
  else if (type === META.lyric) {
    if (ahead.lyric) raw.lyrics.push(ahead.lyric);
    ahead.lyric = { at, text: decode(data) };
  } else if (type === META.own) {
    const remark = parseRemark(data);
    if (remark?.part) raw.part = remark.part;
    if (remark?.note) ahead.remark = { at, note: remark.note };
    if (remark?.mark) raw.marks.push({ ...remark.mark, at } as Mark);
    if (remark?.span) {
      const { length, ...span } = remark.span;
      raw.spans.push({ ...span, from: at, to: at + Number(length) } as Span);
    }
  }
}

function close(open: Map<number, RawNote[]>, key: number, at: number): boolean {
  const note = open.get(key)?.shift();
  if (note) note.end = Math.max(at, note.at + 1);
  return note !== undefined;
}

function pedal(
  raw: RawTrack,
  pedals: Map<number, RawTrack['pedals'][number]>,
  channel: number,
  value: number,
  at: number,
): void {
  const held = pedals.get(channel);
  if (value >= 64 && !held) pedals.set(channel, { channel, from: at, to: at });
  else if (value < 64 && held) {
    pedals.delete(channel);
    if (at > held.from) raw.pedals.push({ ...held, to: at });
  }
}

/** Gives each lyric left over to the first note of its tick that has none yet. */
function placeLyrics(raw: RawTrack): void {
  if (raw.lyrics.length === 0) return;
  const free = notesByTick(raw.notes);
  const left = raw.lyrics.filter(({ at, text }) => {
    const note = free.get(at)?.find(({ lyric }) => lyric === undefined);
    if (note) note.lyric = text;
    return !note;
  });
  raw.lyrics.splice(0, raw.lyrics.length, ...left);
}

/** Notes by onset. */
export function notesByTick(notes: readonly RawNote[]): Map<number, RawNote[]> {
  const found = new Map<number, RawNote[]>();
  for (const note of notes) {
    const there = found.get(note.at);
    if (there) there.push(note);
    else found.set(note.at, [note]);
  }
  return found;
}
