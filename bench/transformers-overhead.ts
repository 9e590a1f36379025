/**
 * What our layer costs over calling transformers.js itself: one model of ours, exported to ONNX, writes greedily after the same
 * prompt, through the driver (engine process, events, our loop) and through `generate` in this process, in turn.
 *
 *   node bench/transformers-overhead.ts [rounds]     → bench/results/transformers-overhead.json
 */
import '../src/core/no-telemetry.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AutoModelForCausalLM, AutoTokenizer, env, TextStreamer } from '@huggingface/transformers';
import { createTransformersDriver } from '../src/drivers/transformers/index.ts';
import { SHIPPED_MODELS } from '../src/host/index.ts';
import { createResidency } from '../src/kernel/index.ts';
import { exportOnnx, loadModelFolder } from '../src/training/index.ts';

const ROUNDS = Number(process.argv[2] ?? 15);
const TOKENS = 96;
const folder = mkdtempSync(join(tmpdir(), 'overhead-'));
await exportOnnx(folder, await loadModelFolder(join(SHIPPED_MODELS, 'verse-zh')));
const settings = JSON.parse(readFileSync(join(folder, 'tokenizer_config.json'), 'utf8'));
const template = '{% for m in messages %}{{ m.content }}{% endfor %}';
writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ ...settings, chat_template: template }));
// Neither may end early.
writeFileSync(join(folder, 'generation_config.json'), '{}');
const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, eos_token_id: null }));
const card = { name: 'overhead', licence: 'Apache-2.0', threads: 1 };
writeFileSync(join(folder, 'card.json'), JSON.stringify(card));

const nowhere = (): never => {
  throw new Error('nothing leaves here');
};
const driver = createTransformersDriver({
  wayOut: { fetchFor: nowhere, connect: nowhere, maySpend: nowhere, spent: nowhere },
  key: async () => undefined,
  residency: createResidency({ available: () => 8 * 2 ** 30, clock: Date }),
  sleep: async () => undefined,
});
await using ours = await driver.createChatModel!(folder);
env.allowRemoteModels = false;
env.localModelPath = dirname(folder);
const options = { dtype: 'fp32', session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 } } as const;
const model = await AutoModelForCausalLM.from_pretrained(basename(folder), options);
const tokenizer = await AutoTokenizer.from_pretrained(basename(folder));

interface Run {
  readonly first: number;
  readonly total: number;
  readonly text: string;
}

const prompt = '<title>春夜';

async function through(count = TOKENS): Promise<Run> {
  const begin = performance.now();
  let first = 0;
  const onText = (): void => {
    first ||= performance.now() - begin;
  };
  const messages = [{ role: 'user', parts: [{ kind: 'text', text: prompt }] }] as const;
  const { text, usage } = await ours.reply({ messages, temperature: 0, maxTokens: count, onText });
  if (usage.output !== count) throw new Error(`${usage.output} tokens`);
  return { first, total: performance.now() - begin, text };
}

async function direct(count = TOKENS): Promise<Run> {
  const begin = performance.now();
  let [first, text] = [0, ''];
  const onPiece = (piece: string): void => {
    first ||= performance.now() - begin;
    text += piece;
  };
  const streamer = new TextStreamer(tokenizer, {
    skip_prompt: true,
    skip_special_tokens: true,
    callback_function: onPiece,
  });
  const inputs = tokenizer(prompt, { add_special_tokens: false });
  await model.generate({ ...inputs, max_new_tokens: count, do_sample: false, streamer } as never);
  return { first, total: performance.now() - begin, text };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
/** Whoever comes second finds warmer caches: they take turns. */
async function inTurn(rounds: number, count: number): Promise<[Run, Run][]> {
  const runs: [Run, Run][] = [];
  for (let i = 0; i < rounds; i++) {
    const before = i % 2 === 1 ? await direct(count) : undefined;
    const ours = await through(count);
    runs.push([ours, before ?? (await direct(count))]);
  }
  return runs;
}

const [warm] = await inTurn(1, TOKENS);
const firsts = await inTurn(ROUNDS * 8, 1);
const runs = await inTurn(ROUNDS, TOKENS);
const rate = (run: Run): number => (TOKENS * 1000) / run.total;
const result = {
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, platform: platform(), node: process.version },
  model: 'verse-zh, fp32, one thread',
  tokens: TOKENS,
  rounds: ROUNDS,
  sameText: warm![0].text.trim() === warm![1].text.trim(),
  tokensPerSecond: { driver: median(runs.map(([a]) => rate(a))), direct: median(runs.map(([, b]) => rate(b))) },
  // Of each pair, then the middle one: what else the machine does hits both alike.
  slowerBy: median(runs.map(([a, b]) => a.total / b.total - 1)),
  laterToFirstMs: median(firsts.map(([a, b]) => a.first - b.first)),
};
rmSync(folder, { recursive: true });
writeFileSync(join(import.meta.dirname, 'results/transformers-overhead.json'), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
