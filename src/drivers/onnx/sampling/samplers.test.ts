import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { SCHEDULER } from './noise-levels.ts';
import { createSampler } from './samplers.ts';

interface Case {
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: number;
  readonly moments: readonly number[];
  readonly sigmas?: readonly number[];
  readonly out: readonly number[];
  readonly half?: readonly number[];
}

const { cases }: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/sampling-reference.json', import.meta.url), 'utf8'),
);

/** What the reference asks in place of a network. */
const toy = (x: Float32Array, moment: number): Float32Array =>
  x.map((value) => Math.tanh(0.7 * value + 0.001 * moment - 0.3));

function run({ config, steps }: Case, start = 0, clean?: Float32Array): Float32Array {
  const sampler = createSampler(SCHEDULER.parse(config), steps);
  const [begin, more] = [createRandom('begin'), createRandom('more')];
  const noise = Float32Array.from({ length: 8 }, () => begin.normal());
  let x = clean ? sampler.addNoise(clean, noise, start) : noise.map((value) => value * sampler.scale);
  for (let i = start; i < steps; i++) {
    const said = toy(sampler.input(x, i), sampler.moments[i]!);
    x = sampler.step(said, i, x, () => Float32Array.from({ length: 8 }, () => more.normal()));
  }
  return x;
}

function near(found: Float32Array, wanted: readonly number[], what: string): void {
  assert.equal(found.length, wanted.length, what);
  for (const [i, value] of found.entries()) {
    const room = 2e-4 * Math.max(1, Math.abs(wanted[i]!));
    assert.ok(Math.abs(value - wanted[i]!) < room, `${what} ${i}: ${value} for ${wanted[i]}`);
  }
}

for (const one of cases) {
  const { _class_name: name, ...rest } = one.config;
  test(`${name} in ${one.steps} steps goes the way of diffusers: ${JSON.stringify(rest)}`, () => {
    const sampler = createSampler(SCHEDULER.parse(one.config), one.steps);
    near(sampler.moments, one.moments, 'moment');
    near(run(one), one.out, 'out');
    const clean = Float32Array.from({ length: 8 }, (_, i) => -1 + (2 * i) / 7);
    if (one.half) near(run(one, Math.floor(one.steps / 2), clean), one.half, 'from a picture');
  });
}

test('a network that says where the picture is brings every sampler there', () => {
  for (const { config, steps } of cases.filter(
    ({ config: { _class_name: name } }) => name !== 'FlowMatchEulerDiscreteScheduler',
  )) {
    const sampler = createSampler(
      SCHEDULER.parse({ ...config, prediction_type: 'sample', final_sigmas_type: 'zero' }),
      steps,
    );
    let x: Float32Array = Float32Array.from([3, -2, 0.5]).map((value) => value * sampler.scale);
    const truth = Float32Array.from([0.25, -0.5, 0.75]);
    for (let i = 0; i < steps; i++) x = sampler.step(truth, i, x, () => new Float32Array(3));
    // Where a schedule ends before the last noise is gone, as much of it is left as it says.
    const left = config.set_alpha_to_one === false ? 0.1 : 1e-4;
    for (const [i, value] of x.entries())
      assert.ok(Math.abs(value - truth[i]!) < left, `${config._class_name}: ${value}`);
  }
});
