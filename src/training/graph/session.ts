/** Compiles a graph with ONNX Runtime and runs it. Inputs are read in place; outputs are copied into new arrays. */
import '../../core/no-telemetry.ts';
import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';
import { OsError } from '../../core/index.ts';
import type { DataType, Graph, TensorData } from './graph.ts';
import { encodeOnnx } from './onnx.ts';
import { withPlainProducts } from './plain-products.ts';

/** How a session runs. */
export interface SessionOptions {
  /** Threads for one operation. Default: the cores, at most 4. More threads than idle cores make it slower. */
  readonly threads?: number;
  /** Who computes. Default `cpu`; ask `probeWebGpu` (providers.ts) before choosing `webgpu`. */
  readonly provider?: 'cpu' | 'webgpu';
}

/** An input: its numbers, and its shape where the graph left an axis open. */
export interface Feed {
  readonly data: TensorData;
  readonly shape: readonly number[];
}

export interface Session extends AsyncDisposable {
  /** Runs the graph on inputs by name, passing over names it does not know; returns outputs by name. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, TensorData>>;
}

const ORT_TYPE: Readonly<Record<DataType, ort.Tensor.Type>> = {
  f32: 'float32',
  u8: 'uint8',
  i32: 'int32',
  i64: 'int64',
  bool: 'bool',
};

/** Threads that a session uses when nobody says otherwise. */
export function defaultThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism()));
}

/** Builds and loads the ONNX model of a graph. Throws `training/engine-refused` when ONNX Runtime will not take it. */
export async function createSession(graph: Graph, options: SessionOptions = {}): Promise<Session> {
  return await prepareSession(graph, options)();
}

/** The same in two halves: the graph is written now, its numbers copied; it is loaded by the call, which frees the copy. */
export function prepareSession(graph: Graph, options: SessionOptions = {}): () => Promise<Session> {
  const { provider = 'cpu' } = options;
  const types = new Map(graph.inputs.map((tensor) => [tensor.name, ORT_TYPE[tensor.type]]));
  const names = graph.outputs.map(({ name, tensor }) => [name, tensor.name] as const);
  const bytes = encodeOnnx(provider === 'cpu' ? graph : withPlainProducts(graph));
  return async () => openSession(bytes, types, names, options);
}

async function openSession(
  bytes: Uint8Array,
  types: ReadonlyMap<string, ort.Tensor.Type>,
  names: readonly (readonly [name: string, inner: string])[],
  options: SessionOptions,
): Promise<Session> {
  const session = await refusals(() =>
    ort.InferenceSession.create(bytes, {
      executionProviders: [options.provider ?? 'cpu'],
      intraOpNumThreads: options.threads ?? defaultThreads(),
      interOpNumThreads: 1,
      enableMemPattern: false,
      enableCpuMemArena: true,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    }),
  );
  return {
    run: (feeds) =>
      refusals(async () => {
        const values: Record<string, ort.Tensor> = {};
        for (const [name, { data, shape }] of Object.entries(feeds)) {
          const type = types.get(name);
          if (type) values[name] = new ort.Tensor(type, data as Float32Array, shape);
        }
        const results = await session.run(values);
        return Object.fromEntries(names.map(([name, inner]) => [name, results[inner]!.data as TensorData]));
      }),
    [Symbol.asyncDispose]: () => session.release(),
  };
}

async function refusals<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OsError({
      kind: /alloc|memory/i.test(reason) ? 'exhausted' : 'bug',
      code: 'training/engine-refused',
      message: `ONNX Runtime refused the work: ${reason}`,
      hint: 'Free memory or use a smaller batch; if that is not it, report this with the command you ran.',
      zh: { message: `ONNX Runtime 拒绝执行：${reason}`, hint: '请释放内存或减小批量；若仍失败，请连同所用命令报告。' },
      cause,
    });
  }
}
