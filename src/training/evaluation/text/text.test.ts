import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../core/index.ts';
import {
  type BleuOptions,
  bitsPerUnit,
  type ChrfOptions,
  chrfSignature,
  corpusBleu,
  corpusChrf,
  distinctN,
  longestRepeat,
  measureMemorisation,
  measureNovelty,
  repetitionN,
  selfBleu,
  sentenceBleu,
  sentenceChrf,
} from './index.ts';

interface Recorded<Options> {
  readonly options: Options;
  readonly score: number;
  readonly signature: string;
  readonly sentences: readonly number[];
}

interface Item {
  readonly name: string;
  readonly lines: readonly string[];
  readonly references: readonly (readonly string[])[];
  readonly bleu: readonly (Recorded<BleuOptions> & {
    readonly brevityPenalty: number;
    readonly precisions: readonly number[];
    readonly words: number;
    readonly referenceWords: number;
  })[];
  readonly chrf: readonly Recorded<ChrfOptions>[];
}

const ITEMS: Item[] = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8'));

const close = (value: number, expected: number, what: string, within = 1e-9): void =>
  assert.ok(Math.abs(value - expected) < within, `${what}: ${value}, not ${expected}`);

test('[TR210] BLEU is that of sacreBLEU: every tokenizer and smoothing, corpus and sentence, with its signature', () => {
  for (const { name, lines, references, bleu } of ITEMS) {
    for (const { options, sentences, precisions, ...expected } of bleu) {
      const what = `${name} ${JSON.stringify(options)}`;
      const got = corpusBleu(lines, references, options);
      close(got.score, expected.score, what);
      close(got.brevityPenalty, expected.brevityPenalty, what);
      for (const [k, p] of got.precisions.entries()) close(p, precisions[k]!, what);
      assert.deepEqual([got.words, got.referenceWords], [expected.words, expected.referenceWords], what);
      assert.equal(got.signature, expected.signature);
      lines.forEach((line, i) => {
        close(sentenceBleu(line, references[i]!, { ...options, effectiveOrder: true }).score, sentences[i]!, what);
      });
    }
  }
});

test('[TR211] chrF and chrF++ are those of sacreBLEU, with their signatures', () => {
  for (const { name, lines, references, chrf } of ITEMS) {
    for (const { options, score, signature, sentences } of chrf) {
      const what = `${name} ${JSON.stringify(options)}`;
      close(corpusChrf(lines, references, options), score, what);
      assert.equal(chrfSignature(options, references), signature);
      lines.forEach((line, i) => {
        close(sentenceChrf(line, references[i]!, options), sentences[i]!, what);
      });
    }
  }
});

const RAW: BleuOptions = { tokenize: 'none', smooth: 'floor', smoothValue: 0.01, effectiveOrder: true };

/** Lines, references by line, options, score: as stated in sacreBLEU's README and test suite. */
const PUBLISHED_BLEU: readonly (readonly [readonly string[], readonly (readonly string[])[], BleuOptions, number])[] = [
  [ITEMS[0]!.lines, ITEMS[0]!.references, {}, 48.530827],
  [ITEMS[0]!.lines, ITEMS[0]!.references, { tokenize: 'none' }, 49.1919566],
  [ITEMS[0]!.lines, ITEMS[0]!.references, { tokenize: 'intl' }, 43.91623493],
  [ITEMS[0]!.lines, ITEMS[0]!.references, { smooth: 'none' }, 48.530827],
  [['', '', ''], ITEMS[0]!.references, {}, 0],
  [['this is a test'], [['this is a test']], RAW, 100],
  [['this is a fest'], [['this is a test']], RAW, 22.3606797749979],
  [['test'], [['a test']], RAW, 36.78794411714425],
  [['a little test'], [['a test']], RAW, 3.218297948685433],
];

/** Line, reference, with epsilon smoothing or not, chrF3. */
const PUBLISHED_CHRF: readonly (readonly [string, string, boolean, number])[] = [
  ['abcdefg', 'hijklmnop', true, 0],
  ['', 'reference', true, 0],
  ['aa', 'ab', true, 8.3333],
  ['a', 'a', true, 16.6667],
  ['a b c', 'abc', true, 50],
  ['a', 'a', false, 100],
  ['a b c', 'abc', false, 100],
  ['aa', 'ab', false, 25],
];

test('[TR212] the scores that sacreBLEU publishes', () => {
  for (const [lines, references, options, score] of PUBLISHED_BLEU) {
    close(corpusBleu(lines, references, options).score, score, JSON.stringify([lines, options]), 1e-6);
  }
  for (const [line, reference, epsSmoothing, score] of PUBLISHED_CHRF) {
    close(corpusChrf([line], [[reference]], { beta: 3, epsSmoothing }), score, line, 1e-4);
  }
});

