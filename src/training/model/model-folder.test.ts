import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { createCharacterTokenizer } from '../tokenizer/character-tokenizer.ts';
import { formatTokenizer, parseTokenizer } from '../tokenizer/tokenizer-file.ts';
import { writeDurably } from './durable.ts';
import { narrowFloat16, widenFloat16 } from './float16.ts';
import { createRandomModelFolder, loadModelFolder, saveModelFolder } from './model-folder.ts';
import { formatSafetensors, readSafetensors, type StoredTensor } from './safetensors.ts';

const VOCABULARY = [
  '<pad>',
  '<s>',
  '</s>',
  '<unk>',
  '<title>',
  '<七绝>',
  '<rhyme:阳>',
  '，',
  '。',
  ...'床前明月光疑是地上霜𠮷a1\n <>',
];
const root = mkdtempSync(join(tmpdir(), 'model-folder-'));
after(() => rmSync(root, { recursive: true }));

test('[TR20] @huggingface/tokenizers loads our tokenizer.json and agrees with us', () => {
  const ours = createCharacterTokenizer(VOCABULARY);
  const theirs = new Tokenizer(JSON.parse(formatTokenizer(ours)) as object, {});
  for (const text of [
    '<s><七绝><title>明月<rhyme:阳>床前明月光，疑是地上霜。</s>',
    '未知字𠮷a b1\n',
    '<s>< s><无>',
    '',
  ]) {
    const ids = ours.encode(text);
    assert.deepEqual(theirs.encode(text).ids, ids, text);
    if (ids.length > 0) assert.equal(theirs.decode(ids), ours.decode(ids));
  }
  assert.deepEqual(parseTokenizer(formatTokenizer(ours)).vocabulary, VOCABULARY);
  assert.equal(ours.find('月'), theirs.token_to_id('月'));
});

test('[TR21] text of known characters survives encoding and decoding', () => {
  const tokenizer = createCharacterTokenizer(VOCABULARY);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...VOCABULARY)), (tokens) => {
      assert.equal(tokenizer.decode(tokenizer.encode(tokens.join(''))), tokens.join(''));
    }),
  );
});

test('[TR22] vocabularies and files that cannot work are refused', () => {
  for (const vocabulary of [['月'], ['<unk>', '月', '月'], ['<unk>', '明月']]) {
    assert.throws(() => createCharacterTokenizer(vocabulary), { code: 'training/bad-tokenizer' });
  }
  for (const file of ['{}', '{"model":{"type":"BPE","merges":[],"vocab":{"<unk>":0,"月":2}}}']) {
    assert.throws(() => parseTokenizer(file), { code: 'training/bad-tokenizer' });
  }
});

test('[TR23] every half-precision number survives, and others go to the nearest', () => {
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i).filter(
    (half) => (half & 0x7c00) !== 0x7c00 || (half & 1023) === 0,
  );
  assert.deepEqual(narrowFloat16(widenFloat16(all)), all);
  const between = Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 65520, 2 ** -25, 1.5 * 2 ** -25);
  assert.deepEqual([...narrowFloat16(between)], [0x3c00, 0x3c02, 0x7c00, 0, 1]);
});

test('[TR24] tensors survive safetensors: F32 exactly, F16 and 8 bits closely', () => {
  const tensors = new Map<string, StoredTensor>([
    ['a', { shape: [2, 3], data: Float32Array.of(0.1, -2, 3, 0, 1e-3, 7) }],
    ['b', { shape: [1], data: Float32Array.of(-0.5) }],
  ]);
  assert.deepEqual(readSafetensors(formatSafetensors(tensors), 'x'), tensors);
  for (const [precision, within] of [
    ['F16', 2e-3],
    ['I8', 0.03],
  ] as const) {
    const back = readSafetensors(formatSafetensors(tensors, { precision }), 'x');
    assert.deepEqual([...back.keys()].sort(), ['a', 'b']);
    back.get('a')!.data.forEach((value, i) => {
      assert.ok(Math.abs(value - tensors.get('a')!.data[i]!) <= within);
    });
  }
});

