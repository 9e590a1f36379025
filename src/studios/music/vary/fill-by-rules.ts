/**
 * Bars written anew between bars that are kept, without a model: rhythms of neighbours come again, their shapes are taken up,
 * turned over or carried in sequence, and the line leads from what stands before to what stands after.
 *
 *   kept ── 5 ── 6 ── 7 ── 8 ── kept        a bar is made from one four, two or one bars away, where that is kept
 */
import { createRandom, type Random } from '../../../core/index.ts';
import { fitLine, type LinePlace, spellTone, tonesAt } from '../line/index.ts';
import { type Bar, compareNotes, endOf, keyAt, midiOf, type Note, type Part, type Score } from '../score/index.ts';

/** Bars from `from` up to and without `to`, of the part of this place. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly part: number;
}

/** Whether a note of the part stays as it is: outside the gap, locked, or sounding on into bars that are kept. */
export function standsIn(score: Score, { from, to }: Pick<Gap, 'from' | 'to'>): (note: Note) => boolean {
  const [start, end] = [score.bars[from]!.at, score.bars[to]?.at ?? endOf(score)];
  return ({ at, length, locked }) => at < start || at >= end || locked === true || at + length > end;
}

/** Fills a gap. Everything else, and locked notes, stay the very same. Same seed, same bars. */
export function fillByRules(score: Score, gap: Gap, seed: string | number): Score {
  const random = createRandom(`fill/${seed}`);
  const part = score.parts[gap.part]!;
  const standing = part.notes.filter(standsIn(score, gap));
  const line = isLine(part) || (!part.percussion && !hasKeptBars(score, gap, standing));
  const fresh = line ? fillLine(score, gap, standing, random) : fillFigure(score, gap, standing, random);
  const notes = [...standing, ...beside(fresh, standing)].sort(compareNotes);
  const filled: Part = { ...part, notes, ...(part.spans && { spans: spansOutside(score, gap, part.spans) }) };
  return { ...score, parts: score.parts.map((each, i) => (i === gap.part ? filled : each)) };
}

/** Whether a part is one line of pitches. */
function isLine({ notes, percussion }: Part): boolean {
  return !percussion && notes.every((note, i) => (note.voice ?? 1) === 1 && note.at !== notes[i - 1]?.at);
}

/** Whether anything is kept outside the gap that could be taken up. */
function hasKeptBars(score: Score, { from, to }: Gap, standing: readonly Note[]): boolean {
  return score.bars.some((bar, i) => (i < from || i >= to) && inBar(standing, bar).length > 0);
}

/** New notes, cut or left out where something that stays already sounds. */
function beside(fresh: readonly Note[], standing: readonly Note[]): Note[] {
  return fresh.flatMap((note) => {
    const voice = (other: Note): boolean => (other.voice ?? 1) === (note.voice ?? 1);
    const others = standing.filter((other) => voice(other) || other.locked);
    if (others.some(({ at, length }) => at <= note.at && note.at < at + length)) return [];
    const next = Math.min(...others.filter(({ at }) => at > note.at).map(({ at }) => at));
    return [{ ...note, length: Math.min(note.length, next - note.at) }];
  });
}

/** Slurs and slides that lay wholly in the gap went with their notes. */
function spansOutside(score: Score, { from, to }: Gap, spans: NonNullable<Part['spans']>): NonNullable<Part['spans']> {
  const [start, end] = [score.bars[from]!.at, score.bars[to]?.at ?? endOf(score)];
  return spans.filter((span) => !(['slur', 'glissando'].includes(span.kind) && span.from >= start && span.to < end));
}

/** The bar that a bar of the gap is made from: of the same length, kept, with notes; undefined when there is none. */
function sourceOf(
  score: Score,
  { from, to }: Gap,
  bar: number,
  notes: readonly Note[],
  random: Random,
): Bar | undefined {
  const fits = (i: number): boolean => {
    const own = score.bars[i];
    return (
      own !== undefined &&
      (i < from || i >= to) &&
      own.length === score.bars[bar]!.length &&
      inBar(notes, own).length > 0
    );
  };
  const near = [-4, 4, -2, 2, -8, 8, -1, 1].map((away) => bar + away).filter(fits);
  if (near.length > 0)
    return score.bars[near[Math.min(near.length - 1, Math.floor(random.next() ** 1.6 * Math.min(4, near.length)))]!];
  const any = [...score.bars.keys()].filter(fits).sort((a, b) => Math.abs(a - bar) - Math.abs(b - bar));
  return any.length > 0 ? score.bars[any[0]!] : undefined;
}

function inBar(notes: readonly Note[], bar: Bar): Note[] {
  return notes.filter(({ at }) => at >= bar.at && at < bar.at + bar.length);
}

