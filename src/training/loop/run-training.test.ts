import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ChildMessage } from '../child.ts';
import { TINY_VOCABULARY, writeTinyDataset } from '../data/tiny-dataset.ts';
import { loadModelFolder } from '../model/model-folder.ts';
import type { TrainingEvent } from './events.ts';
import { formatLossPlot } from './loss-plot.ts';
import type { TrainingOptions } from './options.ts';
import { runTraining } from './run-training.ts';
import { scheduleAt } from './schedule.ts';
import { createSpeedometer } from './speedometer.ts';
import { trainInChild } from './train-in-child.ts';
import { parseTrainLog } from './train-log.ts';

const root = mkdtempSync(join(tmpdir(), 'training-'));
after(() => rmSync(root, { recursive: true }));
const dataset = join(root, 'data');
writeTinyDataset(dataset);

const options = (out: string, more: Partial<TrainingOptions> = {}): TrainingOptions => ({
  dataset,
  out: join(root, out),
  model: { hidden_size: 16, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 32 },
  steps: 20,
  batchRows: 4,
  learningRate: 0.02,
  schedule: { warmupSteps: 3 },
  validateEvery: 6,
  saveEvery: 4,
  threads: 1,
  ...more,
});
const log = (out: string): string => readFileSync(join(root, out, 'train.jsonl'), 'utf8');
const weights = (out: string): Buffer => readFileSync(join(root, out, 'model/model.safetensors'));

/** Trains in a child that is killed as soon as it tells of something. */
async function killedWhen(given: TrainingOptions, when: (event: TrainingEvent) => boolean): Promise<void> {
  const child = fork(new URL('../child.ts', import.meta.url), { serialization: 'advanced', stdio: 'ignore' });
  child.on('message', (message: ChildMessage) => {
    if (message.type === 'event' && when(message.event)) child.kill('SIGKILL');
  });
  child.send({ type: 'start', recipe: { ...given } });
  const signal = await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)));
  assert.equal(signal, 'SIGKILL');
}

test('[TR40] a run learns, tells its progress, and leaves a model, a log and a plot', async () => {
  const events: TrainingEvent[] = [];
  const result = await runTraining(options('whole'), { onEvent: (event) => events.push(event) });
  const lines = parseTrainLog(log('whole'));
  assert.equal(lines.length, 20);
  assert.ok(lines.at(-1)!.loss < 0.75 * lines[0]!.loss, `${lines[0]!.loss} to ${lines.at(-1)!.loss}`);
  assert.deepEqual(
    lines.filter((line) => line.validation !== undefined).map((line) => line.step),
    [6, 12, 18],
  );
  const count = (type: TrainingEvent['type']): number => events.filter((event) => event.type === type).length;
  assert.deepEqual(
    (['training-start', 'training-step', 'validation-end', 'checkpoint-save', 'training-end'] as const).map(count),
    [1, 20, 3, 5, 1],
  );
  const model = await loadModelFolder(result.model);
  assert.deepEqual(model.tokenizer.vocabulary, TINY_VOCABULARY);
  assert.equal(model.config.max_position_embeddings, 16);
  assert.ok(result.validation!.perplexity! < 10, `${result.validation!.perplexity}`);
  assert.match(readFileSync(result.plot, 'utf8'), /^<svg.*<\/svg>\n$/s);
  assert.equal(readdirSync(join(root, 'whole/checkpoints')).length, 2);
});

test('[TR41] killed three times with SIGKILL and resumed, a run repeats loss curve and weights bit for bit', async () => {
  const given = options('killed');
  await killedWhen(given, (event) => event.type === 'training-step' && event.step === 7);
  await killedWhen(given, (event) => event.type === 'checkpoint-save' && event.step === 12);
  await killedWhen(given, (event) => event.type === 'training-step' && event.step === 15);
  let resumedFrom = 0;
  await trainInChild(given, {
    onEvent: (event) => {
      if (event.type === 'training-start') resumedFrom = event.resumedFrom;
    },
  });
  assert.equal(resumedFrom, 12);
  assert.equal(log('killed'), log('whole'));
  assert.ok(weights('killed').equals(weights('whole')));
});

test('[TR42] stopped on request, then with a torn checkpoint, a torn log line and a leftover file, it still repeats', async () => {
  const given = options('torn');
  await assert.rejects(runTraining(given, abortAt(10)), { code: 'core/cancelled' });
  const folder = join(root, 'torn/checkpoints');
  const newest = readdirSync(folder).sort().at(-1)!;
  assert.equal(newest, 'checkpoint-00000010.safetensors');
  truncateSync(join(folder, newest), 1000);
  writeFileSync(join(folder, `${newest}.tmp`), 'half');
  writeFileSync(join(root, 'torn/train.jsonl'), `${log('torn')}{"step":11,"lo`);
  let resumedFrom = 0;
  const onEvent = (event: TrainingEvent): void => {
    if (event.type === 'training-start') resumedFrom = event.resumedFrom;
  };
  await runTraining(given, { onEvent });
  assert.equal(resumedFrom, 8);
  assert.equal(log('torn'), log('whole'));
});

