/**
 * Skip-gram with negative sampling over words and their pieces.
 *
 *   centre: h = mean of the rows of the word and its subwords        context c, five random words r of c's language
 *   loss: −ln σ(h · out[c]) − Σ ln σ(−h · out[r])                     one chunk of text after another, rate falling to 0
 *
 * After Mikolov and others (2013) and Bojanowski and others (2017). Two languages share one space through pairs of words
 * (of a sentence and its translation, of the names of one thing) that are each other's context; wrong answers are drawn
 * from the right answer's own language, so that language alone tells nothing. One thread, plain typed arrays: a seed gives
 * the same bits, also over a break between any two chunks.
 */
import { createRandom } from '../../core/index.ts';
import { BREAK } from './phrases.ts';
import type { SubwordRows } from './vocabulary.ts';

/** What is learned from. Ids are below 65,535. */
export interface WordCorpus {
  /** Running text with `BREAK`s. */
  readonly tokens: Uint16Array;
  /** Centre and context by turns: words that belong together without standing in one window. */
  readonly pairs: Uint16Array;
  /** By word. */
  readonly counts: readonly number[];
  readonly languages: Uint8Array;
  readonly subwords: SubwordRows;
  readonly subwordCount: number;
}

export interface WordLearnerOptions {
  /** Numbers a vector. Default 96. */
  readonly dimensions?: number;
  /** Words on either side, at most; each centre draws its own width. Default 5. */
  readonly window?: number;
  /** Wrong answers for each right one. Default 5. */
  readonly negatives?: number;
  /** Passes over everything. Default 2. */
  readonly epochs?: number;
  /** Default 0.05, falling in a straight line. */
  readonly learningRate?: number;
  /** Words more frequent than this share are often skipped. Default 0.0001. */
  readonly threshold?: number;
  /** Tokens a step. Default 100,000. */
  readonly chunk?: number;
  /** Chunks in all, over which the rate falls. Default: every chunk `epochs` times. */
  readonly steps?: number;
  readonly seed?: number | string;
}

/** Where training stands; enough to go on bit for bit. */
export interface WordLearnerState {
  readonly step: number;
  /** Rows of words, then of subwords. */
  readonly input: Float32Array;
  readonly output: Float32Array;
}

export interface WordLearner {
  readonly steps: number;
  /** Learning rate of the step to come. */
  readonly rate: number;
  /** Tokens of a step. */
  readonly chunkTokens: number;
  /** Learns one chunk; returns its mean loss per right answer, in nats. */
  step(): number;
  readonly state: WordLearnerState;
}

/** The rows before the first step: small random inputs, outputs 0. */
export function freshWordState(corpus: WordCorpus, options: WordLearnerOptions = {}): WordLearnerState {
  const { dimensions = 96, seed = 0 } = options;
  const random = createRandom(`${seed}/words`);
  const rows = corpus.counts.length + corpus.subwordCount;
  const input = Float32Array.from({ length: rows * dimensions }, () => (random.next() - 0.5) / dimensions);
  return { step: 0, input, output: new Float32Array(corpus.counts.length * dimensions) };
}

/** Goes on from a state, whose arrays it changes. */
export function createWordLearner(
  corpus: WordCorpus,
  start: WordLearnerState,
  options: WordLearnerOptions = {},
): WordLearner {
  const { epochs = 2, learningRate = 0.05, chunk = 100_000, seed = 0 } = options;
  const chunks = Math.max(1, Math.ceil(corpus.tokens.length / chunk));
  const { steps = epochs * chunks } = options;
  const { input, output } = start;
  const kernel = createKernel(corpus, input, output, options);
  let { step } = start;
  const rate = (): number => learningRate * Math.max(1 - step / steps, 1e-4);
  return {
    steps,
    get rate() {
      return rate();
    },
    chunkTokens: Math.min(chunk, corpus.tokens.length),
    step: () => {
      const epoch = Math.floor(step / chunks);
      const order = createRandom(`${seed}/order/${epoch}`).shuffle(Array.from({ length: chunks }, (_, i) => i));
      const at = order[step % chunks]!;
      kernel.start(`${seed}/${step}`, rate());
      kernel.learnTokens(at * chunk, Math.min((at + 1) * chunk, corpus.tokens.length));
      const share = (i: number): number => 2 * Math.floor((i * corpus.pairs.length) / 2 / chunks);
      kernel.learnPairs(share(at), share(at + 1));
      step += 1;
      return kernel.loss();
    },
    get state() {
      return { step, input, output };
    },
  };
}

interface Kernel {
  start(seed: string, rate: number): void;
  learnTokens(from: number, to: number): void;
  learnPairs(from: number, to: number): void;
  loss(): number;
}

