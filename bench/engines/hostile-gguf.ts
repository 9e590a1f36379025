/**
 * Ten thousand GGUF files that were tampered with: each must be refused or walked by our own reader within a second and little
 * memory; and those that it lets through go to llama.cpp in its own process, where they may do what they like.
 *
 *   node bench/engines/hostile-gguf.ts [files, default 10000] [to be loaded, default 40]
 *
 * Results go to bench/results/hostile-gguf.json.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, OsError } from '../../src/core/index.ts';
import { BadHead, readGgufHead } from '../../src/drivers/llama/gguf-head.ts';
import { createOs } from '../../src/host/index.ts';
import { createWeights, exportGguf, gptConfig, learnBytePairs } from '../../src/training/index.ts';
import { childrenOf, peakOf } from '../engine-peak.ts';

const [files, loads] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 40)];
const root = mkdtempSync(join(tmpdir(), 'hostile-gguf-'));
const whole = join(root, 'whole.gguf');
await makeModel();
const good = readFileSync(whole);
const random = createRandom('hostile');
const path = join(root, 'x.gguf');

let [refused, walked, slowest] = [0, 0, 0];
const others: string[] = [];
const passed: Buffer[] = [];
const before = process.memoryUsage.rss();
let most = before;
for (let i = 0; i < files; i++) {
  const bytes = tamper(i);
  writeFileSync(path, bytes);
  const began = performance.now();
  try {
    readGgufHead(path);
    walked++;
    if (passed.length < loads && !bytes.equals(good)) passed.push(bytes);
  } catch (error) {
    if (error instanceof BadHead) refused++;
    else others.push((error as Error).message);
  }
  slowest = Math.max(slowest, performance.now() - began);
  most = Math.max(most, process.memoryUsage.rss());
}

await using os = await createOs({ home: join(root, 'home') });
const outcomes: Record<string, number> = {};
// Each file has a process of its own: its peak beside that of the whole file in one.
let [peak, slowestLoad] = [0, 0];
const watch = setInterval(() => {
  for (const child of childrenOf(process.pid)) peak = Math.max(peak, peakOf(child) ?? 0);
}, 10);
await load(whole, 'whole');
const usualPeak = peak;
let grown = 0;
for (const [i, bytes] of passed.entries()) {
  const file = join(root, `passed-${i}.gguf`);
  writeFileSync(file, bytes);
  peak = 0;
  const began = performance.now();
  const outcome = await load(file, `passed-${i}`);
  slowestLoad = Math.max(slowestLoad, performance.now() - began);
  grown = Math.max(grown, peak - usualPeak);
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
clearInterval(watch);
const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
const results = {
  files,
  refused,
  walked,
  otherErrors: others.length,
  slowestMs: Number(slowest.toPrecision(3)),
  memoryGrownMiB: Math.round((most - before) / 2 ** 20),
  loadedByLlama: {
    files: passed.length,
    outcomes,
    slowestMsWithStart: Math.round(slowestLoad),
    wholeFilePeakMiB: megabytes(usualPeak),
    grownOverItMiB: megabytes(grown),
  },
};
writeFileSync(new URL('../results/hostile-gguf.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2), others.slice(0, 3));
rmSync(root, { recursive: true, force: true });

/** Bytes changed here and there, lengths blown up, ends cut off, stretches moved. */
function tamper(i: number): Buffer {
  const bytes = Buffer.from(good);
  const head = 9000;
  if (i % 4 === 0) return bytes.subarray(0, random.integer(bytes.length));
  if (i % 4 === 1) bytes.writeBigUInt64LE(2n ** BigInt(random.integer(64)), random.integer(head));
  else if (i % 4 === 2) bytes.copy(bytes, random.integer(head), random.integer(head), random.integer(head));
  else for (let n = random.integer(8); n >= 0; n--) bytes[random.integer(head)] = random.integer(256);
  return bytes;
}

async function load(file: string, name: string): Promise<string> {
  try {
    await os.addModel({ source: file, name, licence: 'CC0-1.0' });
    await using model = await os.models.openChatModel(name);
    await model.reply({ messages: [{ role: 'user', parts: [{ kind: 'text', text: 'hi' }] }], maxTokens: 4, seed: 1 });
    return 'replied';
  } catch (error) {
    return error instanceof OsError ? error.code : `unforeseen: ${(error as Error).message}`;
  }
}

async function makeModel(): Promise<void> {
  const tokenizer = learnBytePairs(['hi there', 'hi'], { vocabSize: 270, special: ['<pad>', '<s>', '</s>', '<unk>'] });
  const config = gptConfig({
    vocab_size: tokenizer.vocabulary.length,
    hidden_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    intermediate_size: 96,
    max_position_embeddings: 256,
    tie_word_embeddings: false,
  });
  const card = { name: 'tiny', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '很小。' } };
  await exportGguf(whole, { config, tokenizer, weights: createWeights(config, 'hostile'), card }, { precision: 'F16' });
}
