/**
 * From score to performance: what players do with what is written.
 *
 *   score ─▶ unfolded ─▶ clock (when) ─┐
 *                  └──▶ level + shape (how strong) ─┴▶ strokes of each note ─▶ articulation ─▶ small human errors
 *
 * All freedom comes from the seed. Timing errors are a few milliseconds, larger in slow music; sources: Goebl, Melody lead in
 * piano performance (2001); Friberg, Bresin and Sundberg (2006).
 */
import { createRandom, type Random } from '../../../../core/index.ts';
import { findInstrument, type Instrument } from '../../instruments/index.ts';
import { keyAt, midiOf, type Note, type Part, type Score, unfoldScore } from '../../score/index.ts';
import { type ClockOptions, clockOf } from './clock.ts';
import { expressionOf, pedalsOf } from './controls.ts';
import { levelOf, shapeOf } from './dynamics.ts';
import { glissandiOf } from './glissando.ts';
import { strokesOf } from './ornaments.ts';
import type { PartPerformance, Performance, PerformedNote } from './performance.ts';

export interface PerformOptions extends ClockOptions {
  /** Default 'performance'. */
  readonly seed?: string | number;
}

/** Plays a score; the same seed plays it the same way. */
export function perform(score: Score, { seed = 'performance', freedom = 0.5 }: PerformOptions = {}): Performance {
  const flat = unfoldScore(score);
  const clock = clockOf(flat, { freedom });
  const random = createRandom(`perform/${seed}`);
  const parts = flat.parts.map((part) => performPart(flat, part, { clock, freedom, random: random.fork(part.id) }));
  const seconds = Math.max(0, ...parts.flatMap(({ notes }) => notes.map(({ at, length }) => at + length)));
  const { a4 = 440, cents = Array(12).fill(0) } = flat.tuning ?? {};
  return { seconds, parts, tune: 1200 * Math.log2(a4 / 440), classCents: cents };
}

interface Player {
  readonly clock: (tick: number) => number;
  readonly freedom: number;
  readonly random: Random;
}

function performPart(score: Score, part: Part, player: Player): PartPerformance {
  const instrument = findInstrument(part.instrument);
  const percussion = part.percussion ?? instrument?.percussion ?? false;
  const level = levelOf(part);
  const shape = shapeOf(score, part);
  const slurred = slursOf(part);
  const spread = chordSpread(part, player);
  const slides = glissandiOf(score, part, instrument, player.clock);
  const notes: PerformedNote[] = [];
  for (const note of part.notes) {
    const from = player.clock(note.at);
    const written = player.clock(note.at + note.length) - from;
    const sounding = Math.max(0.03, written * articulated(note, slurred(note), instrument));
    const loudest = instrument?.holds ? loudestIn(level, note) : level(note.at, note.staff);
    const velocity = note.velocity ?? loudest + shape(note);
    const offset = spread(note) + (0.003 + 0.004 * player.freedom) * player.random.normal();
    const human = 2.2 * player.random.normal();
    for (const stroke of strokesOf(note, keyAt(score, note.at), sounding)) {
      notes.push({
        at: Math.max(0, from + offset + stroke.from),
        length: Math.max(0.02, stroke.length),
        key: Math.max(0, Math.min(127, stroke.key + (note.articulations?.includes('harmonic') ? 12 : 0))),
        velocity: clampVelocity(velocity + human + stroke.louder),
        ...(stroke.bends || slides.bends.has(note) ? { bends: stroke.bends ?? slides.bends.get(note)! } : {}),
        ...(isPlucked(note) ? { technique: 'pizzicato' as const } : {}),
      });
    }
  }
  notes.push(
    ...slides.notes.map((note) => ({ ...note, velocity: clampVelocity(level(note.tick) - 8) })).map(withoutTick),
  );
  notes.sort((a, b) => a.at - b.at || a.key - b.key);
  const controls = [
    ...pedalsOf(score, part, instrument, player.clock),
    ...expressionOf(part, instrument, level, player.clock),
  ];
  controls.sort((a, b) => a.at - b.at);
  return { part: part.id, instrument: part.instrument, percussion, notes, controls };
}

function withoutTick({ tick: _, ...note }: PerformedNote & { tick: number }): PerformedNote {
  return note;
}

function clampVelocity(value: number): number {
  return Math.round(Math.max(1, Math.min(127, value)));
}

function isPlucked({ articulations = [] }: Note): boolean {
  return articulations.includes('pizzicato') || articulations.includes('snap-pizzicato');
}

/** Strength is fixed at the onset and expression can only take away, so a note begins at the most it will need. */
function loudestIn(level: (tick: number, staff?: number) => number, { at, length, staff }: Note): number {
  return Math.max(level(at, staff), level(at + length * 0.5, staff), level(at + length * 0.98, staff));
}

/** Part of its written length that a note sounds. */
function articulated({ articulations = [] }: Note, inSlur: boolean, instrument: Instrument | undefined): number {
  if (articulations.includes('staccatissimo')) return 0.28;
  if (articulations.includes('staccato')) return inSlur ? 0.7 : 0.5;
  if (articulations.includes('marcato')) return 0.85;
  if (inSlur) return 1.03;
  if (articulations.includes('tenuto') || articulations.includes('fermata')) return 1;
  return instrument?.holds ? 0.93 : 0.97;
}

/** Whether a note lies under a slur and is not its last. */
function slursOf(part: Part): (note: Note) => boolean {
  const slurs = (part.spans ?? []).filter(({ kind }) => kind === 'slur').sort((a, b) => a.from - b.from);
  let place = 0;
  return ({ at, voice = 1 }) => {
    while (place < slurs.length && slurs[place]!.to <= at) place++;
    return slurs
      .slice(place, place + 8)
      .some((slur) => at >= slur.from && at < slur.to && (slur.voice ?? voice) === voice);
  };
}

/** Seconds by which chord notes follow each other: the top a little first, or broken upwards when written. */
function chordSpread(part: Part, { freedom }: Player): (note: Note) => number {
  const chords = new Map<number, Note[]>();
  for (const note of part.notes) chords.set(note.at, [...(chords.get(note.at) ?? []), note]);
  return (note) => {
    const chord = chords.get(note.at)!;
    if (chord.length === 1 || part.percussion) return 0;
    const below = chord.filter(({ pitch }) => midiOf(pitch) < midiOf(note.pitch)).length;
    if (chord.some(({ articulations }) => articulations?.includes('arpeggio'))) return 0.035 * below;
    return (chord.length - 1 - below) * 0.004 * freedom * 2;
  };
}
