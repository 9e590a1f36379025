/**
 * All ways to put a chord into alto, tenor and bass under a stretch of melody, with what each costs by itself.
 *
 * Ruled out: notes beyond the ranges, crossing, upper neighbours more than an octave apart, a doubled leading note or seventh,
 * a missing root, third or seventh, a bass other than the one asked for. Wishes: root position where a phrase closes, no
 * six-four chord without reason, a fifth, doubled roots rather than thirds, voices in the middle of their range.
 */
import type { ChordChoice, Leniency, Sonority, VoicingEvent } from './event.ts';

/** Ranges as schools teach them, as MIDI keys: alto G3–D5, tenor C3–G4, bass E2–D4. */
const RANGES = [
  [55, 74],
  [48, 67],
  [40, 62],
] as const;
const SOPRANO_LOW = 60;
const CENTRES = [65, 58, 48] as const;

/** Voicings of one event, as columns. */
export interface VoicingTable {
  readonly alto: Int16Array;
  readonly tenor: Int16Array;
  readonly bass: Int16Array;
  readonly choice: Int16Array;
  readonly cost: Float64Array;
}

/** Costs of a voicing by itself. */
const COST = {
  noFifth: 0.8,
  doubledMajorThird: 1,
  doubledThird: 0.4,
  doubledFifth: 0.3,
  firstInversion: 1,
  diminishedRoot: 1.5,
  sixFour: 4,
  thirdInversion: 1.6,
  closeNotRoot: 3,
  finalNotRoot: 12,
  unison: 0.5,
  wideTenor: 0.4,
  tessitura: 0.012,
  incomplete: 6,
  spacing: 100,
  rub: 1.2,
} as const;

/** Every voicing of every choice of chord. */
export function voicingsOf(event: VoicingEvent, leniency: Leniency): VoicingTable {
  const rows: number[] = [];
  for (const [index, choice] of event.choices.entries()) addVoicings(rows, event, choice, index, leniency);
  return columnsOf(event.choices.length > 1 ? cheapest(rows) : rows);
}

/** Voicings of second-choice chords that are looked at. */
const MOST_OTHERS = 600;

/** All voicings of the first choice and the cheapest of the others. */
function cheapest(rows: readonly number[]): number[] {
  const all = Array.from({ length: rows.length / 5 }, (_, i) => rows.slice(5 * i, 5 * i + 5));
  const others = all.filter((row) => row[3]! > 0).sort((a, b) => a[4]! - b[4]!);
  return [...all.filter((row) => row[3] === 0), ...others.slice(0, MOST_OTHERS)].flat();
}

function columnsOf(rows: readonly number[]): VoicingTable {
  const count = rows.length / 5;
  const column = (n: number): Int16Array => Int16Array.from({ length: count }, (_, i) => rows[5 * i + n]!);
  const cost = Float64Array.from({ length: count }, (_, i) => rows[5 * i + 4]!);
  return { alto: column(0), tenor: column(1), bass: column(2), choice: column(3), cost };
}

function addVoicings(
  rows: number[],
  event: VoicingEvent,
  choice: ChordChoice,
  index: number,
  leniency: Leniency,
): void {
  const { sonority } = choice;
  const classes = sonority.tones.map((tone) => (sonority.root + tone) % 12);
  const low = Math.min(...event.melody);
  const high = Math.max(...event.melody);
  // Under a melody below the soprano's range the other voices go down with it.
  const wide = leniency > 0 ? Math.max(0, SOPRANO_LOW - low) : 0;
  const notes = RANGES.map(([from, to]) => keysOf(classes, from - wide, to));
  const basses = sonority.bass === undefined ? notes[2]! : keysOf([sonority.bass], RANGES[2][0] - wide, RANGES[2][1]);
  for (const alto of notes[0]!) {
    if (alto > low || (high - alto > 12 && leniency < 3)) continue;
    for (const tenor of notes[1]!) {
      if (tenor > alto || alto - tenor > 12) continue;
      for (const bass of basses) {
        if (bass > tenor) continue;
        const cost = costOf(event, sonority, [alto, tenor, bass], leniency);
        if (cost !== undefined)
          rows.push(alto, tenor, bass, index, choice.cost + cost + (high - alto > 12 ? COST.spacing : 0));
      }
    }
  }
}

