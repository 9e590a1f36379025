/** A part of the score from what was read: absolute times, tied notes joined into whole sounds. */
import { compareNotes, type Mark, midiOf, type Note, type Part, type Span } from '../../../score/index.ts';
import { defaultClef } from '../default-clefs.ts';
import type { RawLineEnd, RawNote, RawPart, RawSpan, RawTime } from './raw.ts';

/** Names and sounds of a part, from the list of parts. */
export interface PartHead {
  readonly id: string;
  readonly name: string;
  readonly instrument: string;
  readonly pan: number | undefined;
}

/** Builds a part; `starts` are the onsets of the bars, `end` that of the last bar's end. */
export function buildPart(raw: RawPart, head: PartHead, starts: readonly number[], end: number): Part {
  const at = ({ measure, offset }: RawTime): number => Math.min(end, starts[measure]! + offset);
  const notes = joinTies(raw.notes, at, end).sort(compareNotes);
  const part: Part = {
    id: head.id,
    name: head.name,
    instrument: head.instrument,
    ...(isPercussion(raw) ? { percussion: true } : {}),
    ...(raw.transposition === 0 ? {} : { transposition: raw.transposition }),
    ...(raw.staves > 1 ? { staves: raw.staves } : {}),
    notes,
    ...(head.pan === undefined ? {} : { pan: head.pan }),
  };
  const marks = raw.marks.map((mark): Mark => {
    const { measure, offset, ...rest } = mark;
    return { ...rest, at: at({ measure, offset }) } as Mark;
  });
  const kept = marks.filter((mark) => !isDefaultClef(mark, part)).sort((a, b) => a.at - b.at);
  const spans = matchLines(raw.lineEnds)
    .map(({ kind, from, to, voice, staff }): Span => {
      const place = { ...(voice > 1 ? { voice } : {}), ...(staff > 1 ? { staff } : {}) };
      return { kind, from: at(from), to: at(to), ...place };
    })
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  return { ...part, ...(kept.length > 0 ? { marks: kept } : {}), ...(spans.length > 0 ? { spans } : {}) };
}

/** A part without notes is told by its clef. */
function isPercussion({ percussion, notes, marks }: RawPart): boolean {
  return (
    percussion || (notes.length === 0 && marks.some((mark) => mark.kind === 'clef' && mark.value === 'percussion'))
  );
}

function isDefaultClef(mark: Mark, part: Part): boolean {
  return mark.kind === 'clef' && mark.at === 0 && mark.value === defaultClef(part, mark.staff ?? 1);
}

/** Lines from their begins and ends in the order of time, ends first; an end takes the begin in its own voice before others. */
function matchLines(ends: readonly RawLineEnd[]): RawSpan[] {
  const open = new Map<string, RawLineEnd>();
  const order = (end: RawLineEnd): number => (end.kind === undefined ? 0 : 1);
  return ends
    .toSorted((a, b) => a.measure - b.measure || a.offset - b.offset || order(a) - order(b))
    .flatMap((end): RawSpan[] => {
      const own = `${end.name} ${end.voice}`;
      if (end.kind) open.set(own, end);
      if (end.kind) return [];
      const key = open.has(own) ? own : [...open.keys()].find((one) => one.startsWith(`${end.name} `));
      const from = key === undefined ? undefined : open.get(key);
      if (key !== undefined) open.delete(key);
      return from?.kind ? [{ kind: from.kind, from, to: end, voice: from.voice, staff: from.staff }] : [];
    });
}

interface OpenSound {
  readonly note: Note;
  readonly lane: string;
}

/** Tied notes become one; a tie goes to the note of the same pitch that begins where the first ends, by preference in its voice. */
function joinTies(raws: readonly RawNote[], at: (time: RawTime) => number, end: number): Note[] {
  const notes: Note[] = [];
  const open = new Map<string, OpenSound[]>();
  const sorted = raws.map((raw) => ({ raw, onset: at(raw) })).sort((a, b) => a.onset - b.onset);
  for (const { raw, onset } of sorted) {
    const length = Math.min(raw.length, end - onset);
    if (length <= 0) continue;
    const key = `${midiOf(raw.pitch)} ${onset}`;
    const waiting = open.get(key) ?? [];
    const same = waiting.findIndex(({ lane }) => lane === raw.lane);
    const before = raw.tiedBack ? waiting.splice(Math.max(0, same), 1)[0] : undefined;
    const note = before?.note ?? wholeNote(raw, onset);
    if (before) addSigns(note, raw);
    else notes.push(note);
    note.length = onset + length - note.at;
    if (!raw.tiedOn) continue;
    const next = `${midiOf(raw.pitch)} ${onset + length}`;
    open.set(next, [...(open.get(next) ?? []), { note, lane: raw.lane }]);
  }
  return notes;
}

function wholeNote(raw: RawNote, at: number): Note {
  return {
    at,
    length: raw.length,
    pitch: raw.pitch,
    ...(raw.voice > 1 ? { voice: raw.voice } : {}),
    ...(raw.staff > 1 ? { staff: raw.staff } : {}),
    ...(raw.graces.length > 0 ? { graces: raw.graces } : {}),
    ...(raw.articulations.length > 0 ? { articulations: raw.articulations } : {}),
    ...(raw.ornaments.length > 0 ? { ornaments: raw.ornaments } : {}),
    ...(raw.lyrics.length > 0 ? { lyrics: raw.lyrics } : {}),
    ...(raw.velocity === undefined ? {} : { velocity: raw.velocity }),
  };
}

/** Signs on the later notes of a tie belong to the sound. */
function addSigns(note: Note, { articulations, ornaments }: RawNote): void {
  const signs = [...new Set([...(note.articulations ?? []), ...articulations])];
  const ornate = [...new Set([...(note.ornaments ?? []), ...ornaments])];
  if (signs.length > 0) note.articulations = signs;
  if (ornate.length > 0) note.ornaments = ornate;
}
