/** From a request to a record: finds the op, parses the options, loads the inputs, fixes model and seed. */
import { z } from 'zod';
import { type Json, OsError, type Sha256 } from '../core/index.ts';
import type { Kernel } from './kernel.ts';
import type { InputWork, Op } from './op.ts';
import { hashRecord, type OpRecord } from './record.ts';
import type { Work } from './work.ts';

/** What an op is asked to do. */
export interface RunRequest {
  readonly op: string;
  /** Ids of the input works, in the op's order. */
  readonly inputs?: readonly string[] | undefined;
  readonly options?: unknown;
  /** A whole number ≥ 0; drawn when absent. */
  readonly seed?: number | undefined;
  /** Who asks; default `artist`. */
  readonly actor?: string;
  /** Runs even if the same record has led to works before. */
  readonly fresh?: boolean | undefined;
  readonly signal?: AbortSignal;
  /** The id of its job begins so: what it is a part of. */
  readonly within?: string;
}

/** Everything that is settled before an op runs. */
export interface Prepared {
  readonly op: Op;
  readonly options: unknown;
  readonly inputs: readonly InputWork[];
  readonly model: string | null;
  readonly record: OpRecord;
  readonly recordHash: Sha256;
}

/** Throws `kernel/unknown-op`, `kernel/bad-options`, `kernel/bad-inputs`, and what loading inputs and model throws. */
export async function prepareRun(kernel: Kernel, request: RunRequest): Promise<Prepared> {
  const op = getOp(kernel, request.op);
  const options = parseOptions(op, request.options ?? {});
  const inputs = await Promise.all((request.inputs ?? []).map((id) => loadWork(kernel, id)));
  checkInputs(
    op,
    inputs.map((input) => input.work),
  );
  const model = op.model?.(options) ?? null;
  const identity = model === null ? null : await kernel.models.identify(model);
  const record: OpRecord = {
    op: op.name,
    version: op.version,
    inputs: inputs.map((input) => input.work.content),
    options: options as Json,
    seed: checkSeed(op, request.seed ?? kernel.ids.seed()),
    model: identity && { name: identity.name, digest: identity.digest, engine: identity.engine },
  };
  return { op, options, inputs, model, record, recordHash: hashRecord(record) };
}

/** Refuses what `prepareRun` would refuse before it loads anything large: the op, its options, the media of its inputs. */
export async function checkRun(kernel: Kernel, request: RunRequest): Promise<Op> {
  const op = getOp(kernel, request.op);
  parseOptions(op, request.options ?? {});
  const works = await Promise.all((request.inputs ?? []).map((id) => kernel.storage.works.get(id)));
  checkInputs(op, works);
  checkSeed(op, request.seed ?? 0);
  return op;
}

/** Refuses options that an op cannot work with; throws `kernel/unknown-op`, `kernel/bad-options`. */
export function checkOptions(kernel: Kernel, op: string, options: unknown): void {
  parseOptions(getOp(kernel, op), options);
}

/** The op of a name; throws `kernel/unknown-op`. */
export function getOp(kernel: Kernel, name: string): Op {
  const op = kernel.ops.get(name);
  if (op) return op;
  const known = [...kernel.ops.keys()].sort().join(', ');
  throw new OsError({
    kind: 'input',
    code: 'kernel/unknown-op',
    message: `There is no op '${name}'.`,
    hint: `Known: ${known}.`,
    zh: { message: `没有名为“${name}”的操作。`, hint: `现有：${known}。` },
  });
}

/** A work with its content; throws `storage/work-missing` and what the blob store throws. */
export async function loadWork(kernel: Kernel, id: string): Promise<InputWork> {
  const work = await kernel.storage.works.get(id);
  return readContent(work, await kernel.storage.blobs.get(work.content));
}

/** Puts a work and its bytes together. */
export function readContent(work: Work, bytes: Uint8Array): InputWork {
  const document = work.mime === 'application/json' ? JSON.parse(new TextDecoder().decode(bytes)) : undefined;
  return { work, bytes, document };
}

function parseOptions(op: Op, given: unknown): unknown {
  const parsed = op.options.safeParse(given);
  if (!parsed.success) {
    const inChinese = op.options.safeParse(given, { error: z.locales.zhCN().localeError });
    throw badOptions(op, describe(parsed.error), describe(inChinese.error ?? parsed.error));
  }
  const stranger = strangeOption(op, given);
  if (stranger !== undefined) throw badOptions(op, `unknown option '${stranger}'`, `没有选项“${stranger}”`);
  return parsed.data;
}

function describe(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`).join('; ');
}

/** zod drops unknown keys without a word; a misspelt option must not be dropped so. */
function strangeOption(op: Op, given: unknown): string | undefined {
  if (!(op.options instanceof z.ZodObject) || given === null || typeof given !== 'object') return undefined;
  const known = op.options.shape;
  return Object.entries(given).find(([key, value]) => value !== undefined && !(key in known))?.[0];
}

function badOptions(op: Op, en: string, zh: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'kernel/bad-options',
    message: `${op.name} cannot work with these options: ${en}.`,
    hint: 'Change the options named here and run it again.',
    zh: { message: `${op.name} 无法使用这些选项：${zh}。`, hint: '请修改上面提到的选项，再运行一次。' },
  });
}

function checkSeed(op: Op, seed: number): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw badOptions(op, `seed must be a whole number from 0, got ${seed}`, `种子须为不小于 0 的整数，而得到 ${seed}`);
}

function checkInputs(op: Op, inputs: readonly Work[]): void {
  const places = op.inputs ?? [];
  const least = places.filter((place) => !place.optional).length;
  const media = inputs.map((work) => work.medium);
  const fits =
    media.length >= least &&
    media.length <= places.length &&
    media.every((medium, i) => places[i]?.medium === '*' || places[i]?.medium === medium);
  if (fits) return;
  const wanted = places.map((p) => `${p.name} (${p.medium}${p.optional ? '?' : ''})`).join(', ') || '—';
  const found = media.join(', ') || '—';
  throw new OsError({
    kind: 'input',
    code: 'kernel/bad-inputs',
    message: `${op.name} takes the works: ${wanted}; it was given: ${found}.`,
    hint: 'Give it works of these media, in this order.',
    zh: { message: `${op.name} 需要的作品：${wanted}；给出的是：${found}。`, hint: '请按此顺序给出这些类别的作品。' },
  });
}
