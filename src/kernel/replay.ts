/** Replay: makes a work again from its record and compares what came out. Nothing new is kept but a line on the ledger. */
import { OsError, type Sha256, sha256 } from '../core/index.ts';
import { BROUGHT } from './bring.ts';
import type { Kernel } from './kernel.ts';
import { type Prepared, prepareRun } from './prepare.ts';
import { contentOf, performOp } from './run-op.ts';
import type { Work } from './work.ts';

export interface Replay {
  readonly work: Work;
  /** Whether the content came out the same, byte for byte. */
  readonly equal: boolean;
  /** Whether the same could be expected: the engine promises the same for the same request, or none was needed. */
  readonly repeatable: boolean;
  /** Content hash of the work. */
  readonly expected: Sha256;
  /** Content hash of what came out now; null when nothing came out at the work's place. */
  readonly found: Sha256 | null;
}

/**
 * Makes the work again, bypassing the cache. Throws `kernel/op-changed` or `kernel/model-changed` when the op or the model
 * is no longer the one that made it, `kernel/not-made-here` for a file that was brought, `kernel/replay-costs` for a work that
 * somebody was paid for, and what the catalogue and the op throw.
 */
export async function replayWork(
  kernel: Kernel,
  id: string,
  { signal = new AbortController().signal, actor = 'artist' }: { signal?: AbortSignal; actor?: string } = {},
): Promise<Replay> {
  const work = await kernel.storage.works.get(id);
  refuseBrought(work);
  refuseChangedOp(kernel, work);
  const { record, parents } = work;
  const prepared = await prepareRun(kernel, {
    op: record.op,
    inputs: parents,
    options: record.options,
    seed: record.seed,
  });
  refuseChangedModel(work, prepared);
  refuseCost(work);
  const repeatable = prepared.model === null || (await kernel.models.identify(prepared.model)).reproducible;
  const result = await performOp(kernel, prepared, { id: kernel.ids.next(), signal, emit: () => undefined });
  const output = result.works[work.place];
  const found = output ? sha256(contentOf(output).bytes) : null;
  const equal = found === work.content;
  const facts = { work: work.id, expected: work.content, found, equal, repeatable };
  await kernel.storage.commit({ ledger: [{ actor, act: 'replayed', facts }] });
  return { work, equal, repeatable, expected: work.content, found };
}

function refuseBrought({ record, id, title }: Work): void {
  if (record.op !== BROUGHT) return;
  throw new OsError({
    kind: 'input',
    code: 'kernel/not-made-here',
    message: `Work ${id} ('${title}') was brought as a file; nothing here made it.`,
    hint: 'Replay a work that was made from it: see its lineage.',
    zh: { message: `作品 ${id}（“${title}”）是带入的文件，不是在此制成的。`, hint: '请重放由它而来的作品：见其谱系。' },
  });
}

function refuseChangedOp(kernel: Kernel, { record, id }: Work): void {
  const version = kernel.ops.get(record.op)?.version;
  if (version === record.version) return;
  const now = version === undefined ? 'gone' : `version ${version}`;
  throw new OsError({
    kind: 'conflict',
    code: 'kernel/op-changed',
    message: `Work ${id} was made by ${record.op} version ${record.version}, which is now ${now}.`,
    hint: 'Replay it with the release of LLMAgentOS that made it, or run the op anew.',
    zh: {
      message: `作品 ${id} 由 ${record.op} 第 ${record.version} 版制成，如今该操作${version === undefined ? '已不存在' : `是第 ${version} 版`}。`,
      hint: '请用当时的 LLMAgentOS 版本重放，或重新运行该操作。',
    },
  });
}

function refuseChangedModel({ record, id }: Work, prepared: Prepared): void {
  const then = record.model;
  const now = prepared.record.model;
  if (then?.digest === now?.digest && then?.engine === now?.engine) return;
  throw new OsError({
    kind: 'conflict',
    code: 'kernel/model-changed',
    message: `Work ${id} was made with ${then?.name} ${then?.digest.slice(0, 12)} on ${then?.engine}; here it is ${now?.digest.slice(0, 12)} on ${now?.engine}.`,
    hint: 'Put the model it was made with back into the models folder.',
    zh: {
      message: `作品 ${id} 所用模型是 ${then?.name} ${then?.digest.slice(0, 12)}（${then?.engine}），此处的是 ${now?.digest.slice(0, 12)}（${now?.engine}）。`,
      hint: '请把当时的模型放回模型文件夹。',
    },
  });
}

/** A replay spends nothing: what was paid for is kept, and is asked for anew only by whoever asks for it. */
function refuseCost({ measures, id, record }: Work): void {
  const { amount, currency } = (measures.cost ?? {}) as { readonly amount?: number; readonly currency?: string };
  if (!amount) return;
  const price = `${amount} ${currency}`;
  throw new OsError({
    kind: 'conflict',
    code: 'kernel/replay-costs',
    message: `Work ${id} was made by ${record.model?.name} for ${price}; making it again would cost as much, and give something else.`,
    hint: 'Nothing was sent. Its record is whole: see show. To pay for another one, run the op anew.',
    zh: {
      message: `作品 ${id} 由 ${record.model?.name} 花费 ${price} 制成；重做会再次收费，结果也会不同。`,
      hint: '没有发送任何内容。其记录完整，可用 show 查看；如愿付费另作一件，请重新运行该操作。',
    },
  });
}
