/** Where the lines of strict part-writing stand to each other: crossing, overlap, spacing. */
import type { Remark, Rule } from './finding.ts';
import type { Hearing, Line, LineNote } from './hearing.ts';

/** A moment of two neighbouring lines. */
interface Neighbours {
  readonly at: number;
  readonly upper: Line;
  readonly lower: Line;
  readonly notes: readonly [LineNote, LineNote];
  readonly before: readonly [LineNote | undefined, LineNote | undefined];
  /** They are the two lowest lines. */
  readonly lowest: boolean;
}

function* neighboursOf({ lines, moments }: Hearing): Generator<Neighbours> {
  for (const { at, sounding } of moments()) {
    for (let a = 0; a + 1 < lines.length; a++) {
      const [i, j] = [sounding[a]!, sounding[a + 1]!];
      if (i < 0 || j < 0) continue;
      const [upper, lower] = [lines[a]!, lines[a + 1]!];
      const notes = [upper.notes[i]!, lower.notes[j]!] as const;
      if (notes[0].at !== at && notes[1].at !== at) continue;
      yield {
        at,
        upper,
        lower,
        notes,
        before: [upper.notes[i - 1], lower.notes[j - 1]],
        lowest: a + 2 === lines.length,
      };
    }
  }
}

/** A rule that looks at neighbouring lines of strict writing and speaks once per stretch in which `isWrong` holds. */
const once = (isWrong: (pair: Neighbours) => boolean, say: (pair: Neighbours) => Remark): Rule['check'] =>
  function* (hearing) {
    if (hearing.style === 'free') return;
    const wrong = new Set<Line>();
    for (const pair of neighboursOf(hearing)) {
      if (!isWrong(pair)) wrong.delete(pair.upper);
      else if (!wrong.has(pair.upper)) {
        wrong.add(pair.upper);
        yield say(pair);
      }
    }
  };

const pairOf = ({ at, upper, lower }: Neighbours): Pick<Remark, 'at' | 'part' | 'other'> => ({
  at,
  part: upper.part.id,
  other: lower.part.id,
});

const crossing = once(
  ({ notes: [high, low] }) => high.midi < low.midi,
  (pair) => ({
    ...pairOf(pair),
    severity: 'fault',
    message: {
      en: `${pair.upper.name} (${pair.notes[0].pitch}) goes below ${pair.lower.name} (${pair.notes[1].pitch}).`,
      zh: `${pair.upper.name}（${pair.notes[0].pitch}）低于 ${pair.lower.name}（${pair.notes[1].pitch}），声部交叉。`,
    },
    mend: { en: 'Exchange the two notes, or move one by an octave.', zh: '互换两音，或将其中一音移八度。' },
  }),
);

const overlaps = ({ notes: [high, low], before: [highBefore, lowBefore] }: Neighbours): boolean =>
  high.midi >= low.midi &&
  ((lowBefore !== undefined && lowBefore.to === high.at && high.midi < lowBefore.midi) ||
    (highBefore !== undefined && highBefore.to === low.at && low.midi > highBefore.midi));

const overlap = once(overlaps, (pair) => ({
  ...pairOf(pair),
  severity: 'warning',
  message: {
    en: `${pair.upper.name} and ${pair.lower.name} overlap: one moves past where the other just was (${pair.notes[1].pitch}–${pair.notes[0].pitch}).`,
    zh: `${pair.upper.name} 与 ${pair.lower.name} 声部超越：一声部越过另一声部刚才的音（${pair.notes[1].pitch}–${pair.notes[0].pitch}）。`,
  },
  mend: { en: 'Keep common notes and move the other parts by step.', zh: '保持共同音，其余声部级进。' },
}));

const spacing = once(
  ({ notes: [high, low], lowest }) => high.midi - low.midi > (lowest ? 24 : 12),
  (pair) => ({
    ...pairOf(pair),
    severity: pair.lowest ? 'hint' : 'fault',
    message: {
      en: `${pair.upper.name} and ${pair.lower.name} are more than ${pair.lowest ? 'two octaves' : 'an octave'} apart (${pair.notes[1].pitch}–${pair.notes[0].pitch}).`,
      zh: `${pair.upper.name} 与 ${pair.lower.name} 相距超过${pair.lowest ? '两个' : '一个'}八度（${pair.notes[1].pitch}–${pair.notes[0].pitch}）。`,
    },
    mend: { en: 'Bring the inner part closer to its neighbour.', zh: '把内声部移近相邻声部。' },
  }),
);

/** Order and distance of the lines. */
export const PLACE_RULES: readonly Rule[] = [
  {
    name: 'voice-crossing',
    summary: { en: 'A part goes below the one under it.', zh: '上方声部低于下方声部（声部交叉）。' },
    check: crossing,
  },
  {
    name: 'voice-overlap',
    summary: {
      en: 'A part moves past the note its neighbour has just left.',
      zh: '声部越过相邻声部刚离开的音（声部超越）。',
    },
    check: overlap,
  },
  {
    name: 'spacing',
    summary: {
      en: 'Upper parts stay within an octave of each other, the bass within two.',
      zh: '上方相邻声部不超过八度，低音与次低声部不超过两个八度。',
    },
    check: spacing,
  },
];
