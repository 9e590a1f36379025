import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { follow, listFitting, type Under } from './whole-characters.ts';

test('[PR1] the bytes of any text are admitted in any cut, and the text ends whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
      const bytes = new TextEncoder().encode(text);
      let under: Under | undefined = 'whole';
      for (let at = 0; at < bytes.length && under; at += size) under = follow(under, bytes.slice(at, at + size));
      assert.equal(under, 'whole');
    }),
  );
});

test('[PR1] whatever is drawn from the fitting tokens is valid UTF-8', () => {
  const tokens = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  const fitting = listFitting(256, (id) => tokens[id]!);
  fc.assert(
    fc.property(fc.array(fc.nat(255), { minLength: 1, maxLength: 40 }), (draws) => {
      let under: Under = 'whole';
      const bytes: number[] = [];
      for (let i = 0; i < draws.length || under !== 'whole'; i++) {
        const list: readonly number[] = fitting[under];
        const token: number = list[draws[i % draws.length]! % list.length]!;
        under = follow(under, tokens[token]!)!;
        bytes.push(token);
      }
      new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    }),
    { numRuns: 500 },
  );
});
