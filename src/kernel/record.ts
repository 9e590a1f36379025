/** The op record: at once the cache key, the provenance and the recipe for replay. */
import { hashJson, type Json, type Sha256 } from '../core/index.ts';

/** Everything that decides what an op makes. Equal records mean equal works (where the engine can repeat itself). */
export interface OpRecord {
  readonly op: string;
  readonly version: number;
  /** Content hashes of the input works, in order. */
  readonly inputs: readonly Sha256[];
  /** Options after parsing, defaults filled in. */
  readonly options: Json;
  readonly seed: number;
  /** The model that was used; null for ops that need none. */
  readonly model: { readonly name: string; readonly digest: string; readonly engine: string } | null;
}

/** SHA-256 of the canonical JSON of a record. */
export function hashRecord(record: OpRecord): Sha256 {
  return hashJson({
    op: record.op,
    version: record.version,
    inputs: record.inputs,
    options: record.options,
    seed: record.seed,
    model: record.model,
  });
}