function fillLine(score: Score, gap: Gap, standing: readonly Note[], random: Random): Note[] {
  const start = score.bars[gap.from]!.at;
  const before = standing.findLast(({ at }) => at < start);
  const after = standing.find(({ at }) => at >= (score.bars[gap.to]?.at ?? endOf(score)));
  const heights = standing.map(({ pitch }) => midiOf(pitch));
  const left = before ? midiOf(before.pitch) : (heights[0] ?? 67);
  const right = after ? midiOf(after.pitch) : home(score, gap, left);
  const places: LinePlace[] = [];
  for (let bar = gap.from; bar < gap.to; bar++) {
    const share = (bar - gap.from + 0.5) / (gap.to - gap.from);
    const arch = 2.5 * Math.sin(Math.PI * share);
    places.push(...barPlaces(score, gap, { bar, height: left + (right - left) * share + arch, standing, random }));
  }
  const closes = gap.to >= score.bars.length && places.length > 0;
  const wanted = places.map((place, i) => ({ ...place, closes: closes && i === places.length - 1 }));
  const locked = standing.filter(({ at, locked }) => locked && at >= start);
  const pitches = fitLine(score, wanted, {
    low: Math.min(...heights, left) - (heights.length > 8 ? 0 : 5),
    high: Math.max(...heights, left) + (heights.length > 8 ? 0 : 5),
    random,
    before: before && midiOf(before.pitch),
    after: locked.length === 0 ? after && midiOf(after.pitch) : undefined,
  });
  return places.map(({ at, length }, i): Note => ({ at, length, pitch: pitches[i]! }));
}

/** The tonic nearest to a height, where nothing follows. */
function home(score: Score, gap: Gap, height: number): number {
  const tonic = midiOf(`${keyAt(score, score.bars[gap.to - 1]!.at).tonic}4`);
  return tonic + 12 * Math.round((height - tonic) / 12);
}

interface BarWish {
  readonly bar: number;
  readonly height: number;
  readonly standing: readonly Note[];
  readonly random: Random;
}

/** Onsets, lengths and contour of one bar: its source's, as it was, turned over, or backwards; the last of all holds its last note. */
function barPlaces(score: Score, gap: Gap, { bar, height, standing, random }: BarWish): LinePlace[] {
  const own = score.bars[bar]!;
  const source = sourceOf(score, gap, bar, standing, random);
  const shape = source ? inBar(standing, source) : [];
  if (!source || shape.length === 0) return evenPlaces(score, own, height);
  const rises = shape.map(({ pitch }) => midiOf(pitch));
  const middle = rises.reduce((a, b) => a + b, 0) / rises.length;
  const kind = random.next();
  const turned = rises.map((_, i) =>
    kind < 0.55 ? rises[i]! - middle : kind < 0.8 ? middle - rises[i]! : rises.at(-1 - i)! - middle,
  );
  const last = bar === score.bars.length - 1;
  const held = last ? shape.filter(({ at }) => at - source.at < own.length / 2 || at === source.at) : shape;
  return held.map(({ at, length }, i) => {
    const from = own.at + at - source.at;
    const end = last && i === held.length - 1 ? own.at + own.length : Math.min(from + length, own.at + own.length);
    return { at: from, length: Math.max(1, end - from), target: height + turned[i]! };
  });
}

/** Quarter notes, where there is nothing to take up. */
function evenPlaces(score: Score, { at, length }: Bar, height: number): LinePlace[] {
  const step = Math.min(length, score.ticksPerQuarter);
  return Array.from({ length: Math.ceil(length / step) }, (_, i) => ({
    at: at + i * step,
    length: Math.min(step, length - i * step),
    target: height,
  }));
}

/** Chords, figures and drums: a kept bar comes again, its pitches brought to the tones of the new place. */
function fillFigure(score: Score, gap: Gap, standing: readonly Note[], random: Random): Note[] {
  const { percussion } = score.parts[gap.part]!;
  return score.bars.slice(gap.from, gap.to).flatMap((bar, i) => {
    const source = sourceOf(score, gap, gap.from + i, standing, random);
    if (!source) return [];
    return inBar(standing, source).map(({ lyrics: _, locked: __, graces: ___, ...note }): Note => {
      const at = note.at - source.at + bar.at;
      const length = Math.min(note.length, bar.at + bar.length - at);
      return { ...note, at, length, pitch: percussion ? note.pitch : moved(score, note, at) };
    });
  });
}

/** A pitch at another place: the same where it fits there, else the nearest tone of the chord or key. */
function moved(score: Score, { at: from, pitch }: Note, at: number): string {
  const midi = midiOf(pitch);
  const [there, here] = [tonesAt(score, from), tonesAt(score, at)];
  const inChord = here.chord !== undefined && (there.chord === undefined || there.chord.has(midi % 12));
  const fits = (key: number): boolean => (inChord ? here.chord!.has(key % 12) : here.names.has(key % 12));
  const near = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6]
    .map((away) => midi + away)
    .find((key) => key >= 0 && fits(key));
  return near === midi || near === undefined ? pitch : spellTone(here, near, keyAt(score, at));
}
