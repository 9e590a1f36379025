/** Named measurements of a piece that people can read and taste can learn from. */
import type { InputWork, Measure } from '../../kernel/index.ts';
import { type CritiqueOptions, criticise } from './critic/index.ts';
import { beatLength, endOf, midiOf, type Part, parseScore, type Score } from './score/index.ts';
import { findKey } from './theory/index.ts';
import { tonesOfPart } from './words/index.ts';

/** Measures a work of the medium `music`. */
export function critiqueMusic({ document }: InputWork): Measure[] {
  const score = parseScore(document);
  const findings = criticise(score, { tones: tonesOfScore(score) });
  const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  const notes = score.parts.filter(({ percussion }) => !percussion).flatMap((part) => part.notes);
  const [first, second] = findKey(notes.map(({ pitch, length }) => ({ midi: midiOf(pitch), length })));
  return [
    measure('faults', count('fault'), 'broken rules of the style', '违规之处'),
    measure('warnings', count('warning'), 'places most would change', '值得修改之处'),
    measure('notes', notes.length, 'notes', '音符数'),
    measure('seconds', secondsOf(score), 'length in seconds', '时长（秒）'),
    ...melodyMeasures(score),
    measure('key-clarity', first && second ? first.score - second.score : 0, 'how clear the key is', '调性清晰度'),
  ];
}

/** Tones of every part that sings Chinese, for the critic. */
export function tonesOfScore(score: Score): NonNullable<CritiqueOptions['tones']> {
  return Object.fromEntries(
    score.parts.flatMap((part) => {
      const tones = tonesOfPart(part);
      return tones ? [[part.id, tones]] : [];
    }),
  );
}

/** Written length in seconds, repeats not counted. */
export function secondsOf(score: Score): number {
  const { tempos, ticksPerQuarter } = score;
  const end = endOf(score);
  return tempos.reduce((sum, { at, quarterBpm }, i) => {
    const until = Math.min(tempos[i + 1]?.at ?? end, end);
    return sum + (Math.max(0, until - at) / ticksPerQuarter) * (60 / quarterBpm);
  }, 0);
}

function melodyMeasures(score: Score): Measure[] {
  const melody: Part | undefined = score.parts.find(({ percussion, notes }) => !percussion && notes.length > 1);
  if (!melody) return [];
  const keys = melody.notes.map(({ pitch }) => midiOf(pitch));
  const steps = keys.slice(1).map((key, i) => Math.abs(key - keys[i]!));
  const beats = endOf(score) / beatLength(score.bars.at(-1)!.metre, score.ticksPerQuarter);
  return [
    measure(
      'range',
      keys.reduce((a, b) => Math.max(a, b)) - keys.reduce((a, b) => Math.min(a, b)),
      'range of the melody in semitones',
      '旋律音域（半音）',
    ),
    measure('density', melody.notes.length / beats, 'melody notes to a beat', '旋律每拍音数'),
    measure(
      'stepwise',
      steps.filter((step) => step > 0 && step <= 2).length / steps.length,
      'share of stepwise motion',
      '级进的比例',
    ),
  ];
}

function measure(name: string, value: number, en: string, zh: string): Measure {
  return { name, value, summary: { en, zh } };
}
