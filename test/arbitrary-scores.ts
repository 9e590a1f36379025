/**
 * Scores for property tests: any number of bars in any metres and keys, repeats and endings, parts with voices, tuplets,
 * chords, ties over bar lines, lyrics, ornaments. Every one is a sound score.
 */
import fc from 'fast-check';
import {
  ARTICULATIONS,
  type Bar,
  compareNotes,
  DYNAMICS,
  type Key,
  type Lyric,
  MODES,
  metreLength,
  midiOf,
  type Note,
  ORNAMENTS,
  type Part,
  type Score,
  spellingCentre,
  spellMidi,
} from '../src/studios/music/score/index.ts';

/** 32nds, triplets and quintuplets of a quarter note are whole. */
const TICKS = 120;

const metreArb = fc.constantFrom<Bar['metre']>(
  [4, 4],
  [3, 4],
  [2, 4],
  [6, 8],
  [9, 8],
  [12, 8],
  [5, 4],
  [2, 2],
  [7, 8],
  [3, 8],
);
const keyArb: fc.Arbitrary<Key> = fc.record(
  {
    tonic: fc.constantFrom('C', 'D', 'E', 'F', 'G', 'A', 'B', 'Bb', 'Eb', 'F#'),
    mode: fc.constantFrom(...MODES),
  },
  { noNullPrototype: true },
);

const barsArb: fc.Arbitrary<Bar[]> = fc
  .record({
    pickup: fc.option(fc.constantFrom(60, 30, 90), { nil: undefined }),
    bars: fc.array(
      fc.record({
        metre: fc.option(metreArb, { nil: undefined }),
        key: fc.option(keyArb, { nil: undefined }),
        label: fc.option(fc.constantFrom('A', 'B', 'verse', '起'), { nil: undefined, freq: 5 }),
        repeatStart: fc.option(fc.constant(true as const), { nil: undefined, freq: 5 }),
        repeatEnd: fc.option(fc.constantFrom(2, 3), { nil: undefined, freq: 5 }),
        line: fc.option(fc.constantFrom('double' as const, 'final' as const), { nil: undefined, freq: 5 }),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    metre: metreArb,
    key: keyArb,
  })
  .map(({ pickup, bars, metre, key }) => {
    const found: Bar[] = [];
    let [at, nowMetre, nowKey] = [0, metre, key];
    for (const [i, { metre: newMetre, key: newKey, line, repeatEnd, ...rest }] of bars.entries()) {
      nowMetre = newMetre ?? nowMetre;
      nowKey = newKey ?? nowKey;
      const full = metreLength(nowMetre, TICKS);
      const length = i === 0 && bars.length > 1 && pickup ? pickup : full;
      const signs = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const end = repeatEnd !== undefined ? { repeatEnd } : line !== undefined ? { line } : {};
      found.push({ at, length, metre: nowMetre, key: nowKey, ...signs, ...end });
      at += length;
    }
    return found;
  });

interface Event {
  readonly length: number;
  readonly rest: boolean;
  readonly keys: readonly number[];
  readonly spelling: number;
  readonly grace?: number | undefined;
  readonly articulation?: Note['articulations'] | undefined;
  readonly ornament?: Note['ornaments'] | undefined;
  readonly lyric?: Lyric | undefined;
}

const lyricArb: fc.Arbitrary<Lyric> = fc.record(
  {
    text: fc.constantFrom('la', 'star', '星', 'été', 'don’t', 'o_o', 'a-b', 'x*y', 'two words', '~', 'p|q'),
    syllabic: fc.constantFrom('begin' as const, 'middle' as const, 'end' as const),
    verse: fc.constantFrom(2),
  },
  { requiredKeys: ['text'], noNullPrototype: true },
);

const eventsArb: fc.Arbitrary<Event[]> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom([60], [30], [120], [15], [180], [240], [90], [300], [480], [45, 15]) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          [40, 40, 40],
          [20, 20, 20],
          [80, 80, 80],
          [80, 40],
          [24, 24, 24, 24, 24],
          [40, 20, 20, 40],
        ),
      },
    ),
    { maxLength: 24 },
  )
  .chain((groups) => {
    const lengths = groups.flat();
    const shape = fc.record({
      rest: fc.boolean().map((x) => x),
      keys: fc.uniqueArray(fc.integer({ min: 40, max: 90 }), { minLength: 1, maxLength: 3 }),
      spelling: fc.integer({ min: -3, max: 3 }),
      grace: fc.option(fc.integer({ min: 50, max: 90 }), { nil: undefined, freq: 8 }),
      articulation: fc.option(
        fc.constantFrom(...ARTICULATIONS).map((x) => [x]),
        { nil: undefined, freq: 8 },
      ),
      ornament: fc.option(
        fc.constantFrom(...ORNAMENTS).map((x) => [x]),
        { nil: undefined, freq: 8 },
      ),
      lyric: fc.option(lyricArb, { nil: undefined, freq: 3 }),
    });
    return fc
      .array(shape, { minLength: lengths.length, maxLength: lengths.length })
      .map((shapes) => shapes.map((one, i) => ({ ...one, length: lengths[i]!, rest: one.rest && i % 3 === 0 })));
  });

