/** Operations on matching elements, with NumPy broadcasting, and their gradients. */
import {
  type Contribution,
  type DataType,
  type Dim,
  differentiable,
  emit,
  integers,
  type Shape,
  scalar,
  shapeBug,
  type Tensor,
} from './graph.ts';

/** a + b. */
export function add(a: Tensor, b: Tensor): Tensor {
  return binary('Add', a, b, (g) => [g, g]);
}

/** a − b. */
export function sub(a: Tensor, b: Tensor): Tensor {
  return binary('Sub', a, b, (g) => [g, () => neg(g)]);
}

/** a · b, element by element. */
export function mul(a: Tensor, b: Tensor): Tensor {
  return binary('Mul', a, b, (g) => [() => mul(g, b), () => mul(g, a)]);
}

/** a / b. */
export function div(a: Tensor, b: Tensor): Tensor {
  return binary('Div', a, b, (g, y) => [() => div(g, b), () => neg(div(mul(g, y), b))]);
}

/** a · factor for a plain number. */
export function scale(a: Tensor, factor: number): Tensor {
  return mul(a, scalar(a.graph, factor));
}

/** −a. */
export function neg(a: Tensor): Tensor {
  return unary('Neg', a, (g) => neg(g));
}

/** eᵃ. */
export function exp(a: Tensor): Tensor {
  return unary('Exp', a, (g, y) => mul(g, y));
}

/** Natural logarithm. */
export function log(a: Tensor): Tensor {
  return unary('Log', a, (g) => div(g, a));
}

/** Square root. */
export function sqrt(a: Tensor): Tensor {
  return unary('Sqrt', a, (g, y) => div(scale(g, 0.5), y));
}

/** Hyperbolic tangent. */
export function tanh(a: Tensor): Tensor {
  return unary('Tanh', a, (g, y) => mul(g, sub(scalar(a.graph, 1), mul(y, y))));
}

/** max(a, 0). */
export function relu(a: Tensor): Tensor {
  return unary('Relu', a, (g) => where(greater(a, scalar(a.graph, 0)), g, scalar(a.graph, 0)));
}

/** 1 / (1 + e⁻ᵃ). */
export function sigmoid(a: Tensor): Tensor {
  return unary('Sigmoid', a, (g, y) => mul(g, mul(y, sub(scalar(a.graph, 1), y))));
}

/** a · sigmoid(a). */
export function silu(a: Tensor): Tensor {
  const s = sigmoid(a);
  const y = emit('Mul', [a, s], a.shape);
  // d silu = s + y·(1 − s)
  return differentiable(y, [a], (g) => [accumulate(() => mul(g, add(s, mul(y, sub(scalar(a.graph, 1), s)))))]);
}

/** silu(gate) · up, the gated unit of Llama, with a reverse pass that reuses the sigmoid. */
export function swiglu(gate: Tensor, up: Tensor): Tensor {
  const s = emit('Sigmoid', [gate], gate.shape);
  const a = emit('Mul', [gate, s], gate.shape);
  const y = emit('Mul', [a, up], gate.shape);
  // d silu = s + a − a·s
  return differentiable(y, [gate, up], (g) => [
    accumulate(() => mul(mul(g, up), sub(add(s, a), mul(a, s)))),
    accumulate(() => mul(g, a)),
  ]);
}

/** Takes `yes` where the condition holds, else `no`; all three broadcast. */
export function where(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  const shape = broadcast('where', condition.shape, broadcast('where', yes.shape, no.shape));
  const y = emit('Where', [condition, yes, no], shape, { type: yes.type });
  const zero = (): Tensor => scalar(yes.graph, 0);
  return differentiable(y, [yes, no], (g) => [
    accumulate(() => sumTo(where(condition, g, zero()), yes.shape)),
    accumulate(() => sumTo(where(condition, zero(), g), no.shape)),
  ]);
}