test('[TR25] a broken safetensors file is refused, wherever it is broken', () => {
  const whole = formatSafetensors(new Map([['a', { shape: [2, 3], data: new Float32Array(6) }]]));
  const refused = (bytes: Uint8Array): void =>
    assert.throws(() => readSafetensors(bytes, 'm'), { code: 'training/bad-safetensors' });
  refused(new Uint8Array(0));
  refused(new Uint8Array(8).fill(255));
  for (const length of [4, 12, whole.length - 1]) refused(whole.slice(0, length));
  refused(Uint8Array.of(...whole, 0));
  const header = (text: string): Uint8Array => {
    const bytes = new Uint8Array(8 + text.length + 24);
    bytes[0] = text.length;
    bytes.set(new TextEncoder().encode(text), 8);
    return bytes;
  };
  readSafetensors(header('{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}'), 'm');
  refused(header('{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[4,28]}}'));
  refused(header('{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[-4,20]}}'));
  refused(header('{"a":{"dtype":"F64","shape":[3],"data_offsets":[0,24]}}'));
  refused(header('{"a":{"dtype":"I8","shape":[2,12],"data_offsets":[0,24]}}'));
  refused(header('[1]'));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const bytes = whole.slice();
      bytes[at]! ^= by;
      try {
        readSafetensors(bytes, 'm');
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'training/bad-safetensors');
      }
    }),
  );
});

test('[TR26] a model folder is read back with its digest; a changed or missing file is noticed', async () => {
  const folder = join(root, 'model');
  await createRandomModelFolder(folder, { vocabulary: VOCABULARY, seed: 5 });
  const model = await loadModelFolder(folder);
  assert.deepEqual(model.tokenizer.vocabulary, VOCABULARY);
  assert.equal(model.card.licence, 'Apache-2.0');
  await saveModelFolder(join(root, 'again'), model, { precision: 'F32' });
  assert.equal((await loadModelFolder(join(root, 'again'))).digest, model.digest);
  await saveModelFolder(join(root, 'half'), model);
  assert.notEqual((await loadModelFolder(join(root, 'half'))).digest, model.digest);

  const config = readFileSync(join(folder, 'config.json'), 'utf8');
  for (const [find, put, code] of [
    ['"silu"', '"gelu"', 'training/bad-config'],
    ['"num_key_value_heads": 2', '"num_key_value_heads": 3', 'training/bad-config'],
    ['"hidden_size": 32', '"hidden_size": 36', 'training/bad-config'],
    ['"intermediate_size": 64', '"intermediate_size": 65', 'training/weights-mismatch'],
    [`"vocab_size": ${VOCABULARY.length}`, '"vocab_size": 9', 'training/weights-mismatch'],
  ] as const) {
    assert.ok(config.includes(find));
    writeFileSync(join(folder, 'config.json'), config.replace(find, put));
    await assert.rejects(loadModelFolder(folder), { code }, put);
  }
  writeFileSync(join(folder, 'config.json'), config);
  appendFileSync(join(folder, 'card.json'), '}');
  await assert.rejects(loadModelFolder(folder), { code: 'training/bad-config' });
  rmSync(join(folder, 'model.safetensors'));
  await assert.rejects(loadModelFolder(folder), { code: 'training/model-missing', kind: 'missing' });
});

test('[TR27] a file that cannot take its place leaves nothing half-written behind', async () => {
  const folder = join(root, 'durable');
  await writeDurably(join(folder, 'a'), 'one');
  await writeDurably(join(folder, 'a'), 'two');
  assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'two');
  mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
  await assert.rejects(writeDurably(join(folder, 'taken'), 'three'));
  assert.deepEqual(readdirSync(folder).sort(), ['a', 'taken']);
});
