/** The tones that a melody may use at a tick: those of the key, and those that the chord there brings in. */
import {
  type Key,
  keyAt,
  parsePitch,
  type Score,
  scaleDegrees,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';
import { type Chord, chordNotes, classOf, isNoChord, parseChord } from '../theory/index.ts';

/** Bars and chords: the ground that a line is written on. */
export type Ground = Pick<Score, 'bars' | 'chords' | 'ticksPerQuarter'>;

export interface Tones {
  /** Pitch classes with their names without octave. */
  readonly names: ReadonlyMap<number, string>;
  /** Pitch classes of the chord; undefined where there is none, or none that can be read. */
  readonly chord: ReadonlySet<number> | undefined;
}

/** Tones at a tick. A chord tone outside the key takes the place of the key's tone of that letter: under E major, A minor has G#. */
export function tonesAt(ground: Ground, tick: number): Tones {
  const key = keyAt(ground, tick);
  const scale = scaleNames(key);
  const chord = chordAt(ground, tick);
  if (!chord) return { names: scale, chord: undefined };
  const own = new Map(chordNotes(chord).map((name) => [classOf(name), name]));
  const foreign = new Set([...own].filter(([each]) => !scale.has(each)).map(([, name]) => name[0]));
  const kept = [...scale].filter(([each, name]) => own.has(each) || !foreign.has(name[0]));
  return { names: new Map([...kept, ...own]), chord: new Set(own.keys()) };
}

/** The pitch of a MIDI key as the tones spell it. */
export function spellTone({ names }: Tones, midi: number, key: Key): string {
  const name = names.get(((midi % 12) + 12) % 12);
  if (name === undefined) return spellMidi(midi, spellingCentre(key));
  const { alter } = parsePitch(`${name}4`);
  return `${name}${Math.floor((midi - alter) / 12) - 1}`;
}

function scaleNames(key: Key): Map<number, string> {
  const home = tonicClass(key);
  const centre = spellingCentre(key);
  return new Map(
    scaleDegrees(key.mode).map((degree) => {
      const name = spellMidi(60 + ((home + degree) % 12), centre).replace(/-?\d+$/, '');
      return [(home + degree) % 12, name];
    }),
  );
}

function chordAt({ chords }: Ground, tick: number): Chord | undefined {
  const symbol = chords.findLast(({ at }) => at <= tick)?.symbol;
  if (symbol === undefined || isNoChord(symbol)) return undefined;
  try {
    return parseChord(symbol);
  } catch {
    // A symbol that cannot be read binds nothing; the critic names it.
    return undefined;
  }
}
