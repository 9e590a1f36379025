/** A named array of numbers that a network learns or carries along, and how it starts. */
import { createRandom } from '../../core/index.ts';

/** Parameters by name, 32-bit floats, row-major. */
export type Parameters = ReadonlyMap<string, Float32Array>;

/** The numbers a parameter starts with; deviation and bound are absolute. */
export type Start =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly bound: number };

/** One parameter of a network. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: Start;
  /**
   * What the optimiser takes it for. Weight decay pulls `matrix` and `kernel`; Muon turns `matrix` (out, in) and `kernel`
   * (out, in·height·width) and leaves `embedding` and `vector` to AdamW.
   */
  readonly kind: 'matrix' | 'kernel' | 'embedding' | 'vector';
}

/** Fresh numbers for a seed; each parameter draws from a stream of its own, so that adding one changes no other. */
export function createParameters(parameters: readonly Parameter[], seed: string | number): Map<string, Float32Array> {
  const root = createRandom(seed);
  return new Map(
    parameters.map(({ name, shape, start }) => {
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      if (start.kind === 'constant') return [name, values.fill(start.value)];
      const random = root.fork(name);
      const draw =
        start.kind === 'normal' ? () => start.deviation * random.normal() : () => start.bound * (2 * random.next() - 1);
      for (let i = 0; i < values.length; i++) values[i] = draw();
      return [name, values];
    }),
  );
}
