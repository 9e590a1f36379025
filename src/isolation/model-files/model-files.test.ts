import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OsError } from '../../core/index.ts';
import { checkOnnxFile, readOnnxHeader, readSafetensorsHeader, refusePickles, viewBytes } from './index.ts';
import { mutate } from './mutate.ts';

const FIXTURE = join(import.meta.dirname, '../../drivers/transformers/fixtures/bert-embed/onnx/model.onnx');
const onnx = readFileSync(FIXTURE);

function safetensors(head: object, data = 24, padding = ''): Uint8Array {
  const text = Buffer.from(JSON.stringify(head) + padding);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return Buffer.concat([length, text, new Uint8Array(data)]);
}

const TWO = {
  __metadata__: { format: 'pt' },
  a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
  b: { dtype: 'BF16', shape: [4], data_offsets: [16, 24] },
};

const broken = { code: 'engine/broken-model' };

test('the head of a safetensors file says what tensors there are', () => {
  const { tensors, metadata } = readSafetensorsHeader(viewBytes(safetensors(TWO, 24, '   '), 'x'));
  assert.deepEqual(
    tensors.map(({ name, shape, begin, end }) => [name, ...shape, begin, end]),
    [
      ['a', 2, 2, 0, 16],
      ['b', 4, 16, 24],
    ],
  );
  assert.deepEqual(metadata, { format: 'pt' });
});

test('a safetensors file that says something else than it holds is refused with the reason', () => {
  const refuse = (bytes: Uint8Array, message: RegExp): void =>
    assert.throws(() => readSafetensorsHeader(viewBytes(bytes, 'x')), { ...broken, message });
  const one = (entry: object, data = 16): Uint8Array => safetensors({ a: entry }, data);
  refuse(Uint8Array.of(1, 2, 3), /more than it holds/);
  refuse(safetensors(TWO).subarray(0, 40), /a head of/);
  refuse(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 1), /a head of/);
  refuse(Buffer.concat([Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0), Buffer.from('[]')]), /not JSON/);
  refuse(one({ dtype: 'F32', shape: [3], data_offsets: [0, 16] }), /another size/);
  refuse(one({ dtype: 'F32', shape: [2 ** 40, 2 ** 40], data_offsets: [0, 16] }), /another size/);
  refuse(one({ dtype: 'F32', shape: [-4], data_offsets: [0, 16] }), /not described/);
  refuse(one({ dtype: 'constructor', shape: [4], data_offsets: [0, 16] }), /not described/);
  refuse(one({ dtype: 'F32', shape: [4], data_offsets: [16, 32] }), /another size/);
  refuse(one({ dtype: 'F32', shape: [4], data_offsets: [0, 16] }, 20), /belong to nothing/);
  refuse(safetensors({ ...TWO, b: { ...TWO.a } }), /overlaps/);
  refuse(safetensors({ ...TWO, __metadata__: { a: 1 } }), /metadata/);
});

test('an ONNX file is walked to its end before anybody opens it', () => {
  const header = checkOnnxFile(FIXTURE, 'x');
  assert.deepEqual(header.inputs, ['input_ids', 'attention_mask', 'token_type_ids']);
  assert.deepEqual(header.outputs, ['last_hidden_state']);
  assert.equal(header.opset, 17);
  assert.ok(header.nodes > 50 && header.weights > 20_000 && header.weights < onnx.length);
});

test('an ONNX file may not name weights outside its folder, nor hold less than a shape says', () => {
  // ModelProto { ir_version 8, graph { node {}, initializer { … } } }
  const message = (number: number, body: Uint8Array): Uint8Array =>
    Buffer.concat([Uint8Array.of(number * 8 + 2, body.length), body]);
  const text = (number: number, value: string): Uint8Array => message(number, Buffer.from(value));
  const model = (tensor: Uint8Array): Uint8Array =>
    Buffer.concat([Uint8Array.of(8, 8), message(7, Buffer.concat([message(1, text(4, 'Add')), message(5, tensor)]))]);
  const at = (location: string): Uint8Array =>
    model(
      Buffer.concat([
        Uint8Array.of(8, 4, 16, 1, 14 * 8, 1),
        message(13, Buffer.concat([text(1, 'location'), text(2, location)])),
      ]),
    );
  const read = (bytes: Uint8Array) => readOnnxHeader(viewBytes(bytes, 'x'));
  assert.deepEqual([...read(at('weights.bin')).external], [['weights.bin', 16]]);
  for (const away of ['../weights', '/etc/passwd', 'a/../../b', 'C:\\x', '']) {
    assert.throws(() => read(at(away)), { ...broken, message: /outside its folder/ });
  }
  const held = (bytes: number): Uint8Array =>
    model(Buffer.concat([Uint8Array.of(8, 4, 16, 1), message(9, new Uint8Array(bytes))]));
  assert.equal(read(held(16)).weights, 16);
  assert.throws(() => read(held(15)), { ...broken, message: /another size/ });
  assert.throws(() => read(Uint8Array.of(8, 8)), { ...broken, message: /no network/ });
});

test('whatever happens to a file, reading its head ends with what it holds or with a refusal', () => {
  const good = safetensors(TWO);
  let refused = 0;
  const attempt = (read: () => unknown): void => {
    try {
      read();
    } catch (error) {
      assert.ok(error instanceof OsError && error.code === 'engine/broken-model', String(error));
      refused++;
    }
  };
  for (let i = 0; i < 400; i++) {
    attempt(() => readSafetensorsHeader(viewBytes(mutate(good, `s${i}`), 'x')));
    attempt(() => readOnnxHeader(viewBytes(mutate(onnx, `o${i}`, 4096), 'x')));
  }
  assert.ok(refused > 300, `only ${refused} of 800 were refused`);
});

test('a folder of pickles alone is refused with the reason; beside safe weights they are not opened', () => {
  assert.throws(() => refusePickles(['config.json', 'pytorch_model.bin'], 'x'), {
    ...broken,
    message: /runs whatever/,
  });
  refusePickles(['config.json', 'pytorch_model.bin', 'onnx/model.onnx'], 'x');
  refusePickles(['README.md'], 'x');
});
