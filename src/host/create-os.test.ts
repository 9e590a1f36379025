import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import { OsError } from '../core/index.ts';
import { defineOp, defineStudio, type LineageNode, type TokenModel } from '../kernel/index.ts';
import { createOs, findHome, type ModelDriver, type Os, type OsConfig } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'llmagentos-host-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** Counts how often ops really ran. */
let runs = 0;

const seed = defineOp({
  name: 'draw/seed',
  version: 1,
  summary: { en: 'Draws numbers.', zh: '抽数。' },
  options: z.object({ count: z.int().min(1).max(5).default(2), brief: z.string().default('') }),
  run(context, _inputs, options) {
    runs++;
    const works = Array.from({ length: options.count }, (_, i) => {
      context.progress({ done: i + 1, total: options.count });
      const number = context.random.integer(1e9);
      context.preview({ candidate: i, text: String(number) });
      return {
        medium: 'number',
        title: `number ${i}`,
        document: { number },
        measures: { digits: String(number).length },
      };
    });
    return { works, report: { drawn: works.length } };
  },
});

const double = defineOp({
  name: 'draw/double',
  version: 1,
  summary: { en: 'Doubles a number.', zh: '加倍。' },
  options: z.object({ model: z.string().optional() }),
  inputs: [{ name: 'number', medium: 'number' }],
  model: (options) => options.model ?? null,
  async run(context, inputs, options) {
    if (options.model) await context.tokenModel();
    const { number } = z.object({ number: z.number() }).parse(inputs[0]!.document);
    return { works: [{ medium: 'number', title: 'double', document: { number: number * 2 } }] };
  },
});

const wait = defineOp({
  name: 'draw/wait',
  version: 1,
  summary: { en: 'Waits until it is stopped.', zh: '等候。' },
  options: z.object({}),
  async run(context) {
    for (let done = 0; ; done++) {
      context.progress({ done });
      await context.breathe();
    }
  },
});

let drifted = 0;
const drift = defineOp({
  name: 'draw/drift',
  version: 1,
  summary: { en: 'Breaks its promise.', zh: '失信。' },
  options: z.object({}),
  run: () => ({ works: [{ medium: 'number', title: 'drift', document: { number: drifted++ } }] }),
});

const studio = defineStudio({
  name: 'draw',
  medium: 'number',
  ops: [seed, double, wait, drift],
  formats: [
    {
      name: 'txt',
      mime: 'text/plain',
      extension: 'txt',
      write: (work) => new TextEncoder().encode(JSON.stringify(work.document)),
    },
  ],
  critique: () => [{ name: 'one', value: 1, summary: { en: 'one', zh: '一' } }],
});

const noDriver: ModelDriver = {
  identify: async (folder) => {
    throw new Error(`unexpected identify ${folder}`);
  },
  createTokenModel: async (folder) => {
    throw new Error(`unexpected load ${folder}`);
  },
};

async function open(config: OsConfig = {}): Promise<Os> {
  const home = mkdtempSync(join(root, 'home-'));
  return createOs({ home, studios: [studio], driver: noDriver, modelFolders: [join(home, 'models')], ...config });
}

test('[HO1] a run tells its story in events and leaves works, a job and a line on the ledger', async () => {
  await using os = await open();
  const run = os.run({ op: 'draw/seed', options: { count: 2 }, seed: 5 });
  const events = await Array.fromAsync(run);
  assert.deepEqual(
    events.map((event) => event.type),
    ['job-start', 'job-progress', 'job-preview', 'job-progress', 'job-preview', 'job-end'],
  );
  const { works, report, cached } = await run.result;
  assert.deepEqual([works.length, report, cached], [2, { drawn: 2 }, false]);
  assert.deepEqual(works[0]!.record.options, { count: 2, brief: '' });
  assert.deepEqual(await os.works.get(works[0]!.id), works[0]);
  assert.equal((await os.jobs.find(run.id))?.state, 'done');
  const [entry] = await os.ledger.latest(1);
  assert.equal(entry!.act, 'made');
  assert.deepEqual(
    (entry!.facts as { works: unknown }).works,
    works.map((work) => work.id),
  );
});