test('[TR43] going on with other options is refused, a finished run is not trained again', async () => {
  await assert.rejects(runTraining(options('whole', { learningRate: 0.01 })), { code: 'training/other-run' });
  const events: string[] = [];
  await runTraining(options('whole'), { onEvent: ({ type }) => events.push(type) });
  assert.deepEqual(events, ['training-start', 'training-end']);
});

test('[TR44] a model folder can be the start; one with other tokens cannot', async () => {
  const started = await runTraining(options('tuned', { initFrom: join(root, 'whole/model'), steps: 2 }));
  const [first] = parseTrainLog(log('tuned'));
  assert.ok(first!.loss < 0.8 * parseTrainLog(log('whole'))[0]!.loss);
  assert.match((await loadModelFolder(started.model)).card.summary.en, /from untitled/);
  const other = join(root, 'other-data');
  writeTinyDataset(other);
  writeFileSync(join(other, 'vocabulary.json'), JSON.stringify([...TINY_VOCABULARY].reverse()));
  const given = { dataset: other, initFrom: join(root, 'whole/model') };
  await assert.rejects(runTraining(options('misfit', given)), { code: 'training/model-does-not-fit' });
});

test('[TR45] a child passes errors on with kind and both languages, and its own death as one that can be retried', async () => {
  const missing = trainInChild(options('x', { dataset: join(root, 'nowhere') }));
  await assert.rejects(missing, (error: { code: string; zh: { message: string } }) => {
    return error.code === 'training/dataset-missing' && /数据集/.test(error.zh.message);
  });
  await assert.rejects(trainInChild(options('x'), { signal: AbortSignal.abort() }), { code: 'core/cancelled' });
  await assert.rejects(trainInChild(options('stopped'), abortAt(2)), { code: 'core/cancelled' });
  const onSpawn = (pid: number): void => void process.kill(pid, 'SIGKILL');
  await assert.rejects(trainInChild(options('x'), { onSpawn }), { code: 'training/child-died', kind: 'unavailable' });
  await assert.rejects(runTraining({ ...options('x'), steps: 0 }), { code: 'training/bad-options' });
});

test('[TR46] gradient accumulation learns as one large batch does', async () => {
  await runTraining(options('halves', { batchRows: 2, accumulation: 2, steps: 5 }));
  await runTraining(options('large', { steps: 5 }));
  const [halves, large] = [parseTrainLog(log('halves')), parseTrainLog(log('large'))];
  halves.forEach(({ loss }, i) => {
    assert.ok(Math.abs(loss - large[i]!.loss) < 1e-4, `${i}: ${loss}, not ${large[i]!.loss}`);
  });
});

test('[TR47] schedules warm up, stay or fall, and end low', () => {
  const cosine = { kind: 'cosine', warmupSteps: 10, finalShare: 0.1, decayShare: 0.5 } as const;
  const at = (kind: 'cosine' | 'wsd', step: number): number =>
    Number(scheduleAt({ ...cosine, kind }, step, 110).toFixed(3));
  assert.deepEqual([at('cosine', 0), at('cosine', 9), at('cosine', 60), at('cosine', 110)], [0.1, 1, 0.55, 0.1]);
  assert.deepEqual([at('wsd', 0), at('wsd', 30), at('wsd', 55), at('wsd', 110)], [0.1, 1, 1, 0.1]);
  assert.ok(at('wsd', 80) < 1 && at('wsd', 80) > at('wsd', 100));
});

test('[TR48] speed and time left follow the clock that is passed in', () => {
  let clock = 0;
  const speed = createSpeedometer(() => clock);
  clock = 2000;
  assert.deepEqual(speed.after(500, 10), { perSecond: 250, secondsLeft: 20 });
  clock = 3000;
  assert.deepEqual(speed.after(1000, 9), { perSecond: 500, secondsLeft: 13.5 });
});

test('[TR49] a plot is drawn for any log, an empty one included, and its title is escaped', () => {
  assert.match(formatLossPlot([], 'a < b & c'), /a &lt; b &amp; c/);
  const lines = Array.from({ length: 2000 }, (_, i) => ({
    step: i + 1,
    loss: 8 / (1 + i / 100),
    learningRate: 1,
    gradientNorm: 1,
    seen: 1,
    reports: { critic: i % 7 },
  }));
  assert.doesNotMatch(formatLossPlot(lines, 'x'), /NaN|Infinity/);
  assert.ok(formatLossPlot(lines, 'x').length < 30_000);
});

function abortAt(step: number) {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    onEvent: (event: TrainingEvent): void => {
      if (event.type === 'training-step' && event.step === step) controller.abort();
    },
  };
}
