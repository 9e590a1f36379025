/** An artist's own work becomes a model, through the whole house: every op on real files, a real child that trains, a tiny base. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { OsError } from '../src/core/index.ts';
import { createOs, type Os } from '../src/host/index.ts';
import type { LineageNode, Work } from '../src/kernel/index.ts';
import { createProseBase, inventProse, writeFolder } from './own-work-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-work-'));
const novels = join(folder, 'novels');
const SEED = 7;
const TRAINING = { base: 'base', steps: 120, epochs: 100 };
let os: Os;

before(async () => {
  writeFolder(novels, 13);
  os = await openHome('home');
});
after(async () => {
  await os[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function openHome(name: string): Promise<Os> {
  const home = join(folder, name);
  await createProseBase(join(home, 'models/base'));
  return createOs({ home, modelFolders: [join(home, 'models')] });
}

/** The facts of a step, and the id of its work. */
type Facts = Readonly<Record<string, unknown>> & { readonly id: string };

async function step(at: Os, op: string, inputs: readonly Facts[], options: object = {}): Promise<Facts> {
  const { works } = await at.run({ op, inputs: inputs.map(({ id }) => id), options, seed: SEED }).result;
  return factsOf(at, works[0]!);
}

async function factsOf(at: Os, { id }: Work): Promise<Facts> {
  return { ...((await at.load(id)).document as object), id };
}

/** What later tests go on with. */
const made: Record<'corpus' | 'dataset' | 'model' | 'evaluation' | 'published', Facts> = {} as never;

async function prepare(at: Os): Promise<{ corpus: Facts; dataset: Facts }> {
  const corpus = await step(at, 'corpus/clean', [await step(at, 'corpus/collect', [], { folder: novels })]);
  return { corpus, dataset: await step(at, 'dataset/tokenise', [corpus]) };
}

test('[MO1] a folder becomes a corpus and a dataset; whole chapters are held out', async () => {
  Object.assign(made, await prepare(os));
  const { corpus, dataset } = made;
  assert.deepEqual([corpus.documents, corpus.dropped], [13, 0]);
  assert.ok(Number(corpus.characters) > 25_000, `${corpus.characters}`);
  assert.match(String(corpus.page), /<html/);
  const splits = dataset.splits as Record<string, { documents: number; rows: number }>;
  assert.ok(['train', 'validation', 'test'].every((name) => splits[name]!.rows > 0));
  assert.equal(splits.train!.documents + splits.validation!.documents + splits.test!.documents, 13);
  assert.equal(dataset.base, 'base');
});

test('[MO2] training that is stopped leaves a checkpoint; the same request goes on and ends with the bits of a run in one go', async () => {
  const request = { op: 'model/train', inputs: [made.dataset.id], options: TRAINING, seed: SEED };
  const stop = new AbortController();
  const stopped = os.run({ ...request, signal: stop.signal });
  for await (const event of stopped) if (event.type === 'job-preview') stop.abort();
  await assert.rejects(stopped.result, { code: 'core/cancelled', kind: 'cancelled' });
  const [run] = readdirSync(join(os.home, 'workshop')).filter((name) => name.startsWith('run-'));
  const [checkpoint] = readdirSync(join(os.home, 'workshop', run!, 'checkpoints'));
  assert.match(checkpoint!, /^checkpoint-\d+\.safetensors$/);
  const reached = Number(/\d+/.exec(checkpoint!)![0]);
  assert.ok(reached > 0 && reached < TRAINING.steps, `${reached}`);

  const again = os.run(request);
  const steps = (await Array.fromAsync(again)).flatMap((event) => (event.type === 'job-progress' ? [event.done] : []));
  assert.equal(steps[0], reached + 1, 'it goes on after the checkpoint');
  assert.equal(steps.at(-1), TRAINING.steps);
  made.model = await factsOf(os, (await again.result).works[0]!);

  await using other = await openHome('other-home');
  const { dataset } = await prepare(other);
  assert.equal(dataset.digest, made.dataset.digest);
  const straight = await step(other, 'model/train', [dataset], TRAINING);
  assert.equal(straight.digest, made.model.digest);
  assert.equal(straight.loss, made.model.loss);
});

