/**
 * Alto, tenor and bass under a melody.
 *
 *   chords over felt beats ─▶ holds (a chord, cut at bar lines and where the melody runs far) ─▶ exact search ─▶ three parts
 *
 * What the melody does within a hold are its non-chord tones: the lower voices hold. Where no voicing is allowed, the search
 * takes the next likeliest chord there. A melody outside the soprano's range is moved by octaves unless notes are locked.
 */
import {
  barIndexAt,
  type Key,
  midiOf,
  movePitch,
  type Note,
  type Part,
  parseTonic,
  type Score,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';
import { type Chord, chordNotes, chordOf, classOf, type MelodyNote } from '../theory/index.ts';
import { spellChord } from './chord-space.ts';
import type { FoundChords } from './find-chords.ts';
import { type ChordStretch, type Task, writeSymbols } from './lead-sheet.ts';
import {
  type ChordChoice,
  type FoundVoicings,
  findVoicings,
  type Sonority,
  type Voicing,
  type VoicingEvent,
} from './voicing/index.ts';

/** A hold of the lower voices and where it stands. */
interface Hold {
  readonly at: number;
  readonly to: number;
  readonly key: Key;
  readonly stretch: ChordStretch;
  readonly slots: readonly [number, number];
  /** Melody notes that sound in it. */
  readonly heard: readonly number[];
  /** Where the next hold or a rest begins, at the latest. */
  readonly end: number;
  readonly event: VoicingEvent;
}

/** Soprano range, MIDI: C4–A5. */
const SOPRANO = [60, 81] as const;

/** Moves the melody by whole octaves so that most of it lies in the soprano's range. */
export function fitMelody(score: Score, part: Part): { score: Score; part: Part; octaves: number } {
  const outside = (octaves: number): number =>
    part.notes.filter(({ pitch }) => {
      const key = midiOf(pitch) + 12 * octaves;
      return key < SOPRANO[0] || key > SOPRANO[1];
    }).length;
  const locked = part.notes.some(({ locked }) => locked);
  const octaves = locked ? 0 : [0, 1, -1, 2, -2, 3].reduce((best, n) => (outside(n) < outside(best) ? n : best), 0);
  if (octaves === 0) return { score, part, octaves };
  const by = { steps: 7 * octaves, semitones: 12 * octaves };
  const move = (pitch: string): string => movePitch(pitch, by);
  const moved: Part = {
    ...part,
    notes: part.notes.map((note) => ({
      ...note,
      pitch: move(note.pitch),
      ...(note.graces && { graces: note.graces.map(move) }),
    })),
  };
  return {
    score: { ...score, parts: score.parts.map((other) => (other === part ? moved : other)) },
    part: moved,
    octaves,
  };
}

/** The score in four parts with the chords it came to, and how it went. */
export function writeFourParts(
  task: Task,
  found: FoundChords,
  stretches: readonly ChordStretch[],
): { score: Score; numbers: Record<string, number> } {
  const { holds, answer } = voiced(task, found, holdsOf(task, stretches));
  const sung = holds.map((hold, i): SungHold => {
    const voicing = answer.voicings[i];
    const sonority = voicing && answer.events[i]!.choices[voicing.choice]!.sonority;
    return { hold, voicing, chord: sonority ? chordOfSonority(sonority, hold, voicing) : hold.stretch.chord };
  });
  const changed = sung.filter(({ voicing }) => voicing && voicing.choice > 0).length;
  const rests = sung.filter(({ voicing }) => !voicing).length;
  const score = writeSymbols(withVoices(task, sung), symbolsOf(stretches, sung));
  return {
    score,
    numbers: { voiceLeadingCost: Math.round((100 * answer.cost) / holds.length) / 100, changedChords: changed, rests },
  };
}

/** Voicings of holds. Those that cannot be voiced as they are, and their neighbours, are parted where the melody leaps in them. */
function voiced(
  task: Task,
  found: FoundChords,
  whole: readonly Hold[],
): { holds: readonly Hold[]; answer: FoundVoicings } {
  const search = (holds: readonly Hold[], close: boolean): FoundVoicings =>
    findVoicings(
      holds.map(({ event }) => event),
      (i, round) => otherChords(task, found, holds, i, round),
      { close },
    );
  const first = search(whole, true);
  const troubled = (i: number): boolean => whole[i] !== undefined && first.voicings[i] === undefined;
  if (!whole.some((_, i) => troubled(i))) return { holds: whole, answer: first };
  const holds = whole.flatMap((hold, i) =>
    troubled(i - 1) || troubled(i) || troubled(i + 1) ? parted(task, hold) : [hold],
  );
  return { holds, answer: search(holds, false) };
}

/** A hold in two, the second from the note after the widest step of the melody on. */
function parted(task: Task, hold: Hold): Hold[] {
  const { heard, at, end } = hold;
  const { melody } = task;
  if (heard.length < 2) return [hold];
  const step = (n: number): number => Math.abs(melody[heard[n]!]!.midi - melody[heard[n - 1]!]!.midi);
  let widest = 1;
  for (let n = 2; n < heard.length; n++) if (step(n) > step(widest)) widest = n;
  const middle = melody[heard[widest]!]!.at;
  return [holdOf(task, hold, heard.slice(0, widest), at, middle), holdOf(task, hold, heard.slice(widest), middle, end)];
}

interface SungHold {
  readonly hold: Hold;
  readonly voicing: Voicing | undefined;
  readonly chord: Chord;
}

/** Cuts the stretches into holds; stretches in which the melody is silent have none. */
function holdsOf(task: Task, stretches: readonly ChordStretch[]): Hold[] {
  const { slots, melody } = task;
  const pieces = stretches.flatMap((stretch) => cut(task, stretch));
  let first = 0;
  return pieces.flatMap((piece): Hold[] => {
    const at = slots[piece.slots[0]]!.at;
    const end = slots[piece.slots[1] - 1]!.to;
    while (first < melody.length && soundsTo(melody, first) <= at) first += 1;
    const heard: number[] = [];
    for (let i = first; i < melody.length && melody[i]!.at < end; i++) heard.push(i);
    const groups = withinOctave(heard, melody);
    return groups.map((group, g) => {
      const from = g === 0 ? at : melody[group[0]!]!.at;
      const next = groups[g + 1]?.[0];
      return holdOf(task, piece, group, from, next === undefined ? end : melody[next]!.at);
    });
  });
}

/** Notes of a hold, parted where they run so far that the alto would have no chord tone within an octave of all. */
function withinOctave(heard: readonly number[], melody: readonly MelodyNote[]): number[][] {
  const groups: number[][] = [];
  for (const i of heard) {
    const last = groups.at(-1);
    const keys = [...(last ?? []), i].map((n) => melody[n]!.midi);
    if (last && Math.max(...keys) - Math.min(...keys) <= WIDEST) last.push(i);
    else groups.push([i]);
  }
  return groups;
}

type Piece = Pick<Hold, 'stretch' | 'slots'>;

function holdOf(
  { slots, melody }: Task,
  { stretch, slots: [from, to] }: Piece,
  heard: readonly number[],
  at: number,
  end: number,
): Hold {
  const begin = heard[0]!;
  const { key, at: beatAt, to: beatTo } = slots[from]!;
  const beat = beatTo - beatAt;
  const struck = melody[begin]!.at === at ? melody[begin - 1] : undefined;
  const gap = struck ? at - soundsTo(melody, begin - 1) : 0;
  const followed = melody[begin + 1];
  const last = heard.at(-1)!;
  const silent = soundsTo(melody, last);
  const event: VoicingEvent = {
    melody: heard.map((i) => melody[i]!.midi),
    from: struck && gap < beat ? struck.midi : undefined,
    rested: struck !== undefined && gap >= beat,
    later: followed && followed.at - soundsTo(melody, begin) < beat ? followed.midi : undefined,
    choices: [{ sonority: sonorityOf(stretch, key), cost: 0 }],
    closes: slots.slice(from, to).some(({ closes }) => closes),
    final: last === melody.length - 1,
  };
  // Lower voices end with the melody where it rests for a beat or more.
  return { at, to: end - silent >= beat ? silent : end, key, stretch, slots: [from, to], heard, end, event };
}

const soundsTo = (melody: readonly MelodyNote[], i: number): number => {
  const { at, length } = melody[i]!;
  return Math.min(at + length, melody[i + 1]?.at ?? at + length);
};

/** Most semitones the melody may span in one hold: the alto, below the lowest and within an octave of the highest, then has a choice. */
const WIDEST = 8;

/** A stretch cut at bar lines and, where the melody runs far, at beats. */
function cut({ score, slots }: Task, stretch: ChordStretch): Piece[] {
  const pieces: { readonly stretch: ChordStretch; readonly slots: [number, number] }[] = [];
  const { bars } = score;
  let low = 999;
  let high = -999;
  for (let t = stretch.slots[0]; t < stretch.slots[1]; t++) {
    const last = pieces.at(-1);
    const keys = slots[t]!.heights;
    const [least, most] = [Math.min(low, ...keys), Math.max(high, ...keys)];
    const newBar = t > 0 && barIndexAt(bars, slots[t]!.at) !== barIndexAt(bars, slots[t - 1]!.at);
    if (!last || newBar || most - least > WIDEST) {
      pieces.push({ stretch, slots: [t, t + 1] });
      [low, high] = [Math.min(999, ...keys), Math.max(-999, ...keys)];
    } else {
      last.slots[1] = t + 1;
      [low, high] = [least, most];
    }
  }
  return pieces;
}

/** A chord as the voices see it: tones within the octave, at most four. */
function sonorityOf({ chord, given }: ChordStretch, key: Key): Sonority {
  const tones = [...new Set(chord.intervals.map((tone) => tone % 12))].sort((a, b) => a - b);
  const kept = tones.length <= 4 ? tones : tones.filter((tone) => [0, 3, 4, 7, 9, 10, 11].includes(tone)).slice(0, 4);
  const bass = given && chord.bass !== undefined ? classOf(chord.bass) : undefined;
  return {
    root: classOf(chord.root),
    tones: kept,
    tonic: tonicClass(key),
    ...(bass !== undefined && { bass }),
  };
}

/** Other chords for a hold, likeliest first: five at the first round, then all. */
function otherChords(
  { slots, models }: Task,
  { chords, said }: FoundChords,
  holds: readonly Hold[],
  i: number,
  round: number,
): ChordChoice[] {
  const {
    stretch,
    slots: [from, to],
    key,
  } = holds[i]!;
  if (stretch.given) return [];
  const model = models(key);
  const { next } = model;
  const own = chords[from]!;
  const before = from > 0 && slots[from - 1]!.key === key ? chords[from - 1]! : own;
  const choices = model.chords.map((chord, c): ChordChoice => {
    let cost = 0;
    for (let t = from; t < to; t++) cost += said[t]![chords[t]!]! - said[t]![c]!;
    cost += next.logAfterOne[before * next.size + own]! - next.logAfterOne[before * next.size + c]!;
    return {
      sonority: sonorityOf({ ...stretch, chord: spellChord(chord, key) }, key),
      cost: Math.max(0.5, chord.degree === model.chords[own]!.degree ? cost / 2 : cost),
    };
  });
  const sorted = choices.filter((_, c) => c !== own).sort((a, b) => a.cost - b.cost);
  return sorted.slice(0, round === 1 ? 5 : round === 2 ? 15 : sorted.length);
}

/** The chord of a sonority, spelled, with the bass it was given; extensions that four voices cannot hold stay in the symbol. */
function chordOfSonority(sonority: Sonority, { stretch, key }: Hold, { bass }: Voicing): Chord {
  const { root, tones } = sonority;
  const first = sonorityOf(stretch, key);
  const asked = first.root === root && first.tones.join() === tones.join();
  const { root: name, intervals } = asked
    ? stretch.chord
    : spellChord({ degree: (root - tonicClass(key) + 12) % 12, intervals: tones }, key);
  const lowest = chordNotes({ root: name, intervals }).find((note) => classOf(note) === bass % 12);
  return chordOf(name, intervals, lowest ?? stretch.chord.bass);
}

/** Symbols of the chords as they sound; silent holds and rests keep what was there. */
function symbolsOf(stretches: readonly ChordStretch[], sung: readonly SungHold[]): ChordStretch[] {
  const begun = new Set(sung.map(({ hold }) => hold.at));
  const plain = stretches.filter(({ at }) => !begun.has(at));
  const sounding = sung.map(({ hold, chord }) => ({ ...hold.stretch, at: hold.at, to: hold.to, chord }));
  const all = [...plain, ...sounding].sort((a, b) => a.at - b.at);
  return all.filter(({ chord }, i) => i === 0 || JSON.stringify(chord) !== JSON.stringify(all[i - 1]!.chord));
}

const VOICES = [
  { id: 'alto', instrument: 'alto', en: 'Alto', zh: '女低音' },
  { id: 'tenor', instrument: 'tenor', en: 'Tenor', zh: '男高音' },
  { id: 'bass', instrument: 'bass-voice', en: 'Bass', zh: '男低音' },
] as const;

/** The melody with its three voices; other parts are left out. */
function withVoices({ score, part }: Task, sung: readonly SungHold[]): Score {
  const taken = part.id;
  const parts = VOICES.map(
    ({ id, instrument, en, zh }, v): Part => ({
      id: id === taken ? `${id}-2` : id,
      name: score.language?.startsWith('zh') ? zh : en,
      instrument,
      notes: sung.flatMap(({ hold, voicing, chord }): Note[] => {
        if (!voicing) return [];
        const key = [voicing.alto, voicing.tenor, voicing.bass][v]!;
        return [{ at: hold.at, length: hold.to - hold.at, pitch: pitchOf(key, chord, hold.key) }];
      }),
      ...(id === 'alto'
        ? {}
        : {
            marks: [
              { kind: 'clef' as const, at: 0, value: id === 'tenor' ? ('treble-8' as const) : ('bass' as const) },
            ],
          }),
    }),
  );
  return { ...score, parts: [part, ...parts] };
}

/** A MIDI key with the name the chord gives it. */
function pitchOf(midi: number, chord: Chord, key: Key): string {
  const names = [...chordNotes(chord), ...(chord.bass === undefined ? [] : [chord.bass])];
  const name = names.find((note) => classOf(note) === midi % 12);
  if (name === undefined) return spellMidi(midi, spellingCentre(key));
  return `${name}${Math.floor((midi - parseTonic(name).alter) / 12) - 1}`;
}
