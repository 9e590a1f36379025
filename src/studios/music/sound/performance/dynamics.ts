/**
 * How loud: marks and hairpins, shaped by phrase, metre and height.
 *
 * Rules of the KTH system (Friberg, Bresin and Sundberg, Overview of the KTH rule system for musical performance, 2006):
 * phrase arch, high loud, metrical accents; small numbers, since marks decide.
 */
import { type Mark, metricalWeight, midiOf, type Note, type Part, type Score } from '../../score/index.ts';
import { phrasesOf } from './clock.ts';

/** MIDI velocity of the marks. */
const VELOCITY: Readonly<Record<string, number>> = {
  pppp: 18,
  ppp: 28,
  pp: 40,
  p: 53,
  mp: 66,
  mf: 79,
  f: 94,
  ff: 108,
  fff: 118,
  ffff: 124,
  fp: 53,
};

/** Level of a part at a tick, as a velocity; `staff` counts where marks name one. */
export type Level = (tick: number, staff?: number) => number;

/** Marks and hairpins of a part as a curve; mf where nothing is written. */
export function levelOf(part: Part): Level {
  const steps = (part.marks ?? []).filter((mark) => mark.kind === 'dynamic' && VELOCITY[mark.value] !== undefined);
  const curves = new Map<number, Level>();
  const staffCurve = (staff: number): Level => {
    const known = curves.get(staff);
    if (known) return known;
    const own = steps.filter((mark) => mark.staff === undefined || mark.staff === staff);
    const made = curveOf(own, part, staff);
    curves.set(staff, made);
    return made;
  };
  return (tick, staff = 1) => staffCurve(staff)(tick);
}

function curveOf(marks: readonly Mark[], part: Part, staff: number): Level {
  const velocity = ({ value }: Mark): number => VELOCITY[value]!;
  const points: { at: number; value: number }[] = marks.map((mark) => ({ at: mark.at, value: velocity(mark) }));
  const stepAt = (tick: number): number => points.findLast(({ at }) => at <= tick)?.value ?? VELOCITY.mf!;
  const hairpins = (part.spans ?? [])
    .filter(
      (span) =>
        (span.kind === 'crescendo' || span.kind === 'diminuendo') &&
        (span.staff ?? staff) === staff &&
        span.to > span.from,
    )
    .map((span) => {
      const from = stepAt(span.from);
      const up = span.kind === 'crescendo';
      // Where the hairpin leads: the next mark when it goes the same way, else one step.
      const next = points.find(
        ({ at }) => at >= span.to - (span.to - span.from) * 0.25 && at <= span.to + (span.to - span.from),
      );
      const to =
        next && next.value > from === up && next.value !== from
          ? next.value
          : Math.max(20, Math.min(124, from + (up ? 16 : -16)));
      return { ...span, start: from, end: to, marked: next !== undefined };
    });
  for (const hairpin of hairpins) if (!hairpin.marked) points.push({ at: hairpin.to, value: hairpin.end });
  points.sort((a, b) => a.at - b.at);
  return (tick) => {
    const hairpin = hairpins.find(({ from, to }) => tick >= from && tick < to);
    if (!hairpin) return stepAt(tick);
    return hairpin.start + ((hairpin.end - hairpin.start) * (tick - hairpin.from)) / (hairpin.to - hairpin.from);
  };
}

/** What shape adds to a note's level: its place in phrase and bar, its height, its signs. */
export function shapeOf(score: Score, part: Part): (note: Note) => number {
  const phrases = phrasesOf(score);
  const heights = part.notes.map(({ pitch }) => midiOf(pitch));
  const middle = heights.reduce((sum, height) => sum + height, 0) / Math.max(1, heights.length);
  const sforzandi = new Set(
    (part.marks ?? []).filter(({ kind, value }) => kind === 'dynamic' && /^(sfz?|fp)$/.test(value)).map(({ at }) => at),
  );
  let place = 0;
  return (note) => {
    while (place + 1 < phrases.length && phrases[place + 1]!.from <= note.at) place++;
    while (place > 0 && phrases[place]!.from > note.at) place--;
    const { from, to } = phrases[place]!;
    const x = (note.at - from) / (to - from);
    const arch = 7 * (Math.sin(Math.PI * Math.min(1, x ** 0.8)) - 0.5);
    const weight = [-2, 1, 3, 5][metricalWeight(score, note.at)]!;
    const height = part.percussion ? 0 : Math.max(-5, Math.min(5, 0.3 * (midiOf(note.pitch) - middle)));
    return arch + weight + height + signs(note) + (sforzandi.has(note.at) ? 18 : 0);
  };
}

function signs({ articulations = [] }: Note): number {
  if (articulations.includes('marcato')) return 18;
  if (articulations.includes('accent')) return 13;
  return articulations.includes('tenuto') ? 3 : 0;
}
