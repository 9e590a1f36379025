/**
 * Between two tunes: a melody that is so far on the way from one to the other.
 *
 * Both are brought to the first one's key and register and laid bar against bar (the shorter one comes round again). Each bar takes its
 * rhythm from the one or the other, the share growing with the way; heights are mixed and then set on the nearest tone of
 * the key. At 0 it is the first tune, at 1 the second (in the first one's key and metre). Chords would fit neither: they are
 * left out, and so is what accompanies.
 */
import { createRandom } from '../../../core/index.ts';
import { refusal } from '../refusal.ts';
import { commonResolution, keyAt, midiOf, type Note, rescale, type Score } from '../score/index.ts';
import { intervalOfSemitones, tonicDistance, transpose } from '../transform/index.ts';
import { isLeading } from '../tunes/index.ts';
import { nearestInKey, soundingAt, spellAt } from './grid.ts';

/** Interpolates; `way` from 0 to 1. Throws `music/different-metres`. */
export function interpolate(from: Score, to: Score, { way, seed }: { way: number; seed: string | number }): Score {
  const resolution = commonResolution(from.ticksPerQuarter, to.ticksPerQuarter);
  const a = rescale(melodyAlone(from), resolution);
  const b = rescale(inRegisterOf(inKeyOf(melodyAlone(to), from), a), resolution);
  refuseOtherMetre(a, b);
  const random = createRandom(`interpolate/${seed}`);
  // One number for each bar, so that a bar that has gone over stays so as the way grows.
  const turns = a.bars.map(() => random.next());
  const source = b.parts[0]!.notes;
  const notes = a.bars.flatMap((bar, i): Note[] => {
    const other = b.bars[i % b.bars.length]!;
    const length = Math.min(bar.length, other.length);
    const theirs = source
      .filter(({ at }) => at >= other.at && at < other.at + length)
      .map((note) => ({ ...note, at: note.at - other.at + bar.at }));
    const ours = a.parts[0]!.notes.filter(({ at }) => at >= bar.at && at < bar.at + bar.length);
    const rhythm = turns[i]! < way ? theirs : ours;
    return rhythm.map(({ lyrics: _, ...note }) => {
      const mine = soundingAt(a.parts[0]!.notes, note.at);
      const yours = soundingAt(source, note.at - bar.at + other.at);
      const height = (mine ?? yours!) * (1 - way) + (yours ?? mine!) * way;
      const key = keyAt(a, bar.at);
      const cut = Math.min(note.length, bar.at + bar.length - note.at);
      return { ...note, length: cut, pitch: way === 0 ? note.pitch : spellAt(a, note.at, nearestInKey(key, height)) };
    });
  });
  const { title: first } = from;
  return {
    ...a,
    title: `${first} → ${to.title}`,
    chords: way === 0 ? a.chords : [],
    parts: [{ ...a.parts[0]!, notes }],
  };
}

/** The leading voice of the first part: the other hand of a keyboard is no tune. */
function melodyAlone(score: Score): Score {
  const [part] = score.parts;
  if (!part) return score;
  const { staves: _, ...single } = part;
  return { ...score, parts: [{ ...single, notes: part.notes.filter(isLeading) }] };
}

function inKeyOf(score: Score, other: Score): Score {
  const key = keyAt(score, 0);
  return transpose(score, intervalOfSemitones(tonicDistance(key, keyAt(other, 0)), key));
}

/** By whole octaves, so that halfway between two tonics is a tonic. */
function inRegisterOf(score: Score, other: Score): Score {
  const middle = ({ parts }: Score): number | undefined => {
    const { notes } = parts[0]!;
    return notes.length > 0 ? notes.reduce((sum, { pitch }) => sum + midiOf(pitch), 0) / notes.length : undefined;
  };
  const [here, there] = [middle(score), middle(other)];
  const octaves = here === undefined || there === undefined ? 0 : Math.round((there - here) / 12);
  return octaves === 0 ? score : transpose(score, { steps: 7 * octaves, semitones: 12 * octaves });
}

function refuseOtherMetre(a: Score, b: Score): void {
  const metre = ({ bars }: Score): string => bars.at(-1)!.metre.join('/');
  if (metre(a) === metre(b)) return;
  throw refusal(
    'input',
    'music/different-metres',
    { en: `The tunes are in ${metre(a)} and ${metre(b)}.`, zh: `两首曲子的拍号分别是 ${metre(a)} 和 ${metre(b)}。` },
    { en: 'Choose two tunes of one metre.', zh: '请选择拍号相同的两首。' },
  );
}
