/**
 * Parallel and hidden fifths and octaves. Two lines that move to a new note at the same tick are compared with the notes
 * they leave; a rest of half a beat between the notes of a line breaks the motion. Lines that go in octaves more than
 * not double each other, which only a wish for strict part-writing forbids.
 */
import { beatLength, intervalBetween } from '../score/index.ts';
import type { Remark, Rule, Severity } from './finding.ts';
import type { Hearing, Line, LineNote } from './hearing.ts';

/** Two lines that change together. */
interface Motion {
  readonly at: number;
  readonly upper: Line;
  readonly lower: Line;
  readonly from: readonly [LineNote, LineNote];
  readonly to: readonly [LineNote, LineNote];
}

type Perfect = 'fifth' | 'octave';

const NAMES: Readonly<Record<Perfect, { en: string; zh: string }>> = {
  fifth: { en: 'fifths', zh: '五度' },
  octave: { en: 'octaves', zh: '八度' },
};

/** The perfect interval between two notes, any number of octaves apart; a unison counts as an octave. */
function perfectBetween(upper: LineNote, lower: LineNote): Perfect | undefined {
  const { steps, semitones } = intervalBetween(lower.pitch, upper.pitch);
  const within = ((steps % 7) + 7) % 7;
  const size = ((semitones % 12) + 12) % 12;
  if (size === 0 && within === 0) return 'octave';
  return size === 7 && within === 4 && semitones > 0 ? 'fifth' : undefined;
}

/** All moves in which both lines of a pair change pitch together. */
function* motionsOf(
  { lines, score, moments }: Hearing,
  pairs: readonly (readonly [number, number])[],
): Generator<Motion> {
  const gap = beatLength(score.bars[0]!.metre, score.ticksPerQuarter) / 2;
  const moved = (line: number, note: number): LineNote | undefined => {
    const before = lines[line]!.notes[note - 1];
    const now = lines[line]!.notes[note]!;
    return before && now.at - before.to < gap && before.midi !== now.midi ? before : undefined;
  };
  for (const { at, sounding } of moments()) {
    for (const [a, b] of pairs) {
      const [i, j] = [sounding[a]!, sounding[b]!];
      if (i < 1 || j < 1 || lines[a]!.notes[i]!.at !== at || lines[b]!.notes[j]!.at !== at) continue;
      const before = [moved(a, i), moved(b, j)] as const;
      if (!before[0] || !before[1] || Math.min(before[0].to, before[1].to) <= Math.max(before[0].at, before[1].at))
        continue;
      const to = [lines[a]!.notes[i]!, lines[b]!.notes[j]!] as const;
      yield { at, upper: lines[a]!, lower: lines[b]!, from: [before[0], before[1]], to };
    }
  }
}

function allPairs({ lines }: Hearing): [number, number][] {
  return lines.flatMap((_, a) => lines.slice(a + 1).map((_, i): [number, number] => [a, a + 1 + i]));
}

function outerPair({ lines }: Hearing): [number, number][] {
  return lines.length < 2 ? [] : [[0, lines.length - 1]];
}

const parallel = (wanted: Perfect): Rule['check'] =>
  function* (hearing) {
    const doubled = hearing.options.style !== 'strict' && wanted === 'octave' ? doublings(hearing) : undefined;
    // In free style figures fill the middle: melody and bass alone are heard as lines.
    const pairs = hearing.style === 'free' ? outerPair(hearing) : allPairs(hearing);
    for (const motion of motionsOf(hearing, pairs)) {
      const { from, to, upper, lower } = motion;
      if (perfectBetween(to[0], to[1]) !== wanted || perfectBetween(from[0], from[1]) !== wanted) continue;
      if (doubled?.has(pairName(upper, lower))) continue;
      const same = Math.sign(to[0].midi - from[0].midi) === Math.sign(to[1].midi - from[1].midi);
      const severity: Severity = hearing.style === 'free' ? 'hint' : same ? 'fault' : 'warning';
      yield parallelRemark(motion, wanted, same, severity);
    }
  };

