/**
 * What the two networks tell each other. D(x) is the discriminator's logit: large for real pictures.
 *
 *   non-saturating (Goodfellow et al., 2014)   D: mean softplus(−D(real)) + mean softplus(D(fake))   G: mean softplus(−D(fake))
 *   hinge (Lim and Ye, 2017)                   D: mean max(0, 1 − D(real)) + mean max(0, 1 + D(fake))   G: −mean D(fake)
 *   R1 (Mescheder et al., 2018)                D: + γ/2 · mean ‖∂D(real)/∂real‖², by true second derivatives
 */
import {
  add,
  gradients,
  mul,
  neg,
  reduceSum,
  relu,
  reshape,
  scalar,
  scale,
  softplus,
  sub,
  type Tensor,
} from '../graph/index.ts';
import { meanOf } from './layers.ts';

/** Which losses the two networks learn from. */
export type AdversarialLoss = 'non-saturating' | 'hinge';

/** The discriminator's loss for its logits of real and made pictures. */
export function discriminatorLoss(kind: AdversarialLoss, real: Tensor, fake: Tensor): Tensor {
  if (kind === 'non-saturating') return add(meanOf(softplus(neg(real))), meanOf(softplus(fake)));
  const one = scalar(real.graph, 1);
  return add(meanOf(relu(sub(one, real))), meanOf(relu(add(one, fake))));
}

/** The generator's loss for the discriminator's logits of what it made. */
export function generatorLoss(kind: AdversarialLoss, fake: Tensor): Tensor {
  return kind === 'non-saturating' ? meanOf(softplus(neg(fake))) : neg(meanOf(fake));
}

/** Mean over pictures of ‖∂D(x)/∂x‖² for x (n, C, H, W), a scalar that can be differentiated for the weights of D. */
export function gradientPenalty(discriminate: (x: Tensor) => Tensor, x: Tensor): Tensor {
  const logits = discriminate(x);
  const all = logits.shape.map((_, axis) => axis);
  const [slope] = gradients(reshape(reduceSum(logits, all), []), [x], { differentiable: true });
  const squares = reduceSum(mul(slope!, slope!), [0, 1, 2, 3]);
  return scale(reshape(squares, []), 1 / (x.shape[0] as number));
}
