/** Tunes that a model wrote down, mutated and random: a score, or a refusal that says why; never a crash. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OsError } from '../../../core/index.ts';
import type { OpContext } from '../../../kernel/index.ts';
import { acceptMusic } from './accept.ts';

const TUNE = 'X:1\nT:Evening\nM:4/4\nL:1/8\nQ:1/4=90\nK:G\nG2AB d2BA|G2E2 D4|G2AB d2ed|B2A2 G4|]\n';

async function take(abc: string): Promise<void> {
  const options = acceptMusic.options.safeParse({ abc });
  if (!options.success) return;
  try {
    const { works } = await acceptMusic.run({} as OpContext, [], options.data);
    const { parts } = (works[0] as { document: { parts: { notes: { pitch?: unknown }[] }[] } }).document;
    assert.ok(parts.reduce((sum, { notes }) => sum + notes.length, 0) >= 8);
  } catch (thrown) {
    assert.ok(thrown instanceof OsError, `${abc}\n${(thrown as Error).stack}`);
    assert.ok(thrown.zh?.message && thrown.hint, thrown.code);
  }
}

test('a tune is kept; one with too few notes, talk and nothing are refused', async () => {
  const { works } = await acceptMusic.run({} as OpContext, [], acceptMusic.options.parse({ abc: TUNE, by: 'm' }));
  assert.equal(works[0]!.title, 'Evening');
  await assert.rejects(
    async () => acceptMusic.run({} as OpContext, [], acceptMusic.options.parse({ abc: 'X:1\nM:4/4\nL:1/4\nK:C\nCD|' })),
    { code: 'music/no-tune' },
  );
});

test('cut, doubled and changed tunes never crash', async () => {
  const mutation = fc.record({
    at: fc.nat(TUNE.length),
    drop: fc.nat(12),
    put: fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '[[[',
        '|:',
        ':|2',
        '(9',
        '{',
        'K:',
        'M:0/0',
        'L:1/0',
        'Q:0',
        'V:9\n',
        '/999',
        '99999',
        '&',
        '%%x',
        '\u0000',
        '春',
      ),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (changes) =>
      take(changes.reduce((text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop), TUNE)),
    ),
    { numRuns: 300, seed: 7 },
  );
});

test('texts that are no tunes never crash', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }), take), {
    numRuns: 200,
    seed: 7,
  });
});
