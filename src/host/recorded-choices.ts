/**
 * The artist's own choices as pairs to learn from: on the ledger stands which candidates were shown and which was picked;
 * the one picked is preferred to each of the others of the same run, where a model wrote both.
 *
 *   ledger (`chose`) ─▶ works of one record ─▶ what the model was given and wrote ─▶ pairs, by model
 */
import {
  type Kernel,
  type LedgerEntry,
  loadWork,
  type PreferencePair,
  type Studio,
  type Work,
  type Written,
} from '../kernel/index.ts';

/** What the ledger holds of one model's choices. */
export interface RecordedChoices {
  /** Catalogue name of the model that wrote most pairs; absent when it is not at hand, or there are no pairs. */
  readonly model?: string;
  readonly pairs: readonly PreferencePair[];
  /** Choices that were made. */
  readonly choices: number;
  /** Those of them that give no pair: nothing picked, no model, another model, or nothing of the same run beside it. */
  readonly unused: number;
}

interface Choice {
  readonly shown: readonly string[];
  readonly picked: string | null;
}

interface FoundPairs {
  /** Digest of the model that wrote them. */
  readonly model: string;
  /** By the two works. */
  readonly pairs: readonly (readonly [string, PreferencePair])[];
}

const PAGE = 500;

/** Reads the whole ledger. A later choice about the same two works replaces an earlier one. */
export async function recordedChoices(kernel: Kernel, studios: readonly Studio[]): Promise<RecordedChoices> {
  const found: FoundPairs[] = [];
  let choices = 0;
  for await (const { shown, picked } of readChoices(kernel)) {
    choices += 1;
    const pairs = picked === null ? undefined : await pairsOf(kernel, studios, shown, picked);
    if (pairs) found.push(pairs);
  }
  const [model] = [
    ...Map.groupBy(
      found.flatMap(({ model, pairs }) => pairs.map(() => model)),
      (name) => name,
    ),
  ]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name]) => name);
  if (model === undefined) return { pairs: [], choices, unused: choices };
  const used = found.filter((one) => one.model === model);
  const pairs = new Map(used.flatMap((one) => one.pairs));
  const name = await nameOf(kernel, model);
  return {
    ...(name === undefined ? {} : { model: name }),
    pairs: [...pairs.values()],
    choices,
    unused: choices - used.length,
  };
}

/** Under which name a model is at hand; cards and folders may be called otherwise than when it wrote. */
async function nameOf({ models }: Kernel, digest: string): Promise<string | undefined> {
  for (const { name, fault } of await models.list()) {
    const identity = fault === undefined ? await models.identify(name).catch(() => undefined) : undefined;
    if (identity?.digest === digest) return name;
  }
  return undefined;
}

async function* readChoices({ storage }: Kernel): AsyncGenerator<Choice> {
  for (let after = 0; ; ) {
    const entries: readonly LedgerEntry[] = await storage.ledger.list({ after, limit: PAGE });
    for (const { act, facts } of entries) if (act === 'chose' && isChoice(facts)) yield facts;
    if (entries.length < PAGE) return;
    after = entries.at(-1)!.seq;
  }
}

function isChoice(facts: unknown): facts is Choice {
  const { shown, picked } = (facts ?? {}) as Partial<Choice>;
  return Array.isArray(shown) && (picked === null || typeof picked === 'string');
}

async function pairsOf(
  kernel: Kernel,
  studios: readonly Studio[],
  shown: readonly string[],
  picked: string,
): Promise<FoundPairs | undefined> {
  const chosen = await kernel.storage.works.find(picked);
  const model = chosen?.record.model?.digest;
  if (chosen === undefined || model === undefined) return undefined;
  const liked = await readWritten(kernel, studios, chosen);
  if (liked === undefined) return undefined;
  const { prompt, title, answer } = liked;
  const pairs: [string, PreferencePair][] = [];
  for (const id of shown.filter((one) => one !== picked)) {
    const other = await kernel.storage.works.find(id);
    if (other?.recordHash !== chosen.recordHash) continue;
    const left = await readWritten(kernel, studios, other);
    if (left === undefined || left.answer === answer || left.prompt !== prompt) continue;
    const pair = { prompt, chosen: answer, rejected: left.answer, ...(title === '' ? {} : { title }) };
    pairs.push([[picked, id].sort().join(), pair]);
  }
  return pairs.length === 0 ? undefined : { model, pairs };
}

async function readWritten(kernel: Kernel, studios: readonly Studio[], work: Work): Promise<Written | undefined> {
  const studio = studios.find((one) => one.ops.some((own) => own.name === work.record.op));
  return studio?.asWritten?.(await loadWork(kernel, work.id));
}
