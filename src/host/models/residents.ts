/** Which models this process has in memory: those of engines that plan their memory, and our own, which are opened right here. */
import type { Clock, ModelRole, Residency } from '../../kernel/index.ts';

/** A model in the memory of a process. */
export interface ResidentModel {
  readonly model: string;
  /** Null where its engine does not say. */
  readonly bytes: number | null;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Whether it works just now; null where its engine does not say. */
  readonly busy: boolean | null;
}

/** A model that was opened, and by which engine. */
export interface OpenedModel {
  readonly model: string;
  readonly driver: string;
  readonly role: ModelRole;
}

/** The engine that opens models in the process itself; those of others live elsewhere, or are among the planned ones. */
const HERE = 'house';

/** Asks, each time it is called; the first call that finds a model of ours notes since when. The longest there come first. */
export function createResidents(
  opened: () => readonly OpenedModel[],
  residency: Pick<Residency, 'list'>,
  clock: Clock,
): () => readonly ResidentModel[] {
  const seen = new Map<string, number>();
  return () => {
    const planned = residency.list().map(({ model, bytes, since, busy }) => ({ model, bytes, since, busy }));
    const ours = new Set(opened().flatMap(({ model, driver }) => (driver === HERE ? [model] : [])));
    for (const model of seen.keys()) if (!ours.has(model)) seen.delete(model);
    for (const model of ours) seen.set(model, seen.get(model) ?? clock.now());
    const here = [...seen].map(([model, since]) => ({ model, bytes: null, since, busy: null }));
    return [...planned, ...here].toSorted((a, b) => a.since - b.since);
  };
}