/** a > b, without a gradient. */
export function greater(a: Tensor, b: Tensor): Tensor {
  return emit('Greater', [a, b], broadcast('greater', a.shape, b.shape), { type: 'bool' });
}

/** a = b, without a gradient. */
export function equal(a: Tensor, b: Tensor): Tensor {
  return emit('Equal', [a, b], broadcast('equal', a.shape, b.shape), { type: 'bool' });
}

/** Both true. */
export function and(a: Tensor, b: Tensor): Tensor {
  return emit('And', [a, b], broadcast('and', a.shape, b.shape), { type: 'bool' });
}

/** The smaller of two, without a gradient. */
export function minimum(a: Tensor, b: Tensor): Tensor {
  return emit('Min', [a, b], broadcast('minimum', a.shape, b.shape));
}

/** The larger of two, without a gradient. */
export function maximum(a: Tensor, b: Tensor): Tensor {
  return emit('Max', [a, b], broadcast('maximum', a.shape, b.shape));
}

const ONNX_TYPES: Readonly<Record<DataType, number>> = { f32: 1, u8: 2, i32: 6, i64: 7, bool: 9 };

/** The same values in another type; gradients pass only between floats. */
export function cast(a: Tensor, type: DataType): Tensor {
  if (a.type === type) return a;
  return emit('Cast', [a], a.shape, { type, attributes: { to: ONNX_TYPES[type] } });
}

/** Sums a gradient over the axes along which its input was broadcast, back to the input's shape. */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((dim, i) => (i < lead || (shape[i - lead] === 1 && dim !== 1) ? [i] : []));
  if (axes.length === 0) return gradient;
  const kept = gradient.shape.map((dim, i) => (axes.includes(i) ? 1 : dim));
  const summed = emit('ReduceSum', [gradient, integers(gradient.graph, axes)], kept, { attributes: { keepdims: 1 } });
  const target = shape.map((dim) => (typeof dim === 'number' ? dim : -1));
  const y = lead === 0 ? summed : emit('Reshape', [summed, integers(gradient.graph, target)], shape);
  return differentiable(y, [gradient], (g) => [accumulate(() => broadcastLike(g, gradient))]);
}

/** Repeats a tensor along the axes on which another is longer, up to the shape of that other. */
export function broadcastLike(a: Tensor, like: Tensor): Tensor {
  if (a.shape.length === like.shape.length && a.shape.every((dim, i) => dim === like.shape[i])) return a;
  const { graph, shape } = like;
  const target = shape.every((dim) => typeof dim === 'number')
    ? integers(graph, shape)
    : emit('Shape', [like], [shape.length], { type: 'i64' });
  const y = emit('Expand', [a, target], shape);
  return differentiable(y, [a], (g) => [accumulate(() => sumTo(g, a.shape))]);
}

/** A contribution that is added to the running gradient, if there is one. */
export function accumulate(make: () => Tensor): Contribution {
  return (running) => (running ? add(running, make()) : make());
}

/** The shape two shapes broadcast to; throws `training/shape-mismatch`. */
export function broadcast(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i): Dim => {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw shapeBug(op, `[${a}] and [${b}] do not broadcast`);
  });
}

type Share = Tensor | (() => Tensor);

function binary(op: string, a: Tensor, b: Tensor, shares: (g: Tensor, y: Tensor) => readonly [Share, Share]): Tensor {
  const y = emit(op, [a, b], broadcast(op, a.shape, b.shape));
  return differentiable(y, [a, b], (g) => {
    const [left, right] = shares(g, y);
    const made = (share: Share): Tensor => (typeof share === 'function' ? share() : share);
    return [accumulate(() => sumTo(made(left), a.shape)), accumulate(() => sumTo(made(right), b.shape))];
  });
}

function unary(op: string, a: Tensor, share: (g: Tensor, y: Tensor) => Tensor): Tensor {
  const y = emit(op, [a], a.shape);
  return differentiable(y, [a], (g) => [accumulate(() => share(g, y))]);
}
