/**
 * Ten thousand spoilt model files: half safetensors, half ONNX, damaged mostly in their heads. Each is read by our own reader;
 * ONNX files that it lets through are loaded by ONNX Runtime in an engine process, as a model of the artist's would be.
 *
 *   node bench/hostile-files.ts [count]     → bench/results/hostile-files.json
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { OsError } from '../src/core/index.ts';
import { checkOnnxFile, checkSafetensorsFile, createEngineProcess } from '../src/isolation/index.ts';
import { mutate } from '../src/isolation/model-files/mutate.ts';
import { peakOf, resetPeak } from './engine-peak.ts';

const COUNT = Number(process.argv[2] ?? 10_000);
const HOME = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const path = join(folder, 'model');
const networks = ['onnx/fixtures/single/larger.onnx', 'transformers/fixtures/bert-embed/onnx/model.onnx'].map((file) =>
  readFileSync(join(HOME, 'src/drivers', file)),
);
const safetensors = readFileSync(join(HOME, 'src/training/import/fixtures/llama/model.safetensors'));

interface Tally {
  files: number;
  refused: number;
  passed: number;
  /** Anything but a refusal in our own words. */
  failures: number;
  slowestMs: number;
}

const tally = (): Tally => ({ files: 0, refused: 0, passed: 0, failures: 0, slowestMs: 0 });
const found = { safetensors: tally(), onnx: tally() };
/** Growth of the engine by one file, over what it held before, in bytes; `unknown`: it was started anew, or not told. */
const loaded = { files: 0, opened: 0, refused: 0, died: 0, slowestMs: 0, grownMost: 0, over256: 0, unknown: 0 };

/** Whether our reader lets it through. */
function read(into: Tally, check: () => unknown): boolean {
  const begin = performance.now();
  into.files++;
  try {
    check();
    into.passed++;
    return true;
  } catch (error) {
    if (error instanceof OsError && error.code === 'engine/broken-model') into.refused++;
    else into.failures++;
    return false;
  } finally {
    into.slowestMs = Math.max(into.slowestMs, performance.now() - begin);
  }
}

await using engine = createEngineProcess({
  name: 'hostile',
  entry: new URL('../src/drivers/onnx/engine/main.ts', import.meta.url),
  memory: 512 * 2 ** 20,
  quiet: 10_000,
});
const manifest = {
  does: 'repaint',
  scale: 1,
  input: { name: 'image', layout: 'NCHW', colours: 'RGB', range: [0, 1], mean: [0], std: [1], multiple: 1 },
  output: { name: 'result', layout: 'NCHW', colours: 'RGB', range: [0, 1], after: 'nothing' },
  constants: [],
};

async function load(): Promise<void> {
  const begin = performance.now();
  loaded.files++;
  const held = resetPeak(engine.pid);
  const starts = engine.starts;
  try {
    await engine.call('load', { kind: 'single', file: path, manifest, threads: 1 });
    loaded.opened++;
  } catch (error) {
    if (error instanceof OsError && error.code === 'engine/broken-model') loaded.refused++;
    else loaded.died++;
  }
  loaded.slowestMs = Math.max(loaded.slowestMs, performance.now() - begin);
  const peak = peakOf(engine.pid);
  if (held === undefined || peak === undefined || starts !== engine.starts) {
    loaded.unknown++;
    return;
  }
  loaded.grownMost = Math.max(loaded.grownMost, peak - held);
  if (peak - held > 256 * 2 ** 20) loaded.over256++;
}

const before = process.memoryUsage.rss();
let most = 0;
for (let i = 0; i < COUNT / 2; i++) {
  writeFileSync(path, mutate(safetensors, `safetensors ${i}`, 2048));
  read(found.safetensors, () => checkSafetensorsFile(path, 'hostile'));
  writeFileSync(path, mutate(networks[i % 2]!, `onnx ${i}`));
  if (read(found.onnx, () => checkOnnxFile(path, 'hostile'))) await load();
  most = Math.max(most, process.memoryUsage.rss() - before);
}
rmSync(folder, { recursive: true });
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, platform: platform(), node: process.version };
const result = {
  machine,
  files: COUNT,
  found,
  loaded,
  grownByMegabytes: Math.round(most / 2 ** 20),
  engineGrownByMegabytes: Math.round(loaded.grownMost / 2 ** 20),
  engineRestarts: engine.starts - 1,
};
writeFileSync(join(import.meta.dirname, 'results/hostile-files.json'), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
