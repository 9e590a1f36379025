/** A made-up musician for the tests of own tunes: a folder of tunes in all formats, and a tiny tune model that has learned nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { writeAbc, writeMidi, writeMxl } from '../src/studios/music/formats/index.ts';
import { composeByRules, VOCABULARY } from '../src/studios/music/tunes/index.ts';
import { createRandomModelFolder } from '../src/training/index.ts';

/** Writes tunes of 24 bars as `01.mid`, `02.abc`, `03.mxl`, `04.mid` … */
export function writeTunes(folder: string, count: number): string {
  mkdirSync(folder, { recursive: true });
  for (let i = 1; i <= count; i++) {
    const score = { ...composeByRules({ style: 'folk', bars: 24 }, createRandom(`own/${i}`)), title: `Tune ${i}` };
    const path = join(folder, String(i).padStart(2, '0'));
    if (i % 3 === 1) writeFileSync(`${path}.mid`, writeMidi(score));
    else if (i % 3 === 2) writeFileSync(`${path}.abc`, writeAbc(score));
    else writeFileSync(`${path}.mxl`, writeMxl(score));
  }
  return folder;
}

/** A model folder of some thousand numbers in the words of the tune language. */
export function createTuneBase(folder: string): Promise<void> {
  const sizes = { hidden_size: 16, num_hidden_layers: 1, intermediate_size: 32, max_position_embeddings: 768 };
  return createRandomModelFolder(folder, { vocabulary: VOCABULARY, ...sizes });
}
