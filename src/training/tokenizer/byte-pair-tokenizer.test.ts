import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { type BytePairTokenizer, createBytePairTokenizer, learnBytePairs } from './byte-pair-tokenizer.ts';
import reference from './reference.json' with { type: 'json' };
import { formatTokenizer, parseTokenizer } from './tokenizer-file.ts';

const SPECIAL = ['<pad>', '<s>', '</s>'];
const learned = learnBytePairs(reference.texts, { vocabSize: reference.vocabSize, special: SPECIAL });

test('[TK1] the merges learned are those of Hugging Face for the same texts', () => {
  assert.deepEqual(
    learned.merges.map((merge) => [...merge]),
    reference.merges,
  );
});

test('[TK2] any text comes back as it was', () => {
  const anyText = fc.string({
    unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('春', ' ', '\n', '😀', 'the')),
  });
  fc.assert(fc.property(anyText, (text) => assert.equal(learned.decode(learned.encode(text)), text.toWellFormed())));
});

test('[TK3] the file is read by another implementation, which writes the same ids', () => {
  const theirs = new Tokenizer(JSON.parse(formatTokenizer(learned)) as object, {});
  for (const text of [...reference.texts, '<s>云想衣裳 花想容</s>', "It's 42 o'clock,  isn't it?\n\n", '😀ａｂｃ']) {
    assert.deepEqual(learned.encode(text), theirs.encode(text).ids, text);
  }
  const again = parseTokenizer(formatTokenizer(learned)) as BytePairTokenizer;
  assert.deepEqual([again.vocabulary, again.merges], [learned.vocabulary, learned.merges]);
});

test('[TK4] special tokens are recognised and have no bytes; the bytes of the others join to the text', () => {
  const ids = learned.encode('<s>山<b>水');
  assert.equal(ids[0], 1);
  assert.equal(Buffer.concat(ids.map((id) => learned.bytes(id))).toString(), '山<b>水');
  assert.equal(learned.bytes(1).length, 0);
});

test('[TK5] a vocabulary that lacks a byte, doubles a token or merges what is not there is refused', () => {
  const { vocabulary, merges } = learned;
  const refused = { code: 'training/bad-tokenizer' };
  assert.throws(
    () =>
      createBytePairTokenizer(
        vocabulary.filter((_, id) => id !== 40),
        merges,
      ),
    refused,
  );
  assert.throws(() => createBytePairTokenizer([...vocabulary, '<s>'], merges), refused);
  assert.throws(() => createBytePairTokenizer(vocabulary, [['a', '春']]), refused);
});
