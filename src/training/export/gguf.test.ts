import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { OsError } from '../../core/index.ts';
import { formatGguf, type GgufFile, type GgufTensor, type GgufValue, readGguf } from './gguf.ts';
import { BLOCKS, type BlockType, blockBytes, packBlocks, unpackBlocks } from './gguf-blocks.ts';
import { dealRows, gatherRows } from './gguf-layout.ts';

const reference = JSON.parse(readFileSync(new URL('gguf-reference.json', import.meta.url), 'utf8')) as {
  readonly unpacked: Readonly<Record<'Q8_0' | 'Q4_0' | 'Q4_K' | 'Q6_K', readonly number[]>>;
  readonly packedQ8_0: readonly number[];
};

/** Places of the 16-bit scales in a block, as in the script that recorded the reference. */
const SCALES = { Q8_0: [0], Q4_0: [0], Q4_K: [0, 2], Q6_K: [208] };

for (const type of ['Q8_0', 'Q4_0', 'Q4_K', 'Q6_K'] as const) {
  test(`blocks of ${type} are read as the gguf package reads them`, () => {
    const size = BLOCKS[type].bytes;
    const bytes = Uint8Array.from({ length: 2 * size }, (_, i) => (i * 37 + 11 * Math.floor(i / 7) + 5) % 256);
    for (const block of [0, 1]) {
      SCALES[type].forEach((place, k) => {
        bytes.set(packBlocks('F16', Float32Array.of(0.01 * (block + 1) * (k + 1))), block * size + place);
      });
    }
    const values = unpackBlocks(type, bytes);
    const expected = reference.unpacked[type];
    assert.equal(values.length, expected.length);
    values.forEach((value, i) => {
      assert.ok(
        Math.abs(value - expected[i]!) <= 1e-6 * Math.max(1, Math.abs(value)),
        `${i}: ${value}, ${expected[i]}`,
      );
    });
  });
}

test('numbers are packed to Q8_0 as the gguf package packs them', () => {
  const wave = Float32Array.from({ length: 64 }, (_, i) => Math.sin(0.37 * i) * (1 + (i % 5)));
  assert.deepEqual([...packBlocks('Q8_0', wave)], reference.packedQ8_0);
  assert.ok(unpackBlocks('Q8_0', packBlocks('Q8_0', new Float32Array(32))).every((x) => x === 0));
});

test('F32 and F16 come back as they were', () => {
  const values = Float32Array.of(0, 1, -2.5, 65504, 2 ** -24);
  assert.deepEqual(unpackBlocks('F32', packBlocks('F32', values)), values);
  assert.deepEqual(unpackBlocks('F16', packBlocks('F16', values)), values);
});

test('rows of q and k are dealt out in pairs, and back', () => {
  const rows = Float32Array.from({ length: 2 * 4 * 3 }, (_, i) => Math.floor(i / 3));
  const dealt = dealRows(rows, 2, 3);
  assert.deepEqual(
    [...dealt].filter((_, i) => i % 3 === 0),
    [0, 2, 1, 3, 4, 6, 5, 7],
  );
  assert.deepEqual(gatherRows(dealt, 2, 3), rows);
});