function notesOf(events: readonly Event[], end: number, voice: number, key: Key): Note[] {
  const notes: Note[] = [];
  let at = 0;
  for (const { length, rest, keys, spelling, grace, articulation, ornament, lyric } of events) {
    if (at + length > end) break;
    const centre = spellingCentre(key) + spelling;
    if (!rest) {
      for (const [i, midi] of [...keys].sort((a, b) => a - b).entries()) {
        notes.push({
          at,
          length,
          pitch: spellMidi(midi, centre),
          ...(voice > 1 && { voice }),
          ...(i === 0 && grace !== undefined && { graces: [spellMidi(grace, centre)] }),
          ...(i === 0 && articulation && { articulations: articulation }),
          ...(i === 0 && ornament && { ornaments: ornament }),
          ...(i === 0 && lyric && { lyrics: [lyric] }),
        });
      }
    }
    at += length;
  }
  return notes.filter(({ pitch }) => midiOf(pitch) >= 0);
}

/** Any score that all formats can hold but for what their own tests name. */
export const scoreArb: fc.Arbitrary<Score> = fc
  .record({
    bars: barsArb,
    title: fc.constantFrom('Untitled', '江南雨夜', 'Été: “a tune”', ''),
    composer: fc.option(fc.constantFrom('Anon.', '佚名'), { nil: undefined }),
    tempo: fc.constantFrom(60, 92, 120, 144.5, 72.25),
    parts: fc.array(fc.array(eventsArb, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    dynamic: fc.constantFrom(...DYNAMICS),
    chords: fc.array(fc.constantFrom('C', 'Am7', 'D7/F#', 'Bbmaj7', 'N.C.'), { maxLength: 4 }),
  })
  .map(({ bars, title, composer, tempo, parts, dynamic, chords }) => {
    const last = bars.at(-1)!;
    const end = last.at + last.length;
    return {
      version: 1 as const,
      title,
      ...(composer !== undefined && { composer }),
      ticksPerQuarter: TICKS,
      bars,
      tempos: [
        { at: 0, quarterBpm: tempo },
        ...(bars.length > 2 ? [{ at: bars[2]!.at, quarterBpm: 100, text: 'Più mosso' }] : []),
      ],
      chords: chords.map((symbol, i) => ({ at: i * 60, symbol })).filter(({ at }) => at < end),
      parts: parts.map(
        (voices, i): Part => ({
          id: `part-${i + 1}`,
          name: ['Fiddle', '二胡', 'Piano'][i]!,
          instrument: ['gm-40', 'erhu', 'piano'][i]!,
          notes: voices.flatMap((events, v) => notesOf(events, end, v + 1, bars[0]!.key)).sort(compareNotes),
          ...(i === 0 && { marks: [{ kind: 'dynamic' as const, at: 0, value: dynamic }] }),
        }),
      ),
    };
  });
