/** The loop itself, over a course that learns next to nothing, quickly: two learners, samples, locks, full disks, kills. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import type { LearnerState } from '../learn/index.ts';
import type { Course, RunOptions } from './course.ts';
import { planCourse } from './courses.ts';
import type { TrainingEvent } from './events.ts';
import { runCourse } from './run-course.ts';
import { lockRun } from './run-lock.ts';
import { parseTrainLog } from './train-log.ts';

const root = mkdtempSync(join(tmpdir(), 'course-'));
after(() => rmSync(root, { recursive: true }));

/** Two numbers that chase each other; what they do follows from state and index alone. */
function chase(at: (index: number) => void = () => {}): Course {
  let state = new Map<string, LearnerState>(['hunter', 'hare'].map((name, i) => [name, learner(0, i)]));
  const value = (name: string): number => state.get(name)!.tensors.get('p.x')!.data[0]!;
  return {
    unit: { en: 'leaps', zh: '跳' },
    parameters: 2,
    items: 1,
    step: async (index) => {
      at(index);
      const leap = createRandom(`leap ${index}`).normal();
      const [hunter, hare] = [0.8 * value('hunter') + 0.2 * value('hare'), value('hare') + leap];
      state = new Map([
        ['hunter', learner(index + 1, hunter)],
        ['hare', learner(2 * index + 2, hare)],
      ]);
      return { loss: Math.abs(hunter - hare), learningRate: 1, gradientNorm: 1, amount: 2, reports: { hare } };
    },
    state: () => state,
    restore: (saved) => {
      state = new Map(saved);
    },
    validate: async (extent) => ({ loss: value('hare'), whole: Number(extent === 'whole') }),
    sample: async (folder, step) => writeFileSync(join(folder, 'hare.txt'), `${step}: ${value('hare')}`),
    finish: async ({ model }) => {
      mkdirSync(model, { recursive: true });
      writeFileSync(join(model, 'hare.txt'), `${value('hare')} ${state.get('hare')!.step}`);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const learner = (step: number, x: number): LearnerState => ({
  step,
  tensors: new Map([['p.x', { shape: [1], data: Float32Array.of(x) }]]),
});
const options = (name: string, more: Partial<RunOptions> = {}): RunOptions => ({
  out: join(root, name),
  steps: 10,
  saveEvery: 4,
  validateEvery: 5,
  sampleEvery: 3,
  identity: { chase: 1 },
  ...more,
});
const text = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

test('[TR110] a course leaves a line per step, samples, two checkpoints, its curves and its model', async () => {
  const events: TrainingEvent[] = [];
  const result = await runCourse(chase(), options('whole'), { onEvent: (event) => events.push(event) });
  const lines = parseTrainLog(text('whole', 'train.jsonl'));
  assert.deepEqual(
    lines.map(({ step, seen }) => [step, seen]),
    Array.from({ length: 10 }, (_, i) => [i + 1, 2 * i + 2]),
  );
  assert.deepEqual(
    lines.map(({ validation }) => validation?.whole),
    [...'....0....1'].map((c) => (c === '.' ? undefined : Number(c))),
  );
  assert.deepEqual(
    readdirSync(join(root, 'whole/samples')),
    [3, 6, 9, 10].map((n) => `step-${String(n).padStart(8, '0')}`),
  );
  assert.deepEqual(readdirSync(join(root, 'whole/checkpoints')).length, 2);
  assert.match(text('whole', 'loss.svg'), /hare/);
  assert.equal(result.validation!.whole, 1);
  assert.equal(events.filter(({ type }) => type === 'samples-save').length, 4);
  assert.equal(existsSync(join(root, 'whole/run.lock')), false);
});

test('[TR111] stopped by an error at any step, a course of two learners ends with the same bytes everywhere', async () => {
  for (let broken = 0; broken < 10; broken++) {
    const name = `broken-${broken}`;
    const fail = (index: number): void => {
      if (index === broken) throw new Error('the lights went out');
    };
    await assert.rejects(runCourse(chase(fail), options(name)), /lights/);
    await runCourse(chase(), options(name));
    for (const file of ['train.jsonl', 'loss.svg', 'model/hare.txt', 'samples/step-00000009/hare.txt']) {
      assert.equal(text(name, file), text('whole', file), file);
    }
  }
});

test('[TR112] a folder in use is refused; when its process is gone, or the number is another process now, it is taken over', async () => {
  const { out } = options('locked');
  await using lock = await lockRun(out);
  await assert.rejects(runCourse(chase(), options('locked')), { code: 'training/run-in-use', kind: 'conflict' });
  const holder = JSON.parse(text('locked', 'run.lock')) as Record<string, unknown>;
  writeFileSync(join(out, 'run.lock'), JSON.stringify({ ...holder, token: 'other' }));
  await assert.rejects(lock.check(), { code: 'training/run-in-use' });
  for (const gone of [{ pid: 2 ** 22 + 1 }, { started: 'long ago' }]) {
    writeFileSync(join(out, 'run.lock'), JSON.stringify({ ...holder, token: 'other', ...gone }));
    await runCourse(chase(), options('locked'));
  }
  writeFileSync(join(out, 'run.lock'), JSON.stringify({ ...holder, pid: 2 ** 22 + 1, host: `not ${hostname()}` }));
  await assert.rejects(runCourse(chase(), options('locked')), { code: 'training/run-in-use' });
});

test('[TR113] of several that start at once in one folder, one trains and the others are refused', async () => {
  const starts = Array.from({ length: 5 }, () => runCourse(chase(), options('crowd')));
  const outcomes = await Promise.allSettled(starts);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'training/run-in-use');
  }
});

test('[TR114] a full disk is told as such, leaves no broken checkpoint, and the run goes on when there is room', {
  skip: existsSync('/dev/full') ? false : 'needs /dev/full',
}, async () => {
  const folder = join(root, 'full/checkpoints');
  mkdirSync(folder, { recursive: true });
  symlinkSync('/dev/full', join(folder, 'checkpoint-00000008.safetensors.tmp'));
  await assert.rejects(runCourse(chase(), options('full')), { code: 'training/disk-full', kind: 'exhausted' });
  assert.deepEqual(readdirSync(folder), ['checkpoint-00000004.safetensors']);
  await runCourse(chase(), options('full'));
  assert.equal(text('full', 'train.jsonl'), text('whole', 'train.jsonl'));
});

test('[TR115] cancelling saves first; another identity is refused', async () => {
  const controller = new AbortController();
  const onEvent = (event: TrainingEvent): void => {
    if (event.type === 'training-step' && event.step === 6) controller.abort();
  };
  const stopped = runCourse(chase(), options('cancelled'), { onEvent, signal: controller.signal });
  await assert.rejects(stopped, { code: 'core/cancelled' });
  assert.equal(readdirSync(join(root, 'cancelled/checkpoints')).at(-1), 'checkpoint-00000006.safetensors');
  const other = runCourse(chase(), options('cancelled', { identity: { chase: 2 } }));
  await assert.rejects(other, { code: 'training/other-run' });
  await runCourse(chase(), options('cancelled'));
  assert.equal(text('cancelled', 'train.jsonl'), text('whole', 'train.jsonl'));
});

test('[TR116] a kind of network that is not there is refused with the list of those that are', async () => {
  await assert.rejects(planCourse({ kind: 'toString' }), (error: { code: string; hint: string }) => {
    return error.code === 'training/unknown-kind' && /gpt/.test(error.hint);
  });
});
