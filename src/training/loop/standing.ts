/**
 * What a checkpoint is to the run that would go on from it:
 *
 *   same        its identity is the run's; learning rates may differ, for that is how one goes on after a divergence
 *   earlier     it was made before data were withdrawn, and had not read them yet
 *   tainted     it had read them
 *   other       it belongs to another run
 *
 * A checkpoint carries its identity as a hash and as JSON; older ones have the hash alone, and are compared by it.
 */
import { canonicalJson, hashJson, type Json } from '../../core/index.ts';
import type { EarlierIdentity, RunOptions } from './course.ts';

/** Learning rates that were changed, by name: before and now. */
export type ChangedRates = Readonly<Record<string, readonly [number, number]>>;

export interface Standing {
  readonly kind: 'same' | 'earlier' | 'tainted' | 'other';
  readonly changed?: ChangedRates;
  /** The identity it has, when that is an earlier one. */
  readonly earlier?: EarlierIdentity;
}

type Metadata = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, Json>>;

/** Options that may be changed while a run is under way. */
const RATES = ['learningRate', 'matrixLearningRate', 'warmupSteps'];

/** What a checkpoint carries of the identity. */
export function identityMetadata(identity: Json): Metadata {
  return { identity: hashJson(identity), facts: canonicalJson(identity) };
}

/** Judges a checkpoint by what it carries and by its steps. */
export function judge(metadata: Metadata, step: number, run: RunOptions): Standing {
  const unfinished = step < run.steps;
  const own = compare(metadata, run.identity, unfinished);
  if (own) return { kind: 'same', ...own };
  for (const earlier of run.earlier ?? []) {
    const found = compare(metadata, earlier.identity, unfinished);
    if (found) return { kind: step <= earlier.until ? 'earlier' : 'tainted', earlier, ...found };
  }
  return { kind: 'other' };
}

/** Undefined when they are not the same. */
function compare(metadata: Metadata, identity: Json, mayChange: boolean): { changed?: ChangedRates } | undefined {
  if (metadata.identity === hashJson(identity)) return {};
  if (metadata.facts === undefined || !mayChange) return undefined;
  const before = JSON.parse(metadata.facts) as Json;
  if (canonicalJson(withoutRates(before)) !== canonicalJson(withoutRates(identity))) return undefined;
  const [old, now] = [ratesOf(before), ratesOf(identity)];
  if ([...now.keys()].join() !== [...old.keys()].join()) return undefined;
  const changed = [...now].filter(([name, rate]) => old.get(name) !== rate);
  return { changed: Object.fromEntries(changed.map(([name, rate]) => [name, [old.get(name)!, rate] as const])) };
}

function withoutRates(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutRates);
  if (typeof value !== 'object' || value === null) return value;
  const rest = Object.entries(value as Fields).filter(([name, each]) => !isRate(name, each));
  return Object.fromEntries(rest.map(([name, each]) => [name, withoutRates(each)]));
}

/** The rates of an identity by name. */
function ratesOf(value: Json): Map<string, number> {
  if (typeof value !== 'object' || value === null) return new Map();
  const entries = Object.entries(value as Fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(entries.flatMap(([name, each]) => (isRate(name, each) ? [[name, Number(each)]] : [...ratesOf(each)])));
}

const isRate = (name: string, value: Json): boolean => RATES.includes(name) && typeof value === 'number';