test('[HO2] the same record is not run twice, unless asked afresh, and then makes the same works', async () => {
  await using os = await open();
  const request = { op: 'draw/seed', seed: 5 };
  const first = await os.run(request).result;
  const before = runs;
  const second = await os.run(request).result;
  assert.equal(runs, before);
  assert.deepEqual([second.cached, second.works, second.report], [true, first.works, first.report]);
  const third = await os.run({ ...request, fresh: true }).result;
  assert.equal(runs, before + 1);
  assert.deepEqual(
    third.works.map((work) => work.id),
    first.works.map((work) => work.id),
  );
  assert.equal((await os.works.list()).length, first.works.length);
  assert.deepEqual(
    (await os.ledger.list()).map((entry) => entry.act),
    ['made', 'recalled', 'made'],
  );
  const other = await os.run({ op: 'draw/seed' }).result;
  assert.equal(other.cached, false, 'a run without a seed draws a new one');
});

test('[HO3] lineage leads from a work to what it was made from and back', async () => {
  await using os = await open();
  const [a] = (await os.run({ op: 'draw/seed', options: { count: 1 }, seed: 1 }).result).works;
  const [b] = (await os.run({ op: 'draw/double', inputs: [a!.id], seed: 1 }).result).works;
  const [c] = (await os.run({ op: 'draw/double', inputs: [b!.id], seed: 1 }).result).works;
  const ids = (node: LineageNode): string[] => [node.work.id, ...node.next.flatMap(ids)];
  assert.deepEqual(ids(await os.ancestors(c!.id)), [c!.id, b!.id, a!.id]);
  assert.deepEqual(ids(await os.descendants(a!.id)), [a!.id, b!.id, c!.id]);
  assert.deepEqual(c!.record.inputs, [b!.content]);
});

test('[HO4] replay makes the same bytes, and says so when it does not', async () => {
  await using os = await open();
  const { works } = await os.run({ op: 'draw/seed', seed: 9 }).result;
  for (const work of works) assert.equal((await os.replay(work.id)).equal, true);
  const [unfaithful] = (await os.run({ op: 'draw/drift', seed: 1 }).result).works;
  const replay = await os.replay(unfaithful!.id);
  assert.equal(replay.equal, false);
  assert.notEqual(replay.found, replay.expected);
  const [entry] = await os.ledger.latest(1);
  assert.deepEqual([entry!.act, (entry!.facts as { equal: boolean }).equal], ['replayed', false]);
});

test('[HO5] an op of another version refuses to replay', async () => {
  const home = mkdtempSync(join(root, 'home-'));
  let id: string;
  {
    await using os = await open({ home });
    id = (await os.run({ op: 'draw/seed', seed: 9 }).result).works[0]!.id;
  }
  const newer = defineStudio({ ...studio, ops: [{ ...seed, version: 2 }] });
  await using os = await open({ home, studios: [newer] });
  await assert.rejects(os.replay(id), { code: 'kernel/op-changed', kind: 'conflict' });
});

test('[HO6] a stopped run leaves no work and a cancelled job', async () => {
  await using os = await open();
  const stop = new AbortController();
  const run = os.run({ op: 'draw/wait', signal: stop.signal });
  for await (const event of run) if (event.type === 'job-progress' && event.done === 3) stop.abort();
  await assert.rejects(run.result, { kind: 'cancelled', code: 'core/cancelled' });
  assert.equal((await os.jobs.find(run.id))?.state, 'cancelled');
  assert.deepEqual(await os.works.list(), []);
  await assert.rejects(os.run({ op: 'draw/seed', signal: stop.signal }).result, { kind: 'cancelled' });
});

