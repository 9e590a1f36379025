/** The rhythm of a piece: onsets and lengths of its melody. */
import { refusal } from '../refusal.ts';
import { hasPickup, metreLength, type Score } from '../score/index.ts';
import { melodyOf, melodyPartOf } from '../theory/index.ts';
import { MOST_RHYTHM_NOTES, RHYTHM_GRID, type Rhythm, type RhythmNote } from './rhythm.ts';

/**
 * The rhythm of a score's melody on the grid; notes that are nearer than its steps fall together. A pickup keeps its place before
 * the first downbeat. Throws `music/no-melody`.
 */
export function rhythmOfScore(score: Score): Rhythm {
  const scale = RHYTHM_GRID / score.ticksPerQuarter;
  const first = score.bars[0]!;
  const missing = hasPickup(score) ? metreLength(first.metre, RHYTHM_GRID) - first.length * scale : 0;
  const part = melodyPartOf(score);
  const melody = (part ? melodyOf(part) : []).map(({ at, length }) => ({
    at: Math.round(at * scale + missing),
    to: Math.round((at + length) * scale + missing),
  }));
  const notes: RhythmNote[] = [];
  for (const [i, { at, to }] of melody.entries()) {
    const end = Math.min(to, melody[i + 1]?.at ?? to);
    if (end > at && notes.length < MOST_RHYTHM_NOTES) notes.push({ at, length: end - at });
  }
  if (notes.length === 0) throw noMelody();
  const last = score.bars.at(-1)!;
  return {
    notes,
    length: Math.round((last.at + last.length) * scale + missing),
    metre: first.metre,
    quarterBpm: score.tempos[0]!.quarterBpm,
  };
}

function noMelody(): Error {
  return refusal(
    'input',
    'music/no-melody',
    { en: 'There is no melody whose rhythm could be taken.', zh: '没有可取节奏的旋律。' },
    { en: 'Give a piece with notes in a pitched part.', zh: '请给出含有旋律声部的乐曲。' },
  );
}
