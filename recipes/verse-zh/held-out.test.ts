import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDocuments, groupByForm, perCharacter, REST, type Rows, withoutWishes } from './held-out.ts';

const VOCABULARY = [
  '<pad>',
  '<s>',
  '</s>',
  '<theme>',
  '<title>',
  '<body>',
  '<五绝>',
  '<词>',
  '<rhyme:阳>',
  ...'，月光如梦令',
];
const id = (token: string): number => VOCABULARY.indexOf(token);
const first = ['<s>', '<五绝>', '<theme>', '月', '<title>', '光', '<rhyme:阳>', '<body>', '月', '光', '，', '</s>'];
const second = ['<s>', '<词>', '如', '梦', '令', '<theme>', '光', '<body>', '光', '</s>'];
const third = ['<s>', '<五绝>', '<body>', '光', '</s>'];

/** Rows of 24 cells: two documents in the first, one in the second. */
function sample(): Rows {
  const length = 24;
  const split = {
    rows: 2,
    length,
    tokens: new Uint16Array(48),
    segments: new Uint8Array(48),
    predict: new Uint8Array(48),
  };
  [
    { at: 0, segment: 1, tokens: first, predictFrom: 4 },
    { at: first.length, segment: 2, tokens: second, predictFrom: 7 },
    { at: length, segment: 1, tokens: third, predictFrom: 2 },
  ].forEach(({ at, segment, tokens, predictFrom }) => {
    tokens.forEach((token, i) => {
      split.tokens[at + i] = id(token);
      split.segments[at + i] = segment;
      split.predict[at + i] = i >= predictFrom ? 1 : 0;
    });
  });
  return split;
}

test('[RE1] documents are found in their rows, each with the beginning of its poem', () => {
  assert.deepEqual(findDocuments(sample(), VOCABULARY), [
    { start: 0, body: 8, end: 12 },
    { start: 12, body: 20, end: 22 },
    { start: 24, body: 27, end: 29 },
  ]);
});

test('[RE2] only the characters of a poem count by its form: no title, no punctuation, no end', () => {
  const group = groupByForm(sample(), VOCABULARY);
  const named = Array.from({ length: 48 }, (_, at) => [at, group(at)] as const).filter(([, name]) => name !== REST);
  assert.deepEqual(named, [
    [8, '五绝'],
    [9, '五绝'],
    [20, '词'],
    [27, '五绝'],
  ]);
});

test('[RE3] without wishes: form and tune stay, the poem alone is predicted, rows stay rows', () => {
  const bare = withoutWishes(sample(), VOCABULARY);
  const written = [...bare.tokens]
    .map((token, at) => (bare.segments[at] ? VOCABULARY[token] : ''))
    .join(' ')
    .trimEnd();
  const inFirst = '<s> <五绝> <body> 月 光 ， </s> <s> <词> 如 梦 令 <body> 光 </s>';
  assert.equal(written, `${inFirst}${' '.repeat(24 - 15 + 1)}<s> <五绝> <body> 光 </s>`);
  assert.deepEqual(
    [...bare.predict].flatMap((marked, at) => (marked ? [at] : [])),
    [3, 4, 5, 6, 13, 14, 27, 28],
  );
  assert.deepEqual([...bare.segments.subarray(0, 16)], [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 0]);
});

test('[RE4] the mean per character weighs forms by their characters', () => {
  const loss = (value: number, tokens: number) => ({ loss: value, tokens, perplexity: Math.exp(value) });
  const all = perCharacter({ 五绝: loss(1, 30), 词: loss(2, 10), [REST]: loss(9, 99) });
  assert.deepEqual([all.loss, all.tokens, Object.keys(all.byForm)], [1.25, 40, ['五绝', '词']]);
});
