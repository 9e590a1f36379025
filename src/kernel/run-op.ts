/**
 * Running an op: the one way works come into being.
 *
 *   request ─▶ record ─▶ known? ─ yes ─▶ the works made then            (`recalled` on the ledger)
 *                          └─ no ──▶ run ─▶ outputs ─▶ one commit ─▶ works (`made` on the ledger)
 *
 * Nothing is kept of a run that failed or was cancelled, except that its job says so.
 */
import { cancelled, canonicalJson, createRandom, type Json, OsError, sha256, toOsError } from '../core/index.ts';
import { type JobEvent, type JobResult, type JobRun, startJob } from './job.ts';
import { asJob } from './job-context.ts';
import type { Kernel } from './kernel.ts';
import type { OpContext, OpOutput, OpResult } from './op.ts';
import { type Prepared, prepareRun, type RunRequest } from './prepare.ts';
import { nameWork, type Work } from './work.ts';

type Emit = (event: JobEvent) => void;

/** Runs an op; see `JobRun` for how to follow it. Its errors are those of `prepareRun`, of the op and of the storage. */
export function runOp(kernel: Kernel, request: RunRequest): JobRun {
  const id = `${request.within ?? ''}${kernel.ids.next()}`;
  return startJob(id, async (emit) => {
    const signal = request.signal ?? new AbortController().signal;
    const prepared = await prepareRun(kernel, request);
    stopIfAborted(signal);
    const known = request.fresh ? undefined : await recall(kernel, id, prepared);
    announce(emit, id, prepared, known !== undefined);
    if (known) {
      await note(kernel, request, prepared, known);
      return known;
    }
    return make(kernel, request, { id, prepared, signal, emit });
  });
}

/** Runs an op that only reports, at once, and keeps nothing: for checks while one types. Throws `kernel/makes-works`, and as `runOp`. */
export async function askOp(kernel: Kernel, request: RunRequest): Promise<Json> {
  const signal = request.signal ?? new AbortController().signal;
  const prepared = await prepareRun(kernel, request);
  const { works, report } = await performOp(kernel, prepared, { id: 'asked', signal, emit: () => undefined });
  if (works.length > 0) throw makesWorks(prepared.op.name);
  return (report ?? null) as Json;
}

/** Runs a prepared op without keeping anything: what both making and replaying do. */
export async function performOp(
  kernel: Kernel,
  prepared: Prepared,
  run: { readonly id: string; readonly signal: AbortSignal; readonly emit: Emit },
): Promise<OpResult> {
  const { op, inputs, options, record, model } = prepared;
  const context: OpContext = {
    random: createRandom(record.seed),
    seed: record.seed,
    signal: run.signal,
    tokenModel: () => kernel.models.openTokenModel(model ?? ''),
    chatModel: () => kernel.models.openChatModel(model ?? ''),
    soundModel: () => kernel.models.openSoundModel(model ?? ''),
    pictureModel: () => kernel.models.openPictureModel(model ?? ''),
    pictureEye: () => kernel.models.openPictureEye(model ?? ''),
    gapFiller: () => kernel.models.openGapFiller(model ?? ''),
    readPicture: (bytes, options) => kernel.pictures.read(bytes, { signal: run.signal, ...options }),
    workshop: () => kernel.workshop,
    progress: (progress) => run.emit({ type: 'job-progress', job: run.id, ...progress }),
    preview: (preview) => run.emit({ type: 'job-preview', job: run.id, ...preview }),
    breathe: async () => {
      await new Promise(setImmediate);
      stopIfAborted(run.signal);
    },
  };
  const result = await asJob({ job: run.id, op: op.name }, () => op.run(context, inputs, options));
  stopIfAborted(run.signal);
  return result;
}

/** The bytes and type an output will have as a work. */
export function contentOf(output: OpOutput): { readonly bytes: Uint8Array; readonly mime: string } {
  if ('bytes' in output) return { bytes: output.bytes, mime: output.mime };
  return { bytes: new TextEncoder().encode(canonicalJson(output.document as Json)), mime: 'application/json' };
}

async function make(
  kernel: Kernel,
  request: RunRequest,
  run: { readonly id: string; readonly prepared: Prepared; readonly signal: AbortSignal; readonly emit: Emit },
): Promise<JobResult> {
  const { id, prepared } = run;
  const { recordHash, record } = prepared;
  await kernel.storage.jobs.start({ id, op: record.op, recordHash });
  try {
    const result = await performOp(kernel, prepared, run);
    const contents = result.works.map(contentOf);
    const works = result.works.map((output, place) => toWork(kernel, prepared, output, place));
    const report = (result.report ?? null) as Json;
    const facts = {
      job: id,
      op: record.op,
      record: recordHash,
      seed: record.seed,
      works: works.map((work) => work.id),
    };
    await kernel.storage.commit({
      blobs: contents.map((content) => content.bytes),
      works,
      outcome: { recordHash, works: facts.works, report },
      ledger: [{ actor: request.actor ?? 'artist', act: 'made', facts }],
      job: { id, state: 'done' },
    });
    return { job: id, works, report, seed: record.seed, cached: false };
  } catch (thrown) {
    const error = toOsError(thrown);
    const state = error.kind === 'cancelled' ? 'cancelled' : 'failed';
    // The first error is the one to hear about, also when the disk cannot even take this note.
    await kernel.storage.jobs.end({ id, state, error: error.code }).catch(() => undefined);
    throw error;
  }
}

function toWork(kernel: Kernel, prepared: Prepared, output: OpOutput, place: number): Work {
  const { bytes, mime } = contentOf(output);
  return nameWork({
    medium: output.medium,
    title: output.title,
    content: sha256(bytes),
    mime,
    size: bytes.length,
    parents: prepared.inputs.map((input) => input.work.id),
    record: prepared.record,
    place,
    measures: (output.measures ?? {}) as Readonly<Record<string, Json>>,
    createdAt: new Date(kernel.clock.now()).toISOString(),
  });
}

async function recall(kernel: Kernel, job: string, prepared: Prepared): Promise<JobResult | undefined> {
  const outcome = await kernel.storage.works.outcome(prepared.recordHash);
  if (!outcome) return undefined;
  const works = await Promise.all(outcome.works.map((id) => kernel.storage.works.get(id)));
  return { job, works, report: outcome.report, seed: prepared.record.seed, cached: true };
}

async function note(kernel: Kernel, request: RunRequest, prepared: Prepared, known: JobResult): Promise<void> {
  const { op, seed } = prepared.record;
  const facts = { job: known.job, op, record: prepared.recordHash, seed, works: known.works.map((work) => work.id) };
  await kernel.storage.commit({ ledger: [{ actor: request.actor ?? 'artist', act: 'recalled', facts }] });
}

function announce(emit: Emit, job: string, { record, recordHash }: Prepared, cached: boolean): void {
  emit({ type: 'job-start', job, op: record.op, recordHash, seed: record.seed, cached });
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal.reason);
}

function makesWorks(op: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'kernel/makes-works',
    message: `${op} makes works; only ops that report can be asked.`,
    hint: 'Run it as a job.',
    zh: { message: `${op} 会产生作品，只有仅作报告的操作可以直接询问。`, hint: '请作为任务运行。' },
  });
}
