/**
 * Learns word vectors from what `prepare.ts` wrote, in one thread; goes on where it was broken off.
 *
 *   node recipes/words-zh-en/train.ts PREPARED_FOLDER
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatSafetensors, readSafetensors, words as wordTools, writeDurably } from '../../src/training/index.ts';

const { createWordLearner, freshWordState, isChinese, subwordRows } = wordTools;
const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8'));
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: train.ts PREPARED_FOLDER');
const read16 = (name: string): Uint16Array => {
  const bytes = readFileSync(join(folder, name));
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
};
const vocabulary = JSON.parse(readFileSync(join(folder, 'vocabulary.json'), 'utf8')) as wordTools.Vocabulary;
const corpus: wordTools.WordCorpus = {
  tokens: read16('tokens.bin'),
  pairs: read16('pairs.bin'),
  counts: vocabulary.counts,
  languages: Uint8Array.from(vocabulary.words, (word) => Number(!isChinese(word))),
  subwords: subwordRows(vocabulary),
  subwordCount: vocabulary.subwords.length,
};
const options = { ...recipe.training, seed: recipe.seed };
const checkpoint = join(folder, 'state.safetensors');
const learner = createWordLearner(corpus, existsSync(checkpoint) ? load() : freshWordState(corpus, options), options);
const began = { time: Date.now(), step: learner.state.step };
for (let { step } = learner.state; step < learner.steps; step = learner.state.step) {
  const loss = learner.step();
  const done = learner.state.step;
  const perStep = (Date.now() - began.time) / (done - began.step) / 1000;
  if (done % 5 === 0) {
    const left = ((learner.steps - done) * perStep) / 60;
    process.stderr.write(`step ${done}/${learner.steps}  loss ${loss.toFixed(4)}  ${left.toFixed(1)} minutes left\n`);
  }
  if (done % 60 === 0 || done === learner.steps) await save();
}

function load(): wordTools.WordLearnerState {
  const tensors = readSafetensors(readFileSync(checkpoint), checkpoint);
  const data = (name: string): Float32Array => tensors.get(name)!.data;
  return { step: data('step')[0]!, input: data('input').slice(), output: data('output').slice() };
}

async function save(): Promise<void> {
  const { step, input, output } = learner.state;
  const tensor = (data: Float32Array) => ({ shape: [data.length], data });
  const tensors = { step: tensor(Float32Array.of(step)), input: tensor(input), output: tensor(output) };
  await writeDurably(checkpoint, formatSafetensors(new Map(Object.entries(tensors))));
}
