/**
 * Rows of tokens that a caller writes one column at a time. There is one memory of keys and values: a row goes on from the longest
 * beginning that it shares with what was read last, so that rows of one prompt cost their own ends only.
 */
import type { ControlledEvaluateInputItem, Token } from 'node-llama-cpp';
import { HandlerFault } from '../../../isolation/index.ts';
import { type Runtime, withRuntime } from './runtime.ts';

const sheets = new Map<number, readonly (readonly number[])[]>();
let opened = 0;

/** Every token's share as it is: nothing is cut off, nothing is sharpened. */
const AS_IT_IS = { temperature: 1, topK: 0, topP: 1, minP: 0 };

/** Reads a prompt. */
export function open({ prompt }: { readonly prompt: readonly number[] }) {
  return withRuntime(async (runtime) => {
    const logits = await readRow(runtime, prompt);
    sheets.set(++opened, [prompt]);
    return { batch: opened, logits };
  });
}

/** Writes a column; `parents` are rows as they were before it, cut to `length`. Logits of all rows, one after another. */
export function extend(step: {
  readonly batch: number;
  readonly tokens: readonly number[];
  readonly parents: readonly number[];
  readonly length: number;
}) {
  return withRuntime(async (runtime) => {
    const rows = sheets.get(step.batch);
    if (!rows) throw new HandlerFault('died', 'its memory is gone', '其内存已丢失');
    const next = step.tokens.map((token, row) => [...rows[step.parents[row]!]!.slice(0, step.length), token]);
    const size = vocabularyOf(runtime);
    const logits = new Float32Array(next.length * size);
    for (const [row, tokens] of next.entries()) logits.set(await readRow(runtime, tokens), row * size);
    sheets.set(step.batch, next);
    return { logits };
  });
}

/** Forgets a sheet. */
export function close({ batch }: { readonly batch: number }): void {
  sheets.delete(batch);
}

/** ln P of every token given those before it; the first has none. */
export function score({ rows }: { readonly rows: readonly (readonly number[])[] }) {
  return withRuntime(async ({ sequence }) => {
    const scores: Float32Array[] = [];
    for (const row of rows) {
      await sequence.clearHistory();
      const input = row.map((token): ControlledEvaluateInputItem => [token as Token, asked]);
      const output = await sequence.controlledEvaluate(input);
      scores.push(Float32Array.from(row, (token, i) => (i === 0 ? 0 : logOf(output[i - 1], token))));
    }
    return scores;
  });
}

const asked = { generateNext: { probabilities: true, options: AS_IT_IS } } as const;

type Output = Awaited<ReturnType<Runtime['sequence']['controlledEvaluate']>>[number];

/** What cannot be told from nothing in 32 bits. */
const LEAST = 1e-38;

function logOf(output: Output, token: number): number {
  return Math.log(Math.max(LEAST, output?.next.probabilities?.get(token as Token) ?? 0));
}

async function readRow(runtime: Runtime, tokens: readonly number[]): Promise<Float32Array> {
  const { sequence } = runtime;
  const held = sequence.contextTokens as readonly number[];
  // The last token is always read anew: it is the one whose answer is wanted.
  let shared = 0;
  while (shared < tokens.length - 1 && held[shared] === tokens[shared]) shared++;
  if (shared < held.length) await sequence.eraseContextTokenRanges([{ start: shared, end: held.length }]);
  const rest = tokens.slice(shared) as unknown as readonly Token[];
  const output = await sequence.controlledEvaluate([...rest.slice(0, -1), [rest.at(-1)!, asked]]);
  const logits = new Float32Array(vocabularyOf(runtime)).fill(Math.log(LEAST));
  for (const [token, share] of output.at(-1)?.next.probabilities ?? [])
    logits[token] = Math.log(Math.max(LEAST, share));
  return logits;
}

let size = 0;

function vocabularyOf({ model }: Runtime): number {
  size ||= [...model.iterateAllTokens()].length;
  return size;
}
