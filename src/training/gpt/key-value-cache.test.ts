import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createKeyValueCache } from './key-value-cache.ts';

type Act =
  | { readonly type: 'append' }
  | { readonly type: 'select'; readonly parents: readonly number[] }
  | { readonly type: 'rewind'; readonly share: number };

const ACT: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ type: 'append' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('select' as const),
      parents: fc.array(fc.nat(99), { minLength: 3, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('select' as const),
      parents: fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('rewind' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
);

test('[TR18] after any appends, selections and rewinds the cache holds what plain copying of rows would hold', () => {
  fc.assert(
    fc.property(fc.array(ACT, { maxLength: 60 }), (acts) => {
      const [arrays, channels] = [2, 2];
      const cache = createKeyValueCache({ arrays, channels, width: 3 });
      let fresh = 1;
      // rows[i] lists the marks of row i by position; the cell holds mark + array / 4 in every channel
      let rows: number[][] = [[], [], []];
      cache.appendShared(
        Float32Array.from(
          { length: arrays * 2 * channels },
          (_, i) => 1 + (Math.floor(i / channels) % 2) + Math.floor(i / 4) / 4,
        ),
      );
      rows = rows.map(() => [1, 2]);
      fresh = 3;
      for (const act of acts) {
        if (act.type === 'append') {
          const marks = rows.map(() => fresh++);
          const cells = marks.flatMap((mark) => [mark, mark]);
          cache.append(Float32Array.from([...cells, ...cells.map((x) => x + 0.25)]));
          rows = rows.map((row, i) => [...row, marks[i]!]);
        } else if (act.type === 'select') {
          const parents = act.parents.map((parent) => parent % rows.length);
          cache.select(parents);
          rows = parents.map((parent) => rows[parent]!);
        } else {
          const length = 2 + Math.floor(act.share * (rows[0]!.length - 2));
          cache.rewind(length);
          rows = rows.map((row) => row.slice(0, length));
        }
        assert.deepEqual([cache.width, cache.length], [rows.length, rows[0]!.length]);
        for (const array of [0, 1]) {
          const expected = rows[0]!.flatMap((_, p) =>
            rows.flatMap((row) => [row[p]! + array / 4, row[p]! + array / 4]),
          );
          assert.deepEqual(Array.from(cache.view(array)), expected);
        }
      }
    }),
    { numRuns: 300 },
  );
});
