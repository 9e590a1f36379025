/** Guessing hidden tokens as something to learn, and the same network for asking it. */
import { crossEntropy, gather, gemm } from '../graph/index.ts';
import type { Computation, InputSpec, Objective } from '../learn/index.ts';
import type { EncoderConfig } from './config.ts';
import { type EncoderShape, encode, encoderParameters, wordScores } from './network.ts';

/** Mean −ln P of hidden tokens, over batches of B rows of T tokens; `maskedFeeds` gives its inputs. */
export function encoderObjective(config: EncoderConfig, shape: EncoderShape): Objective {
  return {
    name: 'encoder',
    parameters: encoderParameters(config),
    inputs: [
      ...textInputs(shape),
      { name: 'places', type: 'i32', shape: ['R'] },
      { name: 'targets', type: 'i32', shape: ['R'] },
      { name: 'weights', type: 'f32', shape: ['R'] },
    ],
    build: (parts) => {
      const chosen = gather(encode(parts, config, shape), parts.input('places'));
      const { x, table } = wordScores(parts, config, chosen);
      return { loss: crossEntropy(x, table, parts.input('targets'), parts.input('weights')) };
    },
  };
}

/** Logits (R, V) at given places. */
export function guessComputation(config: EncoderConfig, shape: EncoderShape): Computation {
  return {
    name: 'encoder',
    parameters: encoderParameters(config),
    inputs: [...textInputs(shape), { name: 'places', type: 'i32', shape: ['R'] }],
    build: (parts) => {
      const chosen = gather(encode(parts, config, shape), parts.input('places'));
      const { x, table } = wordScores(parts, config, chosen);
      return { logits: gemm(x, table, { transB: true }) };
    },
  };
}

/** Hidden states (B·T, C). */
export function hiddenComputation(config: EncoderConfig, shape: EncoderShape): Computation {
  const parameters = encoderParameters(config);
  return {
    name: 'encoder',
    parameters: parameters.filter(({ name }) => !name.startsWith('cls.')),
    inputs: textInputs(shape),
    build: (parts) => ({ hidden: encode(parts, config, shape) }),
  };
}

function textInputs({ rows, length }: EncoderShape): InputSpec[] {
  return [
    { name: 'ids', type: 'i32', shape: [rows * length] },
    { name: 'segments', type: 'i32', shape: [rows, length] },
  ];
}