function parallelRemark(
  { at, upper, lower, from, to }: Motion,
  kind: Perfect,
  same: boolean,
  severity: Severity,
): Remark {
  const { en, zh } = NAMES[kind];
  const notes = `${from[1].pitch}–${from[0].pitch} → ${to[1].pitch}–${to[0].pitch}`;
  return {
    severity,
    at,
    part: upper.part.id,
    other: lower.part.id,
    message: {
      en: `${upper.name} and ${lower.name} move in ${same ? 'parallel' : 'contrary'} ${en}: ${notes}.`,
      zh: `${upper.name} 与 ${lower.name} 形成${same ? '平行' : '反向'}${zh}：${notes}。`,
    },
    mend: {
      en: 'Move one of the two by step the other way, or give one the third of the chord.',
      zh: '让其中一声部反向级进，或改唱和弦三音。',
    },
  };
}

/** Pairs of lines that go in octaves more than not, as decorated doublings do: a colour, not a fault of part-writing. */
function doublings(hearing: Hearing): Set<string> {
  const moves = new Map<string, { octaves: number; all: number }>();
  for (const { upper, lower, from, to } of motionsOf(hearing, allPairs(hearing))) {
    const name = pairName(upper, lower);
    const count = moves.get(name) ?? { octaves: 0, all: 0 };
    moves.set(name, count);
    count.all += 1;
    if (perfectBetween(to[0], to[1]) === 'octave' && perfectBetween(from[0], from[1]) === 'octave') count.octaves += 1;
  }
  return new Set([...moves].filter(([, { octaves, all }]) => all >= 4 && octaves >= 0.5 * all).map(([name]) => name));
}

const hidden = (wanted: Perfect): Rule['check'] =>
  function* (hearing) {
    if (hearing.style === 'free') return;
    for (const { at, upper, lower, from, to } of motionsOf(hearing, outerPair(hearing))) {
      const leap = to[0].midi - from[0].midi;
      const similar = Math.sign(leap) === Math.sign(to[1].midi - from[1].midi);
      if (!similar || Math.abs(leap) <= 2 || perfectBetween(to[0], to[1]) !== wanted) continue;
      if (perfectBetween(from[0], from[1]) === wanted) continue;
      const { en, zh } = NAMES[wanted];
      yield {
        severity: 'warning',
        at,
        part: upper.part.id,
        other: lower.part.id,
        message: {
          en: `Hidden ${en} between the outer parts: both move the same way, ${upper.name} by leap, into ${to[1].pitch}–${to[0].pitch}.`,
          zh: `外声部隐伏${zh}：两声部同向，${upper.name} 跳进到 ${to[1].pitch}–${to[0].pitch}。`,
        },
        mend: {
          en: 'Let the upper part step into the interval, or move the bass the other way.',
          zh: '让上方声部级进进入，或让低音反向进行。',
        },
      };
    }
  };

/** Fifths and octaves that two lines keep or fall into. */
export const PARALLEL_RULES: readonly Rule[] = [
  {
    name: 'parallel-fifths',
    summary: { en: 'Two parts move from one perfect fifth to another.', zh: '两声部连续形成纯五度（平行五度）。' },
    check: parallel('fifth'),
  },
  {
    name: 'parallel-octaves',
    summary: {
      en: 'Two parts move from one octave or unison to another.',
      zh: '两声部连续形成八度或同度（平行八度）。',
    },
    check: parallel('octave'),
  },
  {
    name: 'hidden-fifths',
    summary: {
      en: 'The outer parts move the same way into a fifth, the upper by leap.',
      zh: '外声部同向进入五度且上声部跳进（隐伏五度）。',
    },
    check: hidden('fifth'),
  },
  {
    name: 'hidden-octaves',
    summary: {
      en: 'The outer parts move the same way into an octave, the upper by leap.',
      zh: '外声部同向进入八度且上声部跳进（隐伏八度）。',
    },
    check: hidden('octave'),
  },
];

function pairName(upper: Line, lower: Line): string {
  return `${upper.part.id}/${upper.name} ${lower.part.id}/${lower.name}`;
}