test('[MO3] a model is measured beside its base: numbers, samples of both, recall by heart', async () => {
  const { model, dataset } = made;
  made.evaluation = await step(os, 'model/evaluate', [model, dataset], { base: 'base', samples: 2 });
  const { perplexity, basePerplexity, memorised, passages, tokens, lower } = made.evaluation;
  assert.ok(Number(tokens) > 1000);
  assert.ok(Number(perplexity) < 0.8 * Number(basePerplexity), `${perplexity} of ${basePerplexity}`);
  assert.equal(lower, 1 - Number(perplexity) / Number(basePerplexity));
  assert.ok(Number(memorised) >= 0 && Number(memorised) <= 1);
  for (const passage of passages as { opening: string; before: string; after: string }[]) {
    assert.ok(passage.opening.length > 5 && passage.before !== passage.after);
    for (const text of Object.values(passage)) assert.doesNotMatch(text, /[<\uFFFD]/, 'no control tokens');
    assert.doesNotMatch(passage.opening, /^\d/, 'the title is not part of the opening');
  }
  assert.ok((await os.critique(made.evaluation.id)).some(({ name, value }) => name === 'perplexity' && value > 1));
});

test('[MO4] a published model is at hand under its name, with its card, and its lineage reaches the folder', async () => {
  const { model, evaluation, dataset } = made;
  made.published = await step(os, 'model/publish', [model, evaluation], { name: 'my-voice' });
  const entry = await os.models.get('my-voice');
  assert.equal(entry.card.writes, 'prose');
  const card = made.published.card as {
    trainedOn: { dataset: string; base: string }[];
    scores: { perplexity: number };
  };
  assert.deepEqual(
    card.trainedOn.map((one) => [one.dataset, one.base]),
    [[dataset.digest, 'base']],
  );
  assert.equal(card.scores.perplexity, evaluation.perplexity);
  const ops = (node: LineageNode): string[] => [node.work.record.op, ...node.next.flatMap(ops)];
  const way = new Set(ops(await os.ancestors(made.published.id)));
  for (const op of ['corpus/collect', 'corpus/clean', 'dataset/tokenise', 'model/train', 'model/evaluate']) {
    assert.ok(way.has(op), op);
  }
});

test('[MO5] a name that is taken is refused, and given up only when asked', async () => {
  const { model, evaluation } = made;
  const inputs = [model.id, evaluation.id];
  const publish = (options: object) => os.run({ op: 'model/publish', inputs, options, fresh: true }).result;
  await assert.rejects(publish({ name: 'my-voice' }), (error) => {
    assert.ok(error instanceof OsError);
    assert.deepEqual([error.code, error.kind], ['house/model-name-taken', 'conflict']);
    return /my-voice/.test(error.message) && /my-voice/.test(error.zh!.message);
  });
  await publish({ name: 'my-voice', replace: true });
  await assert.rejects(publish({ name: '../my-voice' }), { code: 'kernel/bad-options' });
  assert.deepEqual(readdirSync(join(os.home, 'models')).sort(), ['base', 'my-voice']);
});

test('[MO6] putting a model under a name touches no other model, whatever that is called', async () => {
  const { model, evaluation } = made;
  for (const name of ['a.new', 'a.old', 'a']) await step(os, 'model/publish', [model, evaluation], { name });
  await step(os, 'model/publish', [model, evaluation], { name: 'a', replace: true });
  assert.deepEqual(readdirSync(join(os.home, 'models')).sort(), ['a', 'a.new', 'a.old', 'base', 'my-voice']);
});

