/** The GAN against PyTorch's recorded answers, and against pictures small enough to be learned by heart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { createEvaluation, createLearner, freshLearnerState } from '../learn/index.ts';
import { ganConfig } from './config.ts';
import { discriminatorBuffers, discriminatorParameters } from './discriminator.ts';
import { createDuel } from './duel.ts';
import { discriminatorObjective, generatorObjective } from './gan-objectives.ts';
import { generate, generatorParameters } from './generator.ts';
import { createSampler } from './picture-generator.ts';
import { readReference, wave, waveBuffers, waveParameters } from './reference.ts';

const BATCH = 4;
const TINY = { latent: 4, generator: [8, 4, 6], discriminator: [4, 6], groups: 2, deviationGroup: 2 };
const OPTIMISER = { kind: 'adamw', beta1: 0.5, beta2: 0.99, epsilon: 0.01 } as const;

function assertClose(what: string, found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-5): void {
  assert.equal(found.length, expected.length, what);
  const size = Math.max(...expected.map(Math.abs), 1e-3);
  expected.forEach((value, i) => {
    const off = Math.abs(found[i]! - value) / size;
    assert.ok(off < tolerance, `${what}[${i}]: ${found[i]} instead of ${value}`);
  });
}

for (const kind of ['non-saturating', 'hinge'] as const) {
  const spectralNorm = kind === 'hinge';
  test(`[TR1] ${kind}${spectralNorm ? ' with spectral norm' : ''}: two steps with R1 and what they lead to are PyTorch's`, async () => {
    const config = ganConfig({ ...TINY, spectralNorm });
    const recorded = readReference()[kind];
    const made = waveParameters(generatorParameters(config), 100);
    const noise = wave([BATCH, 4], 1);
    await using generator = await createEvaluation({
      name: 'generator',
      parameters: generatorParameters(config),
      inputs: [{ name: 'noise', type: 'f32', shape: [BATCH, 4] }],
      build: ({ weight, input }) => ({ fake: generate(config, weight, input('noise')) }),
    });
    const { fake } = await generator.run(made, { noise });
    assertClose('fake', (fake as Float32Array).subarray(0, 768), recorded.fake);

    const objective = discriminatorObjective(config, { batch: BATCH, loss: kind, penalty: 3 });
    const start = new Map([
      ...waveParameters(discriminatorParameters(config), 200),
      ...waveBuffers(discriminatorBuffers(config), 300),
    ]);
    await using learner = await createLearner(objective, freshLearnerState(objective, start), {
      optimiser: OPTIMISER,
      threads: 1,
    });
    for (const expected of recorded.steps) {
      const { loss, reports } = await learner.step({ real: wave([BATCH, 3, 16, 16], 2), noise }, 0.02, made);
      assertClose(
        'loss',
        [loss, reports.adversarial!, reports.steepness!],
        [expected.loss, expected.adversarial, expected.steepness],
      );
    }
    for (const [name, values] of Object.entries(recorded.after)) {
      assertClose(name, learner.parameters().get(`discriminator.${name}`)!, values, 2e-5);
    }

    const against = generatorObjective(config, { batch: BATCH, loss: kind });
    await using deceiver = await createLearner(against, freshLearnerState(against, made), {
      optimiser: OPTIMISER,
      threads: 1,
    });
    const frozen = new Map([...learner.parameters(), ...learner.buffers()]);
    const { loss } = await deceiver.step({ noise }, 0.02, frozen);
    assertClose('deceive', [loss], [recorded.deceive]);
  });
}

test('[TR1] two networks against each other learn two tiny pictures by heart', async () => {
  const config = ganConfig({
    latent: 4,
    generator: [16, 16],
    discriminator: [16],
    groups: 4,
    deviationGroup: 4,
    channels: 1,
  });
  const options = { batch: 8, penalty: 0 };
  await using duel = await createDuel({
    generator: generatorObjective(config, options),
    discriminator: discriminatorObjective(config, options),
    penalised: discriminatorObjective(config, { ...options, penalty: 0.4 }),
    penaltyEvery: 4,
    seed: 1,
    learner: { optimiser: { kind: 'adamw', beta1: 0, beta2: 0.9 }, threads: 1 },
    average: 0.9,
  });
  const pictures = [0, 1].map((which) =>
    Float32Array.from({ length: 64 }, (_, i) => ((which === 0 ? i % 8 : i >> 3) < 4 ? 0.8 : -0.8)),
  );
  const real = Float32Array.from(Array.from({ length: 8 }, (_, i) => [...pictures[i % 2]!]).flat());
  const noiseAt = (label: string) => {
    const random = createRandom(label);
    return { data: Float32Array.from({ length: 32 }, () => random.normal()), shape: [8, 4] };
  };
  await using sampler = await createSampler(config, { threads: 1 });
  const farness = async (): Promise<{ mean: number; used: number }> => {
    const { data } = await sampler.sample(duel.average(), { seed: 1, count: 32 });
    const nearest = Array.from({ length: 32 }, (_, i) => {
      const off = pictures.map(
        (picture) => picture.reduce((sum, value, at) => sum + Math.abs(value - data[64 * i + at]!), 0) / 64,
      );
      return { which: off.indexOf(Math.min(...off)), off: Math.min(...off) };
    });
    return {
      mean: nearest.reduce((sum, { off }) => sum + off, 0) / 32,
      used: new Set(nearest.map(({ which }) => which)).size,
    };
  };
  const before = await farness();
  for (let step = 0; step < 240; step++) {
    const told = { real: { data: real, shape: [8, 1, 8, 8] }, noise: noiseAt(`tell ${step}`) };
    await duel.step(step, told, { noise: noiseAt(`deceive ${step}`) }, { generator: 0.004, discriminator: 0.004 });
  }
  const after = await farness();
  assert.ok(after.mean < 0.2, `${after.mean} from the nearest picture, ${before.mean} before`);
  assert.equal(after.used, 2);
});