test('[TR213] any line against itself scores 100, and lines without references are refused', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 4 }), { minLength: 1, maxLength: 4 }), (lines) => {
      const scored = corpusBleu(
        lines,
        lines.map((line) => [line]),
        { tokenize: 'char', effectiveOrder: true },
      );
      assert.ok(lines.every((line) => line.trim() === '') || Math.abs(scored.score - 100) < 1e-9 || scored.words === 0);
    }),
    { seed: 1 },
  );
  assert.throws(() => corpusBleu(['a'], [[]]), { code: 'training/no-references' });
  assert.throws(() => corpusChrf([], []), { code: 'training/no-references' });
});

test('[TR214] distinct-n, repetition, longest repeat and self-BLEU, counted by hand', () => {
  const text = [...'春风又绿江南岸春风又绿'];
  close(distinctN([text], 1), 7 / 11, 'distinct-1');
  close(distinctN([text], 2), 7 / 10, 'distinct-2');
  close(repetitionN(text, 4), 1 / 8, 'rep-4');
  assert.equal(longestRepeat(text), 4);
  assert.equal(longestRepeat([...'aaaa']), 3);
  assert.equal(longestRepeat([...'abc']), 0);
  assert.equal(distinctN([], 2), 1);
  close(selfBleu([text, text, text]), 100, 'equal texts');
  assert.equal(selfBleu([[...'abcdef'], [...'ghijkl']]), 0);
});

test('[TR215] bits per character and per byte', () => {
  const bits = bitsPerUnit({ loss: Math.LN2 * 6, tokens: 2 }, '春天ok');
  assert.deepEqual([bits.perCharacter, bits.perByte], [3, 1.5]);
});

test('[TR216] novelty: what stands in the training set is found, over line breaks, and counted', () => {
  const training = [
    '床前明月光，疑是地上霜。举头望明月，低头思故乡。',
    '离离原上草，一岁一枯荣。野火烧不尽，春风吹又生。',
  ];
  const [copy, fresh, half] = measureNovelty(
    [
      '床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。',
      '完全没有见过的新句子在此',
      `我说过${training[1]}就这样吧`,
    ],
    training,
  );
  assert.deepEqual([copy!.copied, copy!.longestCopyCharacters, copy!.newNgrams['8']], [1, 24, 0]);
  assert.deepEqual([fresh!.copied, fresh!.newNgrams['4']], [0, 1]);
  assert.equal(half!.longestCopy, training[1]);
  close(half!.copied, 24 / 31, 'copied');
});

test('[TR217] the longest passages met are those that a search finds', () => {
  const random = createRandom('passages');
  const word = (n: number): string => Array.from({ length: n }, () => random.pick(['a', 'b', 'c'])).join('');
  for (let round = 0; round < 60; round++) {
    const [text, documents] = [word(20), [word(15), word(25)]];
    const has = (passage: string): boolean => documents.some((document) => document.includes(passage));
    const passages = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: 20 - i }, (_, j) => text.slice(i, i + j + 1)).filter(has),
    ).flat();
    const longest = passages.reduce((most, passage) => Math.max(most, passage.length), 0);
    const [novelty] = measureNovelty([text], documents);
    assert.equal(novelty!.longestCopyCharacters, longest);
    const old = new Set(Array.from({ length: 17 }, (_, i) => i).filter((i) => has(text.slice(i, i + 4))));
    close(novelty!.newNgrams['4']!, 1 - old.size / 17, text);
  }
});

test('[TR218] a model that knows its training set by heart is found out; one that knows only set phrases is not', async () => {
  const random = createRandom('memory');
  const document = (): number[] => Array.from({ length: 150 }, () => random.integer(1000));
  const [training, heldOut] = [Array.from({ length: 5 }, document), Array.from({ length: 5 }, document)];
  const parrot = async (prompt: readonly number[], count: number): Promise<number[]> => {
    const text = training.find((tokens) => tokens.join().includes(prompt.join()));
    const at = text?.findIndex((_, i) => text.slice(i, i + prompt.length).join() === prompt.join()) ?? 0;
    return text?.slice(at + prompt.length, at + prompt.length + count) ?? [];
  };
  const options = { passages: 10, prompt: 20, length: 20 };
  const found = await measureMemorisation(parrot, training, heldOut, options);
  assert.deepEqual([found.training.exact, found.training.longestRun, found.heldOut.exact, found.excess], [1, 20, 0, 1]);
  const constant = await measureMemorisation(async (_, count) => Array(count).fill(7), training, heldOut, options);
  assert.equal(constant.excess, 0);
  const tooShort = await measureMemorisation(parrot, [[1, 2, 3]], [], options);
  assert.equal(tooShort.training.passages, 0);
});