/** The arithmetic, over arrays that it changes in place. */
function createKernel(
  corpus: WordCorpus,
  input: Float32Array,
  output: Float32Array,
  options: WordLearnerOptions,
): Kernel {
  const { window = 5, negatives = 5, threshold = 1e-4 } = options;
  const { tokens, pairs, counts, languages, subwords } = corpus;
  const size = output.length / counts.length;
  const [hidden, change] = [new Float32Array(size), new Float32Array(size)];
  const draws = negativeTables(counts, languages);
  const total = counts.reduce((a, b) => a + b, 0);
  const kept = Float64Array.from(counts, (n) => Math.sqrt((threshold * total) / n) + (threshold * total) / n);
  let [noise, rate, loss, answers] = [1, 0, 0, 0];
  /** Marsaglia's xorshift, 32 bits. */
  const random = (): number => {
    noise ^= noise << 13;
    noise ^= noise >>> 17;
    noise ^= noise << 5;
    return noise >>> 0;
  };

  const begin = (word: number): void => {
    const [first, last] = [subwords.starts[word]!, subwords.starts[word + 1]!];
    const share = 1 / (1 + last - first);
    for (let d = 0; d < size; d++) hidden[d] = input[word * size + d]!;
    for (let s = first; s < last; s++) {
      const row = (counts.length + subwords.rows[s]!) * size;
      for (let d = 0; d < size; d++) hidden[d]! += input[row + d]!;
    }
    for (let d = 0; d < size; d++) hidden[d]! *= share;
    change.fill(0);
  };
  const finish = (word: number): void => {
    for (let d = 0; d < size; d++) input[word * size + d]! += change[d]!;
    for (let s = subwords.starts[word]!; s < subwords.starts[word + 1]!; s++) {
      const row = (counts.length + subwords.rows[s]!) * size;
      for (let d = 0; d < size; d++) input[row + d]! += change[d]!;
    }
  };
  const answer = (word: number, right: number): void => {
    const row = word * size;
    let dot = 0;
    for (let d = 0; d < size; d++) dot += hidden[d]! * output[row + d]!;
    const p = 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, dot))));
    loss -= Math.log(right === 1 ? p : 1 - p);
    const pull = rate * (right - p);
    for (let d = 0; d < size; d++) {
      const value = output[row + d]!;
      change[d]! += pull * value;
      output[row + d] = value + pull * hidden[d]!;
    }
  };
  const meet = (context: number): void => {
    answers++;
    answer(context, 1);
    const table = draws[languages[context]!]!;
    for (let k = 0; k < negatives; k++) {
      const wrong = table[random() % table.length]!;
      if (wrong !== context) answer(wrong, 0);
    }
  };
  return {
    start: (seed, value) => {
      noise = createRandom(seed).integer(0xffffffff) | 1;
      [rate, loss, answers] = [value, 0, 0];
    },
    learnTokens: (from, to) => walkTokens(tokens, [from, to], { kept, window, random, begin, finish, meet }),
    learnPairs: (from, to) => {
      for (let i = from; i < to; ) {
        const centre = pairs[i]!;
        begin(centre);
        for (; i < to && pairs[i] === centre; i += 2) meet(pairs[i + 1]!);
        finish(centre);
      }
    },
    loss: () => loss / Math.max(answers, 1),
  };
}

interface Walk {
  /** Share of the occurrences of a word that is not skipped. */
  readonly kept: Float64Array;
  readonly window: number;
  readonly random: () => number;
  readonly begin: (word: number) => void;
  readonly finish: (word: number) => void;
  readonly meet: (context: number) => void;
}

/** Line by line: drops frequent words, then lets every word meet those in its window. */
function walkTokens(tokens: Uint16Array, [from, to]: readonly [number, number], walk: Walk): void {
  const { kept, window, random, begin, finish, meet } = walk;
  const line = new Uint16Array(to - from);
  for (let i = from; i < to; i++) {
    let length = 0;
    for (; i < to && tokens[i] !== BREAK; i++) {
      if (kept[tokens[i]!]! * 4294967296 > random()) line[length++] = tokens[i]!;
    }
    for (let at = 0; at < length; at++) {
      const width = 1 + (random() % window);
      begin(line[at]!);
      for (let c = Math.max(0, at - width); c <= Math.min(length - 1, at + width); c++) if (c !== at) meet(line[c]!);
      finish(line[at]!);
    }
  }
}

/** For each language its words as often as their counts to the power of ¾ ask, in 2¹⁹ places or so. */
function negativeTables(counts: readonly number[], languages: Uint8Array): Uint16Array[] {
  const groups = Math.max(0, ...new Set(languages)) + 1;
  return Array.from({ length: groups }, (_, language) => {
    const weight = counts.map((count, i) => (languages[i] === language ? count ** 0.75 : 0));
    const total = weight.reduce((a, b) => a + b, 0);
    const places = weight.flatMap((w, i) => (w === 0 ? [] : Array<number>(Math.ceil((w / total) * 2 ** 19)).fill(i)));
    return Uint16Array.from(places);
  });
}
