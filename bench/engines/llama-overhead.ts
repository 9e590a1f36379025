/**
 * What our layer costs over calling node-llama-cpp itself: tokens a second and the time to the first piece, in pairs that take turns.
 *
 *   node bench/engines/llama-overhead.ts [pairs, default 12]
 *
 * The model is made here: random weights of 64 million numbers in 8 bits, about as heavy as the smallest useful ones. The first pair
 * loads and is not counted. Results go to bench/results/llama-overhead.json.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatHistoryItem, getLlama, LlamaChat, LlamaLogLevel } from 'node-llama-cpp';
import { createOs } from '../../src/host/index.ts';
import type { ChatMessage } from '../../src/kernel/index.ts';
import { createWeights, exportGguf, gptConfig, learnBytePairs } from '../../src/training/index.ts';

const PAIRS = Number(process.argv[2] ?? 12);
const TOKENS = 96;
const THREADS = Math.max(1, Math.floor(availableParallelism() / 2));
const SAID = 'Write about the night, the river and a boat that comes home late in autumn.';

interface Run {
  /** Milliseconds. */
  readonly first: number;
  readonly perSecond: number;
}

const root = mkdtempSync(join(tmpdir(), 'llama-overhead-'));
const path = join(root, 'model.gguf');
await makeModel();
await using os = await createOs({ home: join(root, 'home') });
await os.addModel({
  source: path,
  name: 'bench',
  licence: 'CC0-1.0',
  fields: { threads: THREADS, contextLength: 512 },
});
await using ours = await os.models.openChatModel('bench');
const llama = await getLlama({
  gpu: false,
  build: 'never',
  skipDownload: true,
  logLevel: LlamaLogLevel.error,
  maxThreads: THREADS,
});
const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
const context = await model.createContext({ contextSize: 512, threads: THREADS, sequences: 1 });
const sequence = context.getSequence();

const pairs: { readonly ours: Run; readonly direct: Run }[] = [];
for (let i = 0; i <= PAIRS; i++) {
  // Whoever comes second finds warmer caches: they take turns.
  const [a, b] = i % 2 === 0 ? [await throughOurs(i), await direct(i)] : [undefined, undefined];
  const [d, c] = a && b ? [b, a] : [await direct(i), await throughOurs(i)];
  if (i > 0) pairs.push({ ours: c!, direct: d! });
}
const middle = (values: readonly number[]): number => [...values].sort((x, y) => x - y)[values.length >> 1]!;
const results = {
  machine: cpus()[0]?.model.trim(),
  threads: THREADS,
  pairs: PAIRS,
  tokens: TOKENS,
  tokensPerSecond: {
    ours: middle(pairs.map((pair) => pair.ours.perSecond)),
    direct: middle(pairs.map((pair) => pair.direct.perSecond)),
    ratio: middle(pairs.map((pair) => pair.ours.perSecond / pair.direct.perSecond)),
  },
  firstPieceMs: {
    ours: middle(pairs.map((pair) => pair.ours.first)),
    direct: middle(pairs.map((pair) => pair.direct.first)),
    difference: middle(pairs.map((pair) => pair.ours.first - pair.direct.first)),
  },
};
const rounded = JSON.parse(
  JSON.stringify(results, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)),
);
writeFileSync(new URL('../results/llama-overhead.json', import.meta.url), `${JSON.stringify(rounded, null, 2)}\n`);
console.log(JSON.stringify(rounded, null, 2));
await context.dispose();
await model.dispose();
await llama.dispose();
rmSync(root, { recursive: true, force: true });

async function makeModel(): Promise<void> {
  const special = ['<pad>', '<s>', '</s>', '<unk>'];
  const tokenizer = learnBytePairs([SAID, SAID], { vocabSize: 300, special });
  const config = gptConfig({
    vocab_size: tokenizer.vocabulary.length,
    hidden_size: 768,
    num_hidden_layers: 9,
    num_attention_heads: 12,
    intermediate_size: 2048,
    max_position_embeddings: 512,
    tie_word_embeddings: false,
  });
  const summary = { en: 'Random.', zh: '随机。' };
  const card = { name: 'bench', licence: 'CC0-1.0', summary };
  await exportGguf(path, { config, tokenizer, weights: createWeights(config, 'bench'), card }, { precision: 'Q8_0' });
}

/** Runs until the first piece and the last token are there. */
async function timed(run: (onText: () => void) => Promise<number>): Promise<Run> {
  const began = performance.now();
  let first: number | undefined;
  const tokens = await run(() => {
    first ??= performance.now() - began;
  });
  const whole = performance.now() - began;
  return { first: first ?? whole, perSecond: (1000 * tokens) / whole };
}

function throughOurs(seed: number): Promise<Run> {
  const messages: readonly ChatMessage[] = [{ role: 'user', parts: [{ kind: 'text', text: SAID }] }];
  return timed(async (onText) => {
    const { usage } = await ours.reply({ messages, maxTokens: TOKENS, temperature: 0.8, seed, onText });
    return usage.output;
  });
}

function direct(seed: number): Promise<Run> {
  const history: ChatHistoryItem[] = [
    { type: 'user', text: SAID },
    { type: 'model', response: [] },
  ];
  return timed(async (onText) => {
    await sequence.clearHistory();
    const chat = new LlamaChat({ contextSequence: sequence });
    const before = sequence.tokenMeter.usedOutputTokens;
    await chat.generateResponse(history, { maxTokens: TOKENS, temperature: 0.8, topP: 1, seed, onTextChunk: onText });
    chat.dispose({ disposeSequence: false });
    return sequence.tokenMeter.usedOutputTokens - before;
  });
}