test('[PR2] prose goes on in the voice of the published model: the opening stays, the spans say who wrote what', async () => {
  const opening = '清晨，老周在河边';
  const options = { model: 'my-voice', opening, title: '渡口', length: 60, candidates: 2 };
  const request = { op: 'prose/write', options, seed: 3 };
  const [work] = (await os.run(request).result).works;
  const { text, spans, title } = (await os.load(work!.id)).document as {
    text: string;
    title: string;
    spans: { from: number; to: number; by: string }[];
  };
  assert.equal(title, '渡口');
  assert.ok(text.startsWith(opening) && text.length >= opening.length + 60);
  assert.deepEqual(spans, [
    { from: 0, to: opening.length, by: 'human' },
    { from: opening.length, to: text.length, by: 'machine' },
  ]);
  assert.doesNotMatch(text, /[\uFFFD<>]/);
  assert.equal((await os.replay(work!.id)).equal, true);
  const [other] = (await os.run({ ...request, seed: 4 }).result).works;
  assert.notEqual(other!.content, work!.content);
});

test('[MO7] every step comes out the same when it is made again', async () => {
  const { corpus, dataset, model, evaluation } = made;
  for (const { id } of [corpus, dataset, model, evaluation]) {
    const { equal, work } = await os.replay(id);
    assert.ok(equal, work.record.op);
  }
});

test('[MO8] a withdrawn document leaves every dataset, as if it had never been there, and the models that read it are named', async () => {
  const { corpus, dataset } = made;
  const document = '03.txt';
  const at = '2026-01-02T03:04:05Z';
  const forgotten = await step(os, 'corpus/forget', [corpus], { document, at });
  assert.equal(forgotten.documents, 12);
  const [rebuilt] = forgotten.datasets as { before: string; after: string }[];
  assert.equal(rebuilt!.before, dataset.digest);
  assert.deepEqual([...(forgotten.retrain as string[])].sort(), ['a', 'a.new', 'a.old', 'my-voice']);
  const anew = await step(os, 'dataset/tokenise', [forgotten], { base: 'base' });
  assert.equal(anew.digest, rebuilt!.after);
  await assert.rejects(
    os.run({ op: 'model/train', inputs: [dataset.id], options: { ...TRAINING, steps: 11 } }).result,
    {
      code: 'house/not-on-shelf',
    },
  );
  const missing = os.run({ op: 'corpus/forget', inputs: [forgotten.id], options: { document: '99.txt', at } });
  await assert.rejects(missing.result, { code: 'house/document-unknown', hint: /01\.txt/ });
});

test('[MO9] too little text is refused before any training, with how much more is needed', async () => {
  const small = writeFolder(join(folder, 'small'), 3, 30);
  const corpus = await step(os, 'corpus/clean', [await step(os, 'corpus/collect', [], { folder: small })]);
  const missing = 25_000 - Number(corpus.characters);
  await assert.rejects(os.run({ op: 'dataset/tokenise', inputs: [corpus.id] }).result, (error) => {
    assert.ok(error instanceof OsError);
    assert.deepEqual([error.code, error.kind], ['training/too-little-text', 'input']);
    return error.hint.includes(String(missing)) && error.zh!.hint.includes(String(missing));
  });
});

test('[MO10] one long text without chapters is enough: parts of it are held out', async () => {
  const one = writeFolder(join(folder, 'one'), 1, 1400);
  const corpus = await step(os, 'corpus/clean', [await step(os, 'corpus/collect', [], { folder: one })]);
  const dataset = await step(os, 'dataset/tokenise', [corpus], { base: 'base' });
  const splits = dataset.splits as Record<string, { rows: number }>;
  assert.ok(
    ['train', 'validation', 'test'].every((name) => (splits[name]?.rows ?? 0) > 0),
    JSON.stringify(splits),
  );
});

test('[MO11] nothing half made lies in the workshop', () => {
  assert.ok(existsSync(join(os.home, 'workshop')));
  assert.deepEqual(
    readdirSync(join(os.home, 'workshop')).filter((name) => !/^(corpus|dataset|run)-[0-9a-f]{24}$/.test(name)),
    [],
  );
});

test('the made-up prose is long and varied enough for the cleaner', () => {
  assert.ok(inventProse('x', 100).length > 2100);
});