function keysOf(classes: readonly number[], from: number, to: number): number[] {
  const keys: number[] = [];
  for (let key = from; key <= to; key++) if (classes.includes(key % 12)) keys.push(key);
  return keys;
}

/** Class of the leading note where the chord has the function of a dominant; −1 else. */
export function leadingOf({ root, tones, tonic }: Sonority): number {
  const above = (root - tonic + 12) % 12;
  if (above === 7 && tones.includes(4)) return (root + 4) % 12;
  if (above === 11) return root;
  // A dominant of another chord has a leading note of its own.
  return tones.includes(4) && tones.includes(10) ? (root + 4) % 12 : -1;
}

/** Class of the seventh; −1 for triads. */
export function seventhOf({ root, tones }: Sonority): number {
  const seventh = tones.find((tone) => tone === 10 || tone === 11) ?? (tones.join() === '0,3,6,9' ? 9 : undefined);
  return seventh === undefined ? -1 : (root + seventh) % 12;
}

/** What a voicing costs; undefined when it is ruled out. */
function costOf(
  event: VoicingEvent,
  sonority: Sonority,
  voices: readonly [number, number, number],
  leniency: Leniency,
): number | undefined {
  const [alto, tenor, bass] = voices;
  const { root, tones } = sonority;
  const count = (pitchClass: number): number =>
    (alto % 12 === pitchClass ? 1 : 0) + (tenor % 12 === pitchClass ? 1 : 0) + (bass % 12 === pitchClass ? 1 : 0);
  const sung = (pitchClass: number): boolean => event.melody.some((key) => key % 12 === pitchClass);
  const leading = leadingOf(sonority);
  const seventh = seventhOf(sonority);
  // Nor is the key's own leading note doubled where another chord has it: III+ and iii6 sound as dominants.
  const own = (sonority.tonic + 11) % 12;
  if (tones.some((tone) => (root + tone) % 12 === own) && count(own) + (sung(own) ? 1 : 0) > 1) return undefined;
  if (leading >= 0 && count(leading) + (sung(leading) ? 1 : 0) > 1) return undefined;
  if (seventh >= 0 && count(seventh) + (sung(seventh) ? 1 : 0) > 1) return undefined;
  let cost = placesOf(event, voices) + bassCost(event, sonority, (bass - root + 120) % 12);
  for (const tone of tones) {
    const pitchClass = (root + tone) % 12;
    const times = count(pitchClass) + (sung(pitchClass) ? 1 : 0);
    if (times === 0) {
      if (tone === 7 || tone === 8) cost += COST.noFifth;
      else if (leniency < 2) return undefined;
      else cost += COST.incomplete;
    } else if (times > 1) {
      if (tone === 4) cost += COST.doubledMajorThird;
      else if (tone === 3) cost += COST.doubledThird;
      else if (tone >= 6) cost += COST.doubledFifth;
    }
  }
  return cost;
}

function placesOf({ melody }: VoicingEvent, [alto, tenor, bass]: readonly [number, number, number]): number {
  const away = (key: number, voice: 0 | 1 | 2): number => (key - CENTRES[voice]) ** 2;
  let cost = COST.tessitura * (away(alto, 0) + away(tenor, 1) + 0.5 * away(bass, 2));
  if (tenor === alto || tenor === bass || melody.includes(alto)) cost += COST.unison;
  if (tenor - bass > 19) cost += COST.wideTenor;
  // A melody note a step above the alto rubs while it lasts.
  for (const key of melody) if (key - alto === 1) cost += COST.rub;
  return cost;
}

function bassCost({ closes, final }: VoicingEvent, { tones, bass }: Sonority, above: number): number {
  if (bass !== undefined || above === 0)
    return above === 0 && tones.includes(6) && tones.length === 3 ? COST.diminishedRoot : 0;
  const base =
    above === 3 || above === 4
      ? COST.firstInversion
      : above >= 6 && above <= 8 && tones.length === 3
        ? COST.sixFour
        : COST.thirdInversion;
  const inDiminished = tones.includes(6) && tones.length === 3 && above === 3 ? -COST.firstInversion : 0;
  return base + inDiminished + (final ? COST.finalNotRoot : closes ? COST.closeNotRoot : 0);
}
