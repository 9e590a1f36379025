/** The processes of the system, and what each has in memory. */
import type { ModelView } from '../../../../sdk/src/api/index.ts';
import type { Os, ProcessView } from '../../../host/index.ts';

/** This process, which serves since `since`, and the workers. */
export function processesOf(os: Os, since: number): readonly ProcessView[] {
  const memory = process.memoryUsage.rss();
  return [{ pid: process.pid, memory, doing: 'serve', since, open: os.residents() }, ...os.processes()];
}

/** ISO 8601. */
export function timeOf(at: number): string {
  return new Date(at).toISOString();
}

/** Where a model is in memory. */
export function residenceOf(name: string, processes: readonly ProcessView[]): ModelView['residence'] {
  return processes.flatMap(({ pid, open }) =>
    open.flatMap(({ model, bytes, since, busy }) =>
      model === name ? [{ pid, bytes, since: timeOf(since), busy }] : [],
    ),
  );
}
