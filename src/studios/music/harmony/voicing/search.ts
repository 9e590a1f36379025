/**
 * The cheapest way for three voices under a melody, found exactly over all voicings of all events (dynamic programming).
 *
 *   event 1        event 2        event 3
 *   voicings ────▶ voicings ────▶ voicings        every pair that the rules allow is a step with its cost
 *        ╲ rest ╱       ╲ rest ╱                  a rest of the lower voices is always possible, and very dear
 *
 * Where the best way has a rest, the events about it are given other chords to choose from, and if that does not help they may
 * be incomplete; so there is always an answer, and it breaks no rule of motion.
 */
import type { ChordChoice, Leniency, Voicing, VoicingEvent } from './event.ts';
import { FORBIDDEN, moveCost, outerOf, type Step, stepBetween } from './moves.ts';
import { type VoicingTable, voicingsOf } from './voicings.ts';

/** Cost of a rest: more than any step. */
const REST = 500;

export interface FoundVoicings {
  /** By event; undefined where the lower voices rest. */
  readonly voicings: readonly (Voicing | undefined)[];
  /** Events with the choices that were open in the end. */
  readonly events: readonly VoicingEvent[];
  readonly cost: number;
  /** Steps that were compared. */
  readonly steps: number;
}

/** Rounds in which events in trouble are given more chords, then less to keep. */
const ROUNDS = [0, 1, 2, 2, 3] as const;
/** Rounds in which no voice is more than an octave from its upper neighbour. */
const CLOSE_ROUNDS = 4;

/**
 * Finds the voicings. `others` gives further chords for an event: more of them at each round, 1 and up. `close`: the rounds end
 * before voices may stand more than an octave apart, and events that are still in trouble rest.
 */
export function findVoicings(
  events: readonly VoicingEvent[],
  others: (event: number, round: number) => readonly ChordChoice[],
  { close = false }: { readonly close?: boolean } = {},
): FoundVoicings {
  const current = [...events];
  const leniency: Leniency[] = events.map(() => 0);
  let found = search(current, leniency);
  let steps = found.steps;
  for (let round = 1; round <= (close ? CLOSE_ROUNDS : ROUNDS.length); round++) {
    const troubled = found.voicings.flatMap((voicing, i) => (voicing ? [] : [i]));
    if (troubled.length === 0) break;
    for (const i of new Set(troubled.flatMap((i) => [i - 1, i, i + 1]))) {
      if (!current[i]) continue;
      current[i] = { ...events[i]!, choices: [...events[i]!.choices, ...others(i, round)] };
      leniency[i] = Math.max(leniency[i]!, ROUNDS[round - 1]!) as Leniency;
    }
    found = search(current, leniency);
    steps += found.steps;
  }
  return { ...found, events: current, steps };
}

function search(events: readonly VoicingEvent[], leniency: readonly Leniency[]): Omit<FoundVoicings, 'events'> {
  const tables = events.map((event, i) => voicingsOf(event, leniency[i]!));
  // The last place of every row is the rest.
  let values = restRow(tables[0]!);
  const back: Int32Array[] = [new Int32Array(values.length)];
  let steps = 0;
  for (let i = 1; i < events.length; i++) {
    const found = advance(events[i - 1]!, tables[i - 1]!, values, events[i]!, tables[i]!);
    values = found.values;
    back.push(found.back);
    steps += found.steps;
  }
  let state = values.indexOf(Math.min(...values));
  const cost = values[state]!;
  const voicings: (Voicing | undefined)[] = [];
  for (let i = events.length - 1; i >= 0; i--) {
    const { alto, tenor, bass, choice } = tables[i]!;
    voicings.push(
      state < alto.length
        ? { alto: alto[state]!, tenor: tenor[state]!, bass: bass[state]!, choice: choice[state]! }
        : undefined,
    );
    state = back[i]![state]!;
  }
  return { voicings: voicings.reverse(), cost, steps };
}

function restRow({ cost }: VoicingTable): Float64Array<ArrayBuffer> {
  const row = new Float64Array(cost.length + 1);
  row.set(cost);
  row[cost.length] = REST;
  return row;
}

/** All steps from one event to the next. */
function advance(
  before: VoicingEvent,
  from: VoicingTable,
  values: Float64Array,
  event: VoicingEvent,
  to: VoicingTable,
): { values: Float64Array<ArrayBuffer>; back: Int32Array; steps: number } {
  const outer = outerOf(event);
  const asked = event.choices.map(({ sonority }) =>
    before.choices.map((choice) => stepBetween(choice.sonority, sonority)),
  );
  const next = restRow(to);
  const back = new Int32Array(next.length);
  const rest = values.length - 1;
  // Cheapest first: no step is negative, so the look-back ends where the values alone are too dear.
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const cheapest = order[0]!;
  let compared = 0;
  for (let j = 0; j < to.cost.length; j++) {
    const steps = asked[to.choice[j]!]!;
    const [a2, t2, b2] = [to.alto[j]!, to.tenor[j]!, to.bass[j]!];
    let best = values[rest]!;
    let origin = rest;
    for (const i of order) {
      if (values[i]! >= best) break;
      if (i === rest) continue;
      compared += 1;
      const step: Step = steps[from.choice[i]!]!;
      const value = values[i]! + moveCost(step, outer, from.alto[i]!, from.tenor[i]!, from.bass[i]!, a2, t2, b2);
      if (value < best && value < FORBIDDEN) {
        best = value;
        origin = i;
      }
    }
    next[j]! += best;
    back[j] = origin;
  }
  next[next.length - 1]! += values[cheapest]!;
  back[next.length - 1] = cheapest;
  return { values: next, back, steps: compared };
}
