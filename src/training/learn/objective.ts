/**
 * What a network is asked to learn: the parameters it may change, the inputs of a step, and the loss as a graph. An
 * objective is a definition without effects; `createLearner` (learner.ts) turns it into steps of an optimiser, and the same
 * `build` serves evaluation.
 *
 *   inputs ──▶ build ──▶ loss ──▶ gradients ──▶ optimiser ──▶ new parameters (and their moving average)
 *   parameters ─▲  └──▶ reports, buffers
 *
 * Two networks that learn against each other (GAN) are two objectives: each learns its own parameters and lists the
 * other's under `frozen`.
 */
import type { DataType, Shape, Tensor } from '../graph/index.ts';
import type { Parameter } from './parameter.ts';

/** A value that is fed on every step. A named axis may differ from step to step. */
export interface InputSpec {
  readonly name: string;
  readonly type: DataType;
  readonly shape: Shape;
}

/** What `build` may use. */
export interface Parts {
  /** An input by name. */
  readonly input: (name: string) => Tensor;
  /** A learned, frozen or buffered parameter by name. */
  readonly weight: (name: string) => Tensor;
}

/** What `build` returns. */
export interface Built {
  /** A scalar, to be made smaller. */
  readonly loss: Tensor;
  /** Scalars to watch, such as the parts of the loss. */
  readonly reports?: Readonly<Record<string, Tensor>>;
  /** New values of the buffers, by name. */
  readonly buffers?: Readonly<Record<string, Tensor>>;
}

export interface Objective {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Parameters that are read and not learned, such as another network's or the base under LoRA. */
  readonly frozen?: readonly Parameter[];
  /** Carried from step to step without a gradient, such as the vectors of spectral norm. */
  readonly buffers?: readonly Parameter[];
  readonly inputs: readonly InputSpec[];
  readonly build: (parts: Parts) => Built;
}
