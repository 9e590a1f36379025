import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { judgeModel } from '../evaluation/judge/judge-model.ts';
import { type Recipe, runRecipe } from '../loop/courses.ts';
import { BREAK, buildVocabulary, loadWordFolder } from './index.ts';
import { parseWordSet } from './word-sets.ts';

const folder = mkdtempSync(join(tmpdir(), 'words-course-'));
after(() => rmSync(folder, { recursive: true }));
const dataset = join(folder, 'data');

const TOPICS = [
  ['猫', '狗', '宠物', '尾巴'],
  ['汽车', '火车', '车站', '公路'],
  ['moon', 'star', 'night', 'cloud'],
];

/** Sentences that keep to one topic each. */
function writeCorpus(): void {
  const random = createRandom('toy');
  const sentences = Array.from({ length: 600 }, (_, i) =>
    Array.from({ length: 6 }, () => random.pick(TOPICS[i % TOPICS.length]!)),
  );
  const counts = new Map<string, number>();
  for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vocabulary = buildVocabulary(counts, { least: 1 });
  const id = (word: string): number => vocabulary.words.indexOf(word);
  const tokens = Uint16Array.from(sentences.flatMap((words) => [...words.map(id), BREAK]));
  const pairs = Uint16Array.from([id('moon'), id('star'), id('star'), id('moon')]);
  mkdirSync(dataset);
  writeFileSync(join(dataset, 'vocabulary.json'), JSON.stringify(vocabulary));
  writeFileSync(join(dataset, 'tokens.bin'), new Uint8Array(tokens.buffer));
  writeFileSync(join(dataset, 'pairs.bin'), new Uint8Array(pairs.buffer));
}
writeCorpus();

function recipe(out: string, more: object = {}): Recipe {
  const sizes = { dimensions: 8, chunk: 300, epochs: 6, threshold: 1, learningRate: 0.2, removed: 0 };
  return {
    kind: 'words',
    name: 'toy',
    dataset,
    out: join(folder, out),
    ...sizes,
    probes: ['猫'],
    saveEvery: 20,
    ...more,
  };
}

test('word vectors are learned by the one loop: a topic’s words end up near each other, and a card says what it is', async () => {
  const { model, steps } = await runRecipe(recipe('whole', { sampleEvery: 40 }));
  assert.equal(steps, 6 * 14);
  const { vectors, card } = loadWordFolder(model);
  assert.equal(card.name, 'toy');
  assert.ok(vectors.similarity('猫', '狗')! > vectors.similarity('猫', '汽车')! + 0.3);
  assert.match(readFileSync(join(folder, 'whole/samples/step-00000084/nearest.txt'), 'utf8'), /^猫 {2}\S+ \d\.\d\d/);
});

test('sets of judged words are known by their lines, and vectors are scored on them', async () => {
  const tabs = (...lines: string[][]): string => lines.map((line) => line.join('\t')).join('\n');
  const typed = parseWordSet(
    'typed',
    tabs(['type', 'a', 'b', 'c', 'd'], ['capital', 'Oslo', 'Norway', 'Rome', 'Italy']),
  );
  assert.deepEqual(typed, { name: 'typed', kind: 'analogies', questions: [['Oslo', 'Norway', 'Rome', 'Italy']] });
  const plain = parseWordSet('plain', ': geography\n广东 粤剧 浙江 越剧\n');
  assert.ok(plain?.kind === 'analogies' && plain.questions.length === 1);
  assert.equal(parseWordSet('licence', 'Anyone may copy this text\nand change it at will.'), undefined);
  const sets = join(folder, 'sets');
  mkdirSync(sets);
  await assert.rejects(judgeModel(join(folder, 'whole/model'), { data: sets }), { code: 'training/no-word-sets' });
  const judgedByPeople = tabs(
    ['word1', 'word2', 'score'],
    ['猫', '狗', '9'],
    ['猫', '汽车', '1'],
    ['moon', 'star', '9.5'],
  );
  writeFileSync(join(sets, 'alike.tsv'), judgedByPeople);
  const { kind, report } = await judgeModel(join(folder, 'whole/model'), { data: sets });
  const [scored] = report.sections;
  assert.ok(kind === 'words' && scored?.kind === 'table');
  const [spearman, known, pairs] = scored.rows[0]!.values;
  assert.ok(spearman! >= 0.5 && known === 100 && pairs === 3, `${spearman}`);
});

test('learning that was broken off goes on to the same bytes', async () => {
  const stop = new AbortController();
  const broken = runRecipe(recipe('broken'), {
    signal: stop.signal,
    onEvent: (event) => event.type === 'training-step' && event.step === 33 && stop.abort(),
  });
  await assert.rejects(broken, { code: 'core/cancelled' });
  await runRecipe(recipe('broken'));
  await runRecipe(recipe('unbroken'));
  const bytes = (run: string): Buffer => readFileSync(join(folder, run, 'model/words.safetensors'));
  assert.ok(bytes('broken').equals(bytes('unbroken')));
});

test('a folder that holds no corpus, or a torn one, is refused', async () => {
  await assert.rejects(runRecipe(recipe('x', { dataset: folder })), { code: 'training/dataset-missing' });
  const torn = join(folder, 'torn');
  mkdirSync(torn);
  writeFileSync(join(torn, 'vocabulary.json'), readFileSync(join(dataset, 'vocabulary.json')));
  writeFileSync(join(torn, 'tokens.bin'), Uint8Array.of(200, 0));
  writeFileSync(join(torn, 'pairs.bin'), new Uint8Array(0));
  await assert.rejects(runRecipe(recipe('x', { dataset: torn })), { code: 'training/bad-dataset' });
  await assert.rejects(runRecipe(recipe('x', { dimension: 8 })), { code: 'training/bad-options' });
});
