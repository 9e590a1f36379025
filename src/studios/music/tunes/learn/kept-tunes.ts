/** Tunes as they are kept between the steps: one a line, with what is known of each. */
import type { Made, Workshop } from '../../../../kernel/index.ts';
import { parseScore } from '../../score/index.ts';
import type { TunePiece } from './documents.ts';

/** A tune with where it came from. */
export interface KeptTune extends TunePiece {
  readonly source: string;
  readonly licence: string;
}

/** What the shelf keeps tunes as. */
const KIND = 'tunes';
const FILE = 'tunes.jsonl';

/** Keeps tunes; returns their digest. */
export function keepTunes(workshop: Workshop, tunes: readonly KeptTune[]): Promise<string> {
  return workshop.keepFiles(KIND, new Map([[FILE, tunes.map((tune) => `${JSON.stringify(tune)}\n`).join('')]]));
}

/** The tunes of a corpus of music. Throws `house/not-on-shelf`. */
export async function readKeptTunes(workshop: Workshop, { digest }: Made): Promise<KeptTune[]> {
  const text = new TextDecoder().decode(await workshop.readKept(KIND, digest, FILE));
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const tune = JSON.parse(line) as KeptTune;
    return { ...tune, score: parseScore(tune.score) };
  });
}
