/**
 * Going on from a melody without a model: its last bars are taken up again and developed (mirrored, reversed, in sequence),
 * and the new end comes home to the tonic.
 */
import { endOf, keyAt, metreLength, midiOf, type Note, type Score, tonicClass } from '../score/index.ts';
import { spellAt } from './grid.ts';
import { vary } from './vary.ts';

/** Adds `bars` bars to the first part of a score; other parts rest, chords of the bars taken up come again. Same seed, same bars. */
export function continueByRules(score: Score, bars: number, seed: string | number): Score {
  const taken = takeUp(score, bars);
  const developed = vary(taken, 'develop', { seed, amount: 0.7 });
  const turned = vary(developed, 'echo', { seed, amount: 0.5 });
  const added = close(turned);
  const from = endOf(score);
  const { line: _, ...last } = score.bars.at(-1)!;
  const [melody, ...others] = score.parts;
  const moved = added.parts[0]!.notes.map((note) => ({ ...note, at: note.at + from }));
  return {
    ...score,
    bars: [...score.bars.slice(0, -1), last, ...added.bars.map((bar) => ({ ...bar, at: bar.at + from }))],
    chords: [...score.chords, ...added.chords.map((chord) => ({ ...chord, at: chord.at + from }))],
    parts: [{ ...melody!, notes: [...melody!.notes, ...moved] }, ...others],
  };
}

/** The last full bars of a score as a piece of its own, repeated until there are enough. */
function takeUp({ bars: all, chords, parts, ...score }: Score, count: number): Score {
  const resolution = score.ticksPerQuarter;
  const full = all.filter(({ length, metre }) => length === metreLength(metre, resolution));
  const source = (full.length > 0 ? full : all).slice(-count);
  const bars: Score['bars'] = [];
  const notes: Note[] = [];
  const symbols: Score['chords'] = [];
  for (let i = 0; i < count; i++) {
    const { at, length, metre, key } = source[i % source.length]!;
    const start = (bars.at(-1)?.at ?? 0) + (bars.at(-1)?.length ?? 0);
    bars.push({ at: start, length, metre, key });
    const inside = (tick: number): boolean => tick >= at && tick < at + length;
    for (const { lyrics: _, locked: __, ...note } of parts[0]!.notes.filter((each) => inside(each.at))) {
      notes.push({ ...note, at: note.at - at + start, length: Math.min(note.length, at + length - note.at) });
    }
    symbols.push(
      ...chords.filter((chord) => inside(chord.at)).map((chord) => ({ ...chord, at: chord.at - at + start })),
    );
  }
  const { marks: _, spans: __, ...part } = parts[0]!;
  return { ...score, bars, chords: symbols, tempos: score.tempos.slice(0, 1), parts: [{ ...part, notes }] };
}

/** The last bar becomes the tonic, held, near where the melody was. */
function close(score: Score): Score {
  const bar = score.bars.at(-1)!;
  const kept = score.parts[0]!.notes.filter(({ at }) => at < bar.at);
  const before = kept.at(-1) ?? score.parts[0]!.notes[0];
  const height = before ? midiOf(before.pitch) : 67;
  const tonic = tonicClass(keyAt(score, bar.at));
  const home = [...Array(12).keys()].map((i) => height - 6 + i).find((midi) => midi % 12 === tonic)!;
  const last: Note = { at: bar.at, length: bar.length, pitch: spellAt(score, bar.at, home) };
  return {
    ...score,
    bars: [...score.bars.slice(0, -1), { ...bar, line: 'final' }],
    parts: [{ ...score.parts[0]!, notes: [...kept, last] }],
  };
}
