/** Small scores written in a line, for the tests of this studio: `C4 D4:2 -:1 G4` is notes with lengths in quarters, `-` a rest. */
import { type Key, type Note, type Part, type Score, sortPart } from '../score/index.ts';

export interface ExampleOptions {
  readonly key?: Key;
  readonly metre?: [number, 1 | 2 | 4 | 8 | 16];
  readonly chords?: readonly (readonly [quarter: number, symbol: string])[];
  /** Length of a pickup bar in quarters. */
  readonly pickup?: number;
}

/** A score of one part per line, 12 ticks a quarter; `C4+E4+G4:2` is a chord, a name before the notes and `=` names the part. */
export function exampleScore(lines: readonly string[], options: ExampleOptions = {}): Score {
  const { key = { tonic: 'C', mode: 'major' }, metre = [4, 4], pickup = 0 } = options;
  const parts = lines.map((line, i) => partOf(line, i));
  const end = Math.max(12, ...parts.flatMap(({ notes }) => notes.map(({ at, length }) => at + length)));
  const full = (metre[0] * 48) / metre[1];
  const bars: Score['bars'] = pickup > 0 ? [{ at: 0, length: pickup * 12, metre, key }] : [];
  for (let at = pickup * 12; at < end; at += full) bars.push({ at, length: full, metre, key });
  const chords = (options.chords ?? []).map(([quarter, symbol]) => ({ at: quarter * 12, symbol }));
  return {
    version: 1,
    title: 'example',
    ticksPerQuarter: 12,
    bars,
    tempos: [{ at: 0, quarterBpm: 90 }],
    chords,
    parts,
  };
}

function partOf(line: string, index: number): Part {
  const [, name = `part ${index + 1}`, text = line] = /^([^=]+)=(.*)$/.exec(line) ?? [];
  const notes: Note[] = [];
  let at = 0;
  for (const word of text.trim().split(/\s+/)) {
    const [pitches = '', quarters = '1'] = word.split(':');
    const length = Math.round(12 * Number(quarters));
    if (pitches !== '-') notes.push(...pitches.split('+').map((pitch) => ({ at, length, pitch })));
    at += length;
  }
  return sortPart({ id: `p${index + 1}`, name, instrument: 'piano', notes });
}
