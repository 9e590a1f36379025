/**
 * Learning word vectors as a course: `createCourse` for options of the kind `words`. A step is one chunk of text; nothing is
 * held out, for the vectors are judged on sets made by people (judge.ts).
 */
import { join } from 'node:path';
import type { Json } from '../../core/index.ts';
import type { LearnerState } from '../learn/index.ts';
import type { Course, CourseState, PlannedCourse } from '../loop/course.ts';
import { writeDurably } from '../model/durable.ts';
import { type WordsCourseOptions, wordsCourseOptions } from './course-options.ts';
import { type FinishedVectors, finishVectors } from './finish-vectors.ts';
import { languagesOf, type ReadCorpus, readWordCorpus } from './word-corpus.ts';
import { saveWordFolder } from './word-folder.ts';
import { createWordLearner, freshWordState, type WordLearner, type WordLearnerState } from './word-learner.ts';
import { createWordVectors } from './word-vectors.ts';

const LEARNER = 'words';
const NEIGHBOURS = 6;

/** Reads the corpus and plans the training; throws `training/bad-options` and as `readWordCorpus`. */
export async function createCourse(given: unknown): Promise<PlannedCourse> {
  const options = wordsCourseOptions(given);
  const read = await readWordCorpus(options.dataset);
  const learner = createWordLearner(
    read.corpus,
    freshWordState(read.corpus, learnerOptions(options)),
    learnerOptions(options),
  );
  const { steps } = learner;
  const {
    out,
    name,
    saveEvery,
    sampleEvery,
    probes,
    threads: _,
    trainedOn,
    licence,
    limits,
    data,
    ...deciding
  } = options;
  const identity = JSON.parse(JSON.stringify({ ...deciding, steps, dataset: read.digest })) as Json;
  return {
    course: wordsCourse(options, read, learner),
    run: { out, steps, title: name, saveEvery, sampleEvery, identity },
  };
}

function learnerOptions({ steps, ...options }: WordsCourseOptions) {
  return { ...options, ...(steps === undefined ? {} : { steps }) };
}

function wordsCourse(options: WordsCourseOptions, read: ReadCorpus, first: WordLearner): Course {
  const { corpus, vocabulary } = read;
  let learner = first;
  const languages = { words: languagesOf(vocabulary.words), subwords: languagesOf(vocabulary.subwords) };
  const finished = (): FinishedVectors =>
    finishVectors(learner.state.input, corpus.subwords, languages, options.removed);
  return {
    unit: { en: 'tokens', zh: '个词' },
    parameters: first.state.input.length,
    items: corpus.tokens.length,
    step: async () => {
      const { rate: learningRate, chunkTokens: amount } = learner;
      return { loss: learner.step(), learningRate, amount };
    },
    state: () => courseState(learner.state),
    restore: (state) => {
      learner = createWordLearner(corpus, wordState(state), learnerOptions(options));
    },
    sample: async (folder) => {
      const { words, subwords } = finished();
      const vectors = createWordVectors(vocabulary, words, subwords);
      const lines = options.probes.map((probe) => {
        const near = vectors.nearest(probe, { count: NEIGHBOURS });
        return `${probe}  ${near.map(({ word, similarity }) => `${word} ${similarity.toFixed(2)}`).join(', ')}\n`;
      });
      await writeDurably(join(folder, 'nearest.txt'), lines.join(''));
    },
    finish: async ({ model }) => {
      const vectors = finished();
      const parameters = vectors.words.length + vectors.subwords.length;
      await saveWordFolder(model, { vocabulary, vectors, card: { ...cardOf(options), parameters } });
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function courseState({ step, input, output }: WordLearnerState): CourseState {
  const tensors = new Map(
    Object.entries({ input, output }).map(([name, data]) => [name, { shape: [data.length], data }]),
  );
  return new Map<string, LearnerState>([[LEARNER, { step, tensors }]]);
}

/** Arrays of its own, for learning changes them. */
function wordState(state: CourseState): WordLearnerState {
  const { step, tensors } = state.get(LEARNER)!;
  return { step, input: tensors.get('input')!.data.slice(), output: tensors.get('output')!.data.slice() };
}

function cardOf({ name, licence, trainedOn, probes, limits }: WordsCourseOptions) {
  return {
    name,
    licence,
    summary: {
      en: 'Word vectors in Chinese and English, in one space: nearest words, similarity, relevance to a brief.',
      zh: '中英文词向量，同处一个空间：近义词、相似度、与创作要求的相关度。',
    },
    trainedOn,
    probes,
    ...(limits ? { limits } : {}),
  };
}
