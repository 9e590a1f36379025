/** Pedals, and the swelling of held notes under hairpins. */

import type { Instrument } from '../../instruments/index.ts';
import type { Part, Score } from '../../score/index.ts';
import type { Level } from './dynamics.ts';
import type { PerformedControl } from './performance.ts';

/** Instruments with a pedal that a player uses without being told. */
const PEDALLED = new Set(['piano', 'electric-piano', 'vibraphone', 'celesta']);

/** Pedal as written; where none is, changed with every chord symbol. */
export function pedalsOf(
  score: Score,
  part: Part,
  instrument: Instrument | undefined,
  clock: (tick: number) => number,
): PerformedControl[] {
  const written = (part.spans ?? []).filter(({ kind }) => kind === 'pedal').map(({ from, to }) => [from, to] as const);
  const spans = written.length || !instrument || !PEDALLED.has(instrument.id) ? written : chordSpans(score);
  return spans.flatMap(([from, to]) => {
    // Taken just after the stroke and let go just after the next, so that nothing is cut off.
    const [down, up] = [clock(from) + 0.05, clock(to) + 0.02];
    if (up <= down) return [];
    return [
      { at: down, control: 'pedal' as const, value: 127 },
      { at: up, control: 'pedal' as const, value: 0 },
    ];
  });
}

function chordSpans({ chords, bars }: Score): (readonly [number, number])[] {
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  return chords.map(({ at }, i) => [at, chords[i + 1]?.at ?? end] as const);
}

/** Under hairpins, what must be taken from the strength at which held notes began; every 40 ms. */
export function expressionOf(
  part: Part,
  instrument: Instrument | undefined,
  level: Level,
  clock: (tick: number) => number,
): PerformedControl[] {
  const hairpins = (part.spans ?? []).filter(({ kind }) => kind === 'crescendo' || kind === 'diminuendo');
  if (!instrument?.holds || hairpins.length === 0) return [];
  const controls: PerformedControl[] = [];
  for (const note of part.notes) {
    const end = note.at + note.length;
    const swelling = hairpins.some(({ from, to }) => from < end && to > note.at);
    const full = Math.max(
      level(note.at, note.staff),
      level(end - note.length * 0.02, note.staff),
      level(note.at + note.length / 2, note.staff),
    );
    const [from, to] = [clock(note.at), clock(end)];
    const steps = swelling ? Math.min(500, Math.ceil((to - from) / 0.04)) : 1;
    for (let i = 0; i < steps; i++) {
      const now = level(note.at + (note.length * i) / steps, note.staff);
      const value = swelling ? Math.round(Math.max(1, Math.min(127, (127 * now) / full))) : 127;
      const at = Math.max(0, from - 0.004 + ((to - from) * i) / steps);
      if (controls.at(-1)?.value !== value) controls.push({ at, control: 'expression', value });
    }
  }
  return controls;
}
