/** How good the judge's key finder is on real tunes: learned from half of the dances and songs, asked about the other half. */
import { collectionOf, findKeyByBayes, learnPresence, type Melody, type TuneInKeys } from './key-finder.ts';
import type { RealTune } from './read-known.ts';

/** Shares of real tunes found right: the dances' tonic, and the seven tones that a song's signature names. */
export function testKeyFinder(real: readonly RealTune[]): {
  dances: number;
  danceTonic: number;
  songs: number;
  songSignature: number;
} {
  const presence = learnPresence(withKeys(real.filter((_, i) => i % 2 === 0)));
  const asked = real.filter((_, i) => i % 2 === 1);
  const find = (tune: RealTune) => findKeyByBayes(inQuarters(tune), 'church', presence)[0]!;
  const dances = asked.filter(({ tonic }) => tonic !== undefined);
  const songs = asked.filter(({ fifths }) => fifths !== undefined);
  const tonics = dances.filter((tune) => find(tune).tonic === tune.tonic).length;
  const signatures = songs.filter(
    (tune) => collectionOf(find(tune)) === collectionOf({ tonic: majorOf(tune.fifths!), mode: 'major' }),
  ).length;
  return {
    dances: dances.length,
    danceTonic: round(tonics / dances.length),
    songs: songs.length,
    songSignature: round(signatures / songs.length),
  };
}

/** Real tunes as the key finder learns them. */
export function withKeys(tunes: readonly RealTune[]): TuneInKeys[] {
  return tunes.map((tune) => ({ ...inQuarters(tune), keys: keysOf(tune) }));
}

/** A dance: any mode on its tonic. A song: major or minor of its signature. */
function keysOf({ tonic, fifths = 0 }: RealTune): TuneInKeys['keys'] {
  if (tonic !== undefined) return ['major', 'minor', 'dorian', 'mixolydian'].map((mode) => ({ tonic, mode }));
  return [
    { tonic: majorOf(fifths), mode: 'major' },
    { tonic: (majorOf(fifths) + 9) % 12, mode: 'minor' },
  ];
}

function majorOf(fifths: number): number {
  return (((fifths * 7) % 12) + 12) % 12;
}

/** A real tune in quarters, cut into bars. */
export function inQuarters({ notes, barLength }: RealTune): Melody {
  const count = Math.ceil((notes.at(-1)![0] + 1) / barLength);
  return {
    notes: notes.map(([at, length, midi]) => ({ at: at / 24, length: length / 24, midi })),
    bars: Array.from({ length: count }, (_, i) => ({ at: (i * barLength) / 24, length: barLength / 24 })),
  };
}

const round = (value: number): number => Number(value.toFixed(4));