test('[HO7] what cannot be run is one error that names the fault, in both languages', async () => {
  await using os = await open();
  const fails = async (request: Parameters<Os['run']>[0], code: string, message: RegExp): Promise<void> => {
    const error = await os.run(request).result.then(
      () => assert.fail('it ran'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof OsError);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.match(error.zh?.message ?? '', /[一-鿿]/);
  };
  await fails({ op: 'draw/nothing' }, 'kernel/unknown-op', /draw\/nothing/);
  await fails({ op: 'draw/seed', options: { count: 0 } }, 'kernel/bad-options', /count/);
  await fails({ op: 'draw/seed', options: { cuont: 2 } }, 'kernel/bad-options', /cuont/);
  await fails({ op: 'draw/seed', seed: 0.5 }, 'kernel/bad-options', /seed/);
  await fails({ op: 'draw/double' }, 'kernel/bad-inputs', /number/);
  await fails({ op: 'draw/double', inputs: ['feed'] }, 'storage/work-missing', /feed/);
  assert.deepEqual(await os.ledger.list(), []);
});

test('[HO8] a choice is noted, and only among what was shown', async () => {
  await using os = await open();
  const { works } = await os.run({ op: 'draw/seed', seed: 3 }).result;
  const shown = works.map((work) => work.id);
  const entry = await os.choose({ shown, picked: shown[1]! });
  assert.deepEqual([entry.act, entry.facts], ['chose', { shown, picked: shown[1]! }]);
  await assert.rejects(os.choose({ shown: [shown[0]!], picked: shown[1]! }), { code: 'kernel/not-shown' });
  assert.equal((await os.choose({ shown, picked: null })).act, 'chose');
});

test('[HO9] a work leaves the house in a format of its medium', async () => {
  await using os = await open();
  const [work] = (await os.run({ op: 'draw/seed', seed: 3 }).result).works;
  const file = await os.export(work!.id, 'txt');
  assert.match(file.name, /^number-0-[0-9a-f]{6}\.txt$/);
  assert.match(new TextDecoder().decode(file.bytes), /^\{"number":\d+\}\nllmagentos-recipe:\{.*\}\n$/);
  const bare = await os.export(work!.id, 'txt', { bare: true });
  assert.match(new TextDecoder().decode(bare.bytes), /^\{"number":\d+\}$/);
  assert.deepEqual(os.listFormats('number'), ['txt']);
  await assert.rejects(os.export(work!.id, 'pdf'), { code: 'host/no-format', hint: /txt/ });
  assert.equal((await os.critique(work!.id))[0]?.name, 'one');
});

test('[HO10] models are found by folder, opened once, closed at the end, and named in the record', async () => {
  const folder = mkdtempSync(join(root, 'models-'));
  for (const name of ['small', 'broken']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'small', 'card.json'), '{"licence":"Apache-2.0"}');
  writeFileSync(join(folder, 'broken', 'card.json'), '{');
  const acts: string[] = [];
  const identity = (at: string) => ({
    name: 'small',
    digest: readFileSync(join(at, 'card.json'), 'utf8'),
    engine: 'fake',
    licence: '',
    reproducible: true,
  });
  const driver: ModelDriver = {
    identify: async (at) => identity(at),
    createTokenModel: async (at) => {
      acts.push('opened');
      const dispose = async () => void acts.push('closed');
      return { identity: identity(at), [Symbol.asyncDispose]: dispose } as unknown as TokenModel;
    },
  };
  {
    await using os = await open({ modelFolders: [folder, join(folder, 'nowhere')], driver });
    const listed = await os.models.list();
    assert.deepEqual(
      listed.map((model) => [model.name, model.card.licence, model.fault === undefined]),
      [
        ['broken', undefined, false],
        ['small', 'Apache-2.0', true],
      ],
    );
    const [number] = (await os.run({ op: 'draw/seed', seed: 1 }).result).works;
    const request = { op: 'draw/double', inputs: [number!.id], options: { model: 'small' }, fresh: true, seed: 2 };
    const [work] = (await os.run(request).result).works;
    await os.run(request).result;
    assert.deepEqual(work!.record.model, { name: 'small', digest: '{"licence":"Apache-2.0"}', engine: 'fake' });
    assert.equal((await os.replay(work!.id)).equal, true);
    const missing = os.run({ ...request, options: { model: 'big' } }).result;
    await assert.rejects(missing, { code: 'host/model-missing', kind: 'unavailable', hint: /small/ });
  }
  assert.deepEqual(acts, ['opened', 'closed']);
});

test('[HO11] a model that changed since refuses to replay', async () => {
  const home = mkdtempSync(join(root, 'home-'));
  const driverOf = (digest: string): ModelDriver => ({
    identify: async () => ({ name: 'm', digest, engine: 'fake', licence: '', reproducible: true }),
    createTokenModel: async () => ({ [Symbol.asyncDispose]: async () => undefined }) as unknown as TokenModel,
  });
  mkdirSync(join(home, 'models', 'm'), { recursive: true });
  writeFileSync(join(home, 'models', 'm', 'card.json'), '{}');
  let id: string;
  {
    await using os = await open({ home, driver: driverOf('old'), modelFolders: [join(home, 'models')] });
    const [number] = (await os.run({ op: 'draw/seed', seed: 1 }).result).works;
    id = (await os.run({ op: 'draw/double', inputs: [number!.id], options: { model: 'm' } }).result).works[0]!.id;
  }
  await using os = await open({ home, driver: driverOf('new'), modelFolders: [join(home, 'models')] });
  await assert.rejects(os.replay(id), { code: 'kernel/model-changed', kind: 'conflict' });
});

test('[HO12] the home folder follows LLMAGENTOS_HOME', () => {
  assert.equal(findHome({ LLMAGENTOS_HOME: '/art' }), '/art');
  assert.match(findHome({ LLMAGENTOS_HOME: '' }), /\.llmagentos$/);
});
