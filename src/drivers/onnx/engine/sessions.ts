/** Networks in ONNX files, run by name. */
import '../../../core/no-telemetry.ts';
import * as ort from 'onnxruntime-node';

export type Values = Readonly<Record<string, ort.Tensor>>;

export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The kind of number that an input takes. */
  typeOf(input: string): string;
  run(feeds: Values): Promise<Record<string, ort.Tensor>>;
}

/** Opens a file. */
export async function openSession(path: string, threads: number): Promise<Session> {
  const session = await ort.InferenceSession.create(path, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const types = new Map(session.inputMetadata.map((one) => [one.name, one.isTensor ? one.type : 'float32']));
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    typeOf: (input) => types.get(input) ?? 'float32',
    run: async (feeds) => ({ ...(await session.run(feeds as Record<string, ort.Tensor>)) }),
  };
}

/** A tensor of the kind of number that an input takes. */
export function tensorFor(
  session: Session,
  input: string,
  values: ArrayLike<number>,
  shape: readonly number[],
): ort.Tensor {
  const type = session.typeOf(input);
  const list = Array.from(values);
  const made = {
    int64: () => BigInt64Array.from(list, BigInt),
    int32: () => Int32Array.from(list),
    float16: () => Float16Array.from(list),
    uint8: () => Uint8Array.from(list),
  };
  const data = type in made ? made[type as keyof typeof made]() : Float32Array.from(list);
  return new ort.Tensor((type in made ? type : 'float32') as 'float32', data as Float32Array, [...shape]);
}

/** The numbers of a tensor, as 32-bit floats. */
export function numbersOf({ data, type }: ort.Tensor): Float32Array {
  if (type === 'float16' && data instanceof Uint16Array)
    return Float32Array.from(new Float16Array(data.slice().buffer));
  return Float32Array.from(data as Float32Array);
}