const VALUE: fc.Arbitrary<GgufValue> = fc.oneof(
  fc.record({ type: fc.constant('u8' as const), value: fc.nat(255) }),
  fc.record({ type: fc.constant('i16' as const), value: fc.integer({ min: -32768, max: 32767 }) }),
  fc.record({ type: fc.constant('u32' as const), value: fc.nat(2 ** 31 - 1) }),
  fc.record({ type: fc.constant('f32' as const), value: fc.float({ noNaN: true }) }),
  fc.record({ type: fc.constant('u64' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('string' as const), value: fc.string({ unit: 'grapheme' }) }),
  fc.record({
    type: fc.constant('array' as const),
    of: fc.constant('string' as const),
    value: fc.array(fc.string()),
  }),
  fc.record({ type: fc.constant('array' as const), of: fc.constant('i32' as const), value: fc.array(fc.integer()) }),
);
const TENSOR: fc.Arbitrary<GgufTensor> = fc
  .tuple(
    fc.constantFrom<BlockType>('F32', 'F16', 'Q8_0', 'Q4_0'),
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([type, rows, blocks]) => {
    const shape = [...rows, blocks * BLOCKS[type].length];
    return { type, shape, bytes: new Uint8Array(blockBytes(type, shape)).map((_, i) => (7 * i) % 251) };
  });
const FILE: fc.Arbitrary<GgufFile> = fc.record({
  metadata: fc.dictionary(fc.string(), VALUE, { maxKeys: 6 }).map((facts) => new Map(Object.entries(facts))),
  tensors: fc.dictionary(fc.string(), TENSOR, { maxKeys: 4 }).map((tensors) => new Map(Object.entries(tensors))),
});

/** The records of fast-check have no prototype. */
function plain<T extends object>([name, value]: readonly [string, T]): [string, T] {
  return [name, { ...value }];
}

test('any facts and tensors come back as they were written', () => {
  fc.assert(
    fc.property(FILE, (file) => {
      const { metadata, tensors } = readGguf(formatGguf(file), 'x.gguf');
      assert.deepEqual([...metadata], [...file.metadata].map(plain));
      assert.deepEqual([...tensors], [...file.tensors].map(plain));
    }),
  );
});

const refuses = (bytes: Uint8Array, why: RegExp): void => {
  assert.throws(
    () => readGguf(bytes, 'x.gguf'),
    (error: OsError) => error.code === 'training/bad-gguf' && why.test(error.message),
  );
};
const sample: GgufFile = {
  metadata: new Map([['general.name', { type: 'string', value: 'x' }]]),
  tensors: new Map([
    ['a', { shape: [2, 4], type: 'F32', bytes: new Uint8Array(32) }],
    ['b', { shape: [4], type: 'F32', bytes: new Uint8Array(16) }],
  ]),
};

test('a file cut short anywhere is refused, and damage never does worse than that', () => {
  const whole = formatGguf(sample);
  const needed = whole.length - 16; // the last tensor is followed by padding
  for (let length = 0; length < needed; length++) refuses(whole.subarray(0, length), /GGUF|ends|entries|bytes/);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (damage) => {
      const bytes = whole.slice();
      for (const [place, value] of damage) bytes[place] = value;
      try {
        readGguf(bytes, 'x.gguf');
      } catch (error) {
        assert.ok(error instanceof OsError && error.code === 'training/bad-gguf', String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('huge counts, overlapping tensors, unknown kinds and wrong versions are refused before anything is read', () => {
  const change = (edit: (view: DataView, bytes: Uint8Array) => void): Uint8Array => {
    const bytes = formatGguf(sample);
    edit(new DataView(bytes.buffer), bytes);
    return bytes;
  };
  const find = (bytes: Uint8Array, name: string): number => Buffer.from(bytes).indexOf(`\x01\0\0\0\0\0\0\0${name}`) + 9;
  refuses(
    change((view) => view.setUint32(4, 1, true)),
    /version 1/,
  );
  refuses(
    change((view) => view.setBigUint64(8, 2n ** 40n, true)),
    /entries/,
  );
  refuses(
    change((view) => view.setBigUint64(16, 2n ** 63n, true)),
    /length of/,
  );
  // After the name: axes (4), lengths (8 each), kind (4), offset (8).
  refuses(
    change((view, bytes) => view.setBigUint64(find(bytes, 'b') + 4 + 8 + 4, 0n, true)),
    /before|twice|lies at/,
  );
  refuses(
    change((view, bytes) => view.setUint32(find(bytes, 'b') + 4 + 8, 99, true)),
    /kind 99/,
  );
  refuses(
    change((view, bytes) => view.setUint32(find(bytes, 'b'), 7, true)),
    /7 axes/,
  );
  refuses(
    change((view, bytes) => view.setBigUint64(find(bytes, 'b') + 4, 2n ** 50n, true)),
    /ends at/,
  );
  refuses(
    change((view, bytes) => view.setBigUint64(find(bytes, 'b') + 4 + 8 + 4, 33n, true)),
    /lies at/,
  );
});
