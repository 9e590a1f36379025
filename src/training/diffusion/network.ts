/** A diffusion network as something to learn and as something to ask. */
import { mul, reduceMean, reshape, sub, type Tensor } from '../graph/index.ts';
import type { Computation, InputSpec, Objective, Parameter, Parts } from '../learn/index.ts';
import { conditionWidth, type DiffusionConfig, type DitConfig, type UnetConfig } from './config.ts';
import { dit, ditParameters } from './dit.ts';
import { unet, unetParameters } from './unet.ts';

/** All parameters of the network of a configuration. */
export function diffusionParameters(config: DiffusionConfig): Parameter[] {
  return config.network.kind === 'unet'
    ? unetParameters(config as DiffusionConfig & { network: UnetConfig })
    : ditParameters(config as DiffusionConfig & { network: DitConfig });
}

/** Numbers in the network. */
export function diffusionParameterCount(config: DiffusionConfig): number {
  return diffusionParameters(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

/**
 * Mean squared error of the answer, each picture with its weight. Inputs: `noisy` and `target` (B, C, H, W), `time` and
 * `weight` (B), and where the model listens to something `condition` (B, conditionWidth).
 */
export function diffusionObjective(config: DiffusionConfig, batch: number): Objective {
  const shape = [batch, config.picture.channels, config.picture.height, config.picture.width];
  return {
    name: 'diffusion',
    parameters: diffusionParameters(config),
    inputs: [
      ...networkInputs(config, batch),
      { name: 'target', type: 'f32', shape },
      { name: 'weight', type: 'f32', shape: [batch] },
    ],
    build: (parts) => {
      const off = sub(answer(parts, config), parts.input('target'));
      const errors = reduceMean(mul(off, off), [1, 2, 3]); // (B, 1, 1, 1)
      const weighted = mul(reshape(errors, [batch]), parts.input('weight'));
      return { loss: reshape(reduceMean(weighted, [0]), []) };
    },
  };
}

/** The network alone, `answer` (B, C, H, W), for sampling and evaluation; inputs as above without target and weight. */
export function diffusionComputation(config: DiffusionConfig, batch: number): Computation {
  return {
    name: 'diffusion',
    parameters: diffusionParameters(config),
    inputs: networkInputs(config, batch),
    build: (parts) => ({ answer: answer(parts, config) }),
  };
}

function networkInputs(config: DiffusionConfig, batch: number): InputSpec[] {
  const { picture } = config;
  const width = conditionWidth(config);
  return [
    { name: 'noisy', type: 'f32', shape: [batch, picture.channels, picture.height, picture.width] },
    { name: 'time', type: 'f32', shape: [batch] },
    ...(width === 0 ? [] : [{ name: 'condition', type: 'f32', shape: [batch, width] } as const]),
  ];
}

function answer(parts: Parts, config: DiffusionConfig): Tensor {
  const x = parts.input('noisy');
  return config.network.kind === 'unet'
    ? unet(parts, x, config as DiffusionConfig & { network: UnetConfig })
    : dit(parts, x, config as DiffusionConfig & { network: DitConfig });
}
