/**
 * Trains the first half of the vocoder: from bands of hearing to the bins of a spectrum (src/training/sound/mel-inverse.ts).
 *
 *   node recipes/textures/train-vocoder.ts LOOPS OUT [--steps 2500] [--files 400]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/index.ts';
import { createLearner, createParameters, freshLearnerState, sound } from '../../src/training/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { steps: { type: 'string', default: '2500' }, files: { type: 'string', default: '400' } },
});
const [loops, out] = positionals;
if (!loops || !out) throw new Error('usage: train-vocoder.ts LOOPS OUT');
const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8')) as {
  readonly pictures: object;
};
const source = sound.parseSoundSource(JSON.stringify(recipe.pictures), 'recipe.json');
const { ceiling, range, bands, size, rate } = source;
const config = {
  model_type: 'mel-inverse' as const,
  ...{ bands, bins: size / 2 + 1, reach: 2, width: 384, spacing: rate / size, ceiling, range },
};
const [BATCH, RATE, SEED] = [512, 1e-3, 'vocoder'];

const all = readdirSync(loops)
  .filter((file) => file.endsWith('.wav'))
  .sort();
const examples = createRandom(`${SEED}/files`).shuffle(all).slice(0, Number(values.files)).map(read);
const width = bands * (2 * config.reach + 1);
const objective = sound.melInverseObjective(config, BATCH);
const steps = Number(values.steps);
const start = freshLearnerState(objective, createParameters(objective.parameters, SEED));
const optimiser = { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;
await using learner = await createLearner(objective, start, { optimiser, clip: 1, average: 0.998, threads: 2 });

let recent = 0;
for (let step = 0; step < steps; step++) {
  const rate = RATE * Math.min(1, (step + 1) / 100) * (0.02 + 0.98 * Math.cos((0.5 * Math.PI * step) / steps) ** 2);
  const { loss } = await learner.step(batch(step), rate);
  recent += loss / 250;
  if ((step + 1) % 250 === 0) {
    console.log(`step ${step + 1}: ${((Math.sqrt(recent) * range) / 2).toFixed(2)} dB a bin`);
    recent = 0;
  }
}
await sound.saveMelInverse(out, {
  config,
  parameters: learner.average()!,
  card: {
    name: 'textures-vocoder',
    licence: 'CC0-1.0',
    summary: {
      en: 'From bands of hearing to the bins of a spectrum.',
      zh: '从听觉频带还原频谱各频点。',
    },
    trainedOn: [{ name: `${examples.length} loops synthesised by recipes/textures/render.ts`, licence: 'CC0-1.0' }],
  },
});

/** Frames drawn from all examples. */
function batch(step: number) {
  const random = createRandom(`${SEED}/${step}`);
  const seen = new Float32Array(BATCH * width);
  const levels = new Float32Array(BATCH * config.bins);
  for (let i = 0; i < BATCH; i++) {
    const example = random.pick(examples);
    const t = random.integer(source.frames);
    seen.set(example.frames.subarray(t * width, (t + 1) * width), i * width);
    levels.set(example.levels.subarray(t * config.bins, (t + 1) * config.bins), i * config.bins);
  }
  return {
    frames: { data: seen, shape: [BATCH, width] },
    levels: { data: levels, shape: [BATCH, config.bins] },
  };
}

function read(file: string) {
  const { samples } = sound.parseWav(readFileSync(join(loops!, file)), file);
  const picture = sound.spectrogramOf(samples, source);
  const levels = sound.levelsOf(sound.shortTimeFourier(samples, sound.melOptions(source)), config);
  return { frames: sound.framesOf(picture, config), levels };
}
