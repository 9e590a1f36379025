/** Functions of single elements that networks use between layers, with gradients that can be differentiated again. */
import { accumulate, add, cast, equal, exp, greater, mul, neg, scale, sigmoid, tanh, where } from './elementwise.ts';
import { type AttributeValue, differentiable, emit, scalar, type Tensor } from './graph.ts';

/** a · Φ(a), by the error function, or by tanh as GPT-2 has it. After Hendrycks and Gimpel (2016). */
export function gelu(a: Tensor, form: 'exact' | 'tanh' = 'exact'): Tensor {
  if (form === 'tanh') return scale(mul(a, add(tanh(geluBend(a)), scalar(a.graph, 1))), 0.5);
  return elementwise('Gelu', a, () => add(normalShare(a), mul(a, normalDensity(a))));
}

/** a where positive, slope · a elsewhere. */
export function leakyRelu(a: Tensor, slope: number): Tensor {
  return elementwise(
    'LeakyRelu',
    a,
    () => where(greater(a, scalar(a.graph, 0)), scalar(a.graph, 1), scalar(a.graph, slope)),
    {
      alpha: { float: slope },
    },
  );
}

/** ln(1 + eᵃ), without overflow. */
export function softplus(a: Tensor): Tensor {
  return elementwise('Softplus', a, () => sigmoid(a));
}

/** |a|; the gradient at 0 is 0. */
export function abs(a: Tensor): Tensor {
  return elementwise('Abs', a, () => emit('Sign', [a], a.shape));
}

/** a, but not below `low` or above `high`; no gradient flows where it was held back. */
export function clamp(a: Tensor, low: number, high: number): Tensor {
  const { graph } = a;
  const y = emit('Clip', [a, scalar(graph, low), scalar(graph, high)], a.shape);
  return differentiable(y, [a], (g) => [accumulate(() => mul(g, cast(equal(y, a), 'f32')))]);
}

/** Sine of radians. */
export function sin(a: Tensor): Tensor {
  return elementwise('Sin', a, () => cos(a));
}

/** Cosine of radians. */
export function cos(a: Tensor): Tensor {
  return elementwise('Cos', a, () => neg(sin(a)));
}

/** aᵉ for a plain number e; a must be positive unless e is whole. */
export function pow(a: Tensor, exponent: number): Tensor {
  const y = emit('Pow', [a, scalar(a.graph, exponent)], a.shape);
  return differentiable(y, [a], (g) => [accumulate(() => mul(g, scale(pow(a, exponent - 1), exponent)))]);
}

/** Gauss's error function. */
export function erf(a: Tensor): Tensor {
  return elementwise('Erf', a, () => scale(normalDensity(scale(a, Math.SQRT2)), 2 * Math.SQRT2));
}

/** The same numbers, through which no gradient flows. */
export function stopGradient(a: Tensor): Tensor {
  return emit('Identity', [a], a.shape);
}

type Attributes = Readonly<Record<string, AttributeValue>>;

function elementwise(op: string, a: Tensor, slope: () => Tensor, attributes: Attributes = {}): Tensor {
  return differentiable(emit(op, [a], a.shape, { attributes }), [a], (g) => [accumulate(() => mul(g, slope()))]);
}

/** √(2/π) · (a + 0.044715·a³) */
function geluBend(a: Tensor): Tensor {
  const root = Math.sqrt(2 / Math.PI);
  return mul(a, add(scale(mul(a, a), root * 0.044715), scalar(a.graph, root)));
}

/** Φ(a), the share of a normal distribution below a. */
function normalShare(a: Tensor): Tensor {
  return scale(add(erf(scale(a, Math.SQRT1_2)), scalar(a.graph, 1)), 0.5);
}

/** φ(a) = e^(−a²/2) / √(2π) */
function normalDensity(a: Tensor): Tensor {
  return scale(exp(scale(mul(a, a), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}
