/** How good the judge's key finder is on real tunes: learned from half of the dances, asked about the other half and the songs. */
import { collectionOf, findKeyByBayes, learnPresence, type Melody } from './key-finder.ts';
import type { RealTune } from './read-known.ts';

/** Shares of real tunes found right: the dances' tonic, and the seven tones that a song's signature names. */
export function testKeyFinder(real: readonly RealTune[]): {
  dances: number;
  danceTonic: number;
  songs: number;
  songSignature: number;
} {
  const dances = real.filter(({ tonic }) => tonic !== undefined);
  const presence = learnPresence(withTonic(dances.filter((_, i) => i % 2 === 0)));
  const asked = dances.filter((_, i) => i % 2 === 1);
  const songs = real.filter(({ fifths }) => fifths !== undefined);
  const find = (tune: RealTune) => findKeyByBayes(inQuarters(tune), 'church', presence)[0]!;
  const tonics = asked.filter((tune) => find(tune).tonic === tune.tonic).length;
  const signatures = songs.filter((tune) => collectionOf(find(tune)) === signature(tune.fifths!)).length;
  return {
    dances: asked.length,
    danceTonic: round(tonics / asked.length),
    songs: songs.length,
    songSignature: round(signatures / songs.length),
  };
}

function signature(fifths: number): string {
  return collectionOf({ tonic: (((fifths * 7) % 12) + 12) % 12, mode: 'major' });
}

/** Tunes whose tonic is known, as the key finder learns them. */
export function withTonic(tunes: readonly RealTune[]): (Melody & { tonic: number })[] {
  return tunes.flatMap((tune) => (tune.tonic === undefined ? [] : [{ tonic: tune.tonic, ...inQuarters(tune) }]));
}

function inQuarters({ notes, barLength }: RealTune): Melody {
  const count = Math.ceil((notes.at(-1)![0] + 1) / barLength);
  return {
    notes: notes.map(([at, length, midi]) => ({ at: at / 24, length: length / 24, midi })),
    bars: Array.from({ length: count }, (_, i) => ({ at: (i * barLength) / 24, length: barLength / 24 })),
  };
}

const round = (value: number): number => Number(value.toFixed(4));
