/**
 * One table of training: tokens per second of GPTs of 1, 5, 12 and 30 million parameters, pictures per second of a U-Net,
 * an autoencoder and a GAN, arithmetic done, and memory; beside PyTorch (fp32, as many threads, the same model, in
 * interleaved steps) where `LLMAGENTOS_BENCH_PYTHON` names a Python that has it, and always beside the raw matrix product.
 *
 *   node bench/training.ts [--steps 8]
 *
 * Each size runs in a process of its own. Writes bench/results/training.json. About ten minutes on two cores.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machineFacts } from './training-machine.ts';

/** Rows of 256 tokens; vocabulary and widths as ENGINE-sized models have them. */
const GPTS = [
  { name: 'GPT 1 M', hidden: 128, layers: 4, heads: 4, inner: 344, vocab: 2048, rows: 16 },
  { name: 'GPT 5 M', hidden: 256, layers: 6, heads: 4, inner: 704, vocab: 2048, rows: 16 },
  { name: 'GPT 12 M', hidden: 384, layers: 6, heads: 6, inner: 1024, vocab: 4096, rows: 16 },
  { name: 'GPT 30 M', hidden: 512, layers: 8, heads: 8, inner: 1365, vocab: 8192, rows: 8 },
] as const;

const { values } = parseArgs({ options: { steps: { type: 'string', default: '8' } } });
const machine = machineFacts();

/** What either script prints of one network. */
interface Row {
  readonly network: string;
  readonly parameters: number;
  readonly perSecond: number;
  readonly unit: 'tokens' | 'pictures';
  readonly torch: number | undefined;
  readonly ratio: number | undefined;
  readonly gigaflops: number | undefined;
  readonly ceiling: number | undefined;
  readonly peakMebibytes: number | undefined;
}

const rows: Row[] = [];
for (const { name, ...sizes } of GPTS) {
  process.stderr.write(`${name} …\n`);
  const options = Object.entries({ ...sizes, steps: values.steps }).flatMap(([key, value]) => [`--${key}`, `${value}`]);
  const made = run('training-step.ts', options);
  rows.push({
    network: name,
    parameters: made.model.parameters,
    perSecond: made.tokensPerSecond.median,
    unit: 'tokens',
    torch: made.torch?.tokensPerSecond?.median,
    ratio: made.ratioToTorch?.medianOfPairs,
    gigaflops: made.gigaflops,
    ceiling: made.gemmCeilingGigaflops,
    peakMebibytes: made.peakMebibytes,
  });
}
process.stderr.write('pictures …\n');
const vision = run('training-step-vision.ts', ['--steps', values.steps]);
for (const [key, network] of [
  ['unet', 'U-Net 32×32'],
  ['vae', 'VAE 64×64'],
  ['gan', 'GAN 32×32'],
] as const) {
  const { parameters, picturesPerSecond, torch, ratioToTorch } = vision[key];
  rows.push({
    network,
    parameters,
    perSecond: picturesPerSecond.median,
    unit: 'pictures',
    torch: torch?.picturesPerSecond?.median,
    ratio: ratioToTorch?.clock,
    gigaflops: undefined,
    ceiling: undefined,
    peakMebibytes: key === 'gan' ? vision.peakMebibytes : undefined,
  });
}
const result = { machine, steps: Number(values.steps), rows };
writeFileSync(new URL('results/training.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(formatTable(rows));

// biome-ignore lint/suspicious/noExplicitAny: the other scripts' output is what their own code says
function run(script: string, options: readonly string[]): any {
  const path = new URL(script, import.meta.url).pathname;
  const child = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', path, '--print', ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${script} ended with ${child.status}`);
  return JSON.parse(child.stdout);
}

function formatTable(all: readonly Row[]): string {
  const head = ['network', 'parameters', 'per second', 'PyTorch', 'ratio', 'GFLOP/s', 'Gemm', 'peak MiB'];
  const number = (value: number | undefined): string => (value === undefined ? '—' : String(value));
  const cells = all.map((row) => [
    row.network,
    `${(row.parameters / 1e6).toFixed(1)} M`,
    `${row.perSecond} ${row.unit}`,
    number(row.torch),
    number(row.ratio),
    number(row.gigaflops),
    number(row.ceiling),
    number(row.peakMebibytes),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  return `${[head, ...cells].map(line).join('\n')}\n`;
}
