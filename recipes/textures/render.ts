/**
 * Renders the material that the texture model learns from: short loops of every class, synthesised from a seed.
 *
 *   node recipes/textures/render.ts OUT [--count 3480] [--seed textures]
 *
 * Held-out loops for scores: another seed. A file's name says its tags: `+rain+dark+dense-00012.wav`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/index.ts';
import { formatWav } from '../../src/training/sound/index.ts';
import { CLASSES, makeTexture, RATE } from './synthesis/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '3480' }, seed: { type: 'string', default: 'textures' } },
});
const out = positionals[0];
if (!out) throw new Error('name a folder for the loops');
mkdirSync(out, { recursive: true });
const names = Object.keys(CLASSES);
for (let i = 0; i < Number(values.count); i++) {
  const { samples, tags } = makeTexture(names[i % names.length]!, createRandom(`${values.seed}/${i}`));
  writeFileSync(join(out, `+${tags.join('+')}-${String(i).padStart(5, '0')}.wav`), formatWav({ samples, rate: RATE }));
}
