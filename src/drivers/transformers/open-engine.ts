/** The engine process of one model: started by its first call, ended when memory is wanted and it is idle. */
import { availableParallelism } from 'node:os';
import { createEngineProcess, type EngineProcess } from '../../isolation/index.ts';
import type { Residency } from '../../kernel/index.ts';
import type { Settled } from './model-card.ts';

/** What the engine is told before anything else. */
export interface LoadInput {
  readonly folder: string;
  readonly task: string;
  readonly dtype: string;
  readonly within: string;
  readonly threads: number;
}

/** Bytes that the runtime takes beside the weights. */
const RUNTIME = 200 * 2 ** 20;

/** Bytes of memory that a model will need: its weights, once more for what is computed from the smaller kinds, and the runtime. */
export function memoryOf({ kind }: Pick<Settled, 'kind'>): number {
  return Math.round(kind.weights * 1.3) + RUNTIME;
}

/** Prepares the engine of a model. */
export function openEngine(settled: Settled, residency: Residency): EngineProcess {
  const { name, files, kind, card } = settled;
  const threads = card.threads ?? Math.max(1, Math.min(8, Math.floor(availableParallelism() / 2)));
  const input: LoadInput = { folder: files, task: kind.task, dtype: kind.dtype, within: kind.within, threads };
  return createEngineProcess({
    name,
    entry: new URL('./engine/main.ts', import.meta.url),
    resident: { residency, bytes: memoryOf(settled) },
    prepare: { method: 'load', input },
  });
}
