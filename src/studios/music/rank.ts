/**
 * Ranking of candidates: numbers between 0 and 1 that a musician can argue with, and their sum.
 *
 *   key        does the key finder hear the key that was asked, and how far before every other?
 *   contour    one climax, in the second half, reached mostly by step
 *   unity      rhythms that come again, but not all of them
 *   close      the end is a closed cadence
 *   craft      what the critic holds against melody and harmony, the less the better; parts that double another are left out
 *   style      is it in the manner asked rather than in another? (½ where nothing is asked or the manner was never counted)
 *   mode       is its mode plain: the tones that tell it are there, phrases end at home
 *   variety    are there different tones enough? 0 for a drone, and then the sum is a third of what it was
 */
import { criticise, findCadences, isClosed } from './critic/index.ts';
import { endOf, isPentatonic, type Key, keyAt, midiOf, type Note, type Score, tonicClass } from './score/index.ts';
import { CHINESE_MODES, CHURCH_MODES, findKey, WESTERN_MODES } from './theory/index.ts';
import { isLeading, modeClarity, styledMelodyOf, styleEvidence, varietyOf } from './tunes/index.ts';

/** The numbers of one candidate. */
export interface Worth {
  readonly key: number;
  readonly contour: number;
  readonly unity: number;
  readonly close: number;
  readonly craft: number;
  readonly style: number;
  readonly mode: number;
  readonly variety: number;
  /** Weighted mean, 0–1. */
  readonly total: number;
}

const WEIGHTS = { key: 3, contour: 1, unity: 0.7, close: 1, craft: 1.3, style: 2, mode: 2.5, variety: 0.5 } as const;
/** What is left of the sum of a piece that is no tune. */
const DULL = 1 / 3;
/** A lead (of correlations) over the next key by which a key is beyond doubt. */
const SURE = 0.25;
/** A part of which so many notes sound with the same pitch class in an earlier part doubles it. */
const DOUBLED = 0.7;

/** Weighs the melody (the first voice of the first part) of a score and the score as a whole, in the manner that was asked, if one was. */
export function weigh(score: Score, style?: string): Worth {
  const notes = score.parts[0]!.notes.filter(isLeading);
  const melody = styledMelodyOf(score)!;
  const parts = {
    key: keyHeard(score, notes),
    contour: contourOf(notes, endOf(score)),
    unity: unityOf(score, notes),
    close: closes(score) ? 1 : 0,
    craft: craftOf(score),
    style: style === undefined ? 0.5 : styleEvidence(melody, style),
    mode: modeClarity(melody),
    variety: varietyOf(melody.notes),
  };
  const sum = Object.values(WEIGHTS).reduce((a, b) => a + b, 0);
  const total =
    Object.entries(WEIGHTS).reduce((all, [name, weight]) => all + weight * parts[name as keyof typeof WEIGHTS], 0) /
    sum;
  return { ...parts, total: parts.variety === 0 ? total * DULL : total };
}

/** The best first; equal ones keep their order. */
export function rank<T extends { readonly worth: Worth }>(candidates: readonly T[]): T[] {
  return candidates.toSorted((a, b) => b.worth.total - a.worth.total);
}

function keyHeard(score: Score, notes: readonly Note[]): number {
  const key = keyAt(score, 0);
  const modes = isPentatonic(key.mode) ? CHINESE_MODES : CHURCH_MODES.includes(key.mode) ? CHURCH_MODES : WESTERN_MODES;
  const ranked = findKey(
    notes.map(({ pitch, length }) => ({ midi: midiOf(pitch), length })),
    { modes },
  );
  const isOurs = (each: Key): boolean => tonicClass(each) === tonicClass(key) && (each.mode === key.mode || !told(key));
  const own = ranked.find((each) => isOurs(each.key))!;
  const rival = ranked.find((each) => !isOurs(each.key))!;
  return Math.min(1, Math.max(0, 0.5 + (own.score - rival.score) / (2 * SURE)));
}

/** Whether the finder tells this mode from the others on its tonic. */
function told({ mode }: Key): boolean {
  return isPentatonic(mode) || CHURCH_MODES.includes(mode);
}

function contourOf(notes: readonly Note[], end: number): number {
  const keys = notes.map(({ pitch }) => midiOf(pitch));
  const top = keys.reduce((a, b) => Math.max(a, b), 0);
  const peaks = notes.filter((_, i) => keys[i] === top);
  const first = peaks[0]!.at / end;
  const place = first > 0.3 && first < 0.9 ? 1 : 0.4;
  const single = 1 / Math.max(1, peaks.length - 1);
  const steps = keys.slice(1).map((key, i) => Math.abs(key - keys[i]!));
  const smooth = steps.filter((step) => step <= 4).length / Math.max(1, steps.length);
  return 0.4 * place + 0.25 * single + 0.35 * smooth;
}

/** Share of bars whose rhythm another bar has; best at about two thirds. */
function unityOf(score: Score, notes: readonly Note[]): number {
  const rhythms = score.bars.map((bar) =>
    notes
      .filter(({ at }) => at >= bar.at && at < bar.at + bar.length)
      .map(({ at, length }) => `${at - bar.at}:${length}`)
      .join(),
  );
  const again =
    rhythms.filter((rhythm, i) => rhythms.some((other, j) => j !== i && other === rhythm)).length / rhythms.length;
  return 1 - Math.min(1, Math.abs(again - 0.66) * 1.5);
}

function closes(score: Score): boolean {
  const last = findCadences(score).at(-1);
  return last !== undefined && isClosed(last);
}

function craftOf(score: Score): number {
  const findings = criticise(undoubled(score), { most: 50 });
  const held = findings.reduce(
    (sum, { severity }) =>
      sum + (severity === 'fault' ? 1 : severity === 'warning' ? 0.5 : severity === 'hint' ? 0.1 : 0),
    0,
  );
  return 1 / (1 + (4 * held) / score.bars.length);
}

/** The score without parts that double an earlier one: octaves between them are a colour, not a fault. */
export function undoubled(score: Score): Score {
  const sounding = new Set<string>();
  const parts = score.parts.filter(({ notes }) => {
    const names = notes.map(({ at, pitch }) => `${at} ${midiOf(pitch) % 12}`);
    const known = names.filter((name) => sounding.has(name)).length;
    for (const name of names) sounding.add(name);
    return notes.length === 0 || known < DOUBLED * notes.length;
  });
  return { ...score, parts };
}
