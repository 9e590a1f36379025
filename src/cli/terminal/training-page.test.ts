import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Door } from '../door.ts';
import { createSay } from '../messages.ts';
import { createInk } from './ink.ts';
import { createTrainingPage, drawCurve, sayScores, type TrainingFacts } from './training-page.ts';
import { displayWidth } from './width.ts';

/** Of a door, what the page looks at; anything else is an error. */
function doorOf(columns: number, language: 'en' | 'zh'): Door {
  const known = { columns, language, say: createSay(language), ink: createInk(false) };
  return new Proxy(known as unknown as Door, {
    get: (target, name) => {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`unexpected ${String(name)}`);
    },
  });
}

test('[MO30] a curve goes from its highest to its lowest block, whatever its length', () => {
  assert.equal(drawCurve([8, 7, 6, 5, 4, 3, 2, 1], 8), '█▇▆▅▄▃▂▁');
  assert.equal(drawCurve([3, 3, 3], 8), '▁▁▁');
  assert.equal(drawCurve([4, 4, 1, 1], 2), '█▁');
  assert.equal(drawCurve([], 8), '');
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 300 }), (losses) => {
      const curve = drawCurve(losses, 24);
      assert.match(curve, /^[▁-█]+$/);
      assert.equal([...curve].length, Math.min(24, losses.length));
    }),
  );
});

test('[MO31] the page says what is known so far, and keeps what a later step does not say', () => {
  const page = createTrainingPage(doorOf(80, 'en'));
  assert.equal(page.lines(0).length, 2);
  page.note({ step: 1, steps: 4, loss: 3.5, learningRate: 1e-3, perSecond: 1200, unit: { en: 'tokens', zh: '词元' } });
  page.note({ held: { step: 1, scores: { perplexity: 24.123, tokens: 900 } } });
  page.note({ step: 2, loss: 3, secondsLeft: 90 });
  const [head, numbers, held] = page.lines(1);
  assert.match(head!, /2\/4 · .+left/);
  assert.match(numbers!, /loss 3\.000 █▁ · learning rate 1\.0e-3 · 1200 tokens\/s/);
  assert.match(held!, /perplexity 24\.12 after step 1$/);
  assert.equal(sayScores({ perplexity: 24.123, tokens: 9, loss: 3.18333 }), 'perplexity 24.12, loss 3.183');
});

test('[MO32] no line is wider than the terminal, in either language, and a sample takes four rows at most', () => {
  const facts: fc.Arbitrary<TrainingFacts> = fc.record({
    step: fc.nat(1e6),
    steps: fc.constant(1e6),
    loss: fc.double({ min: 0, max: 1e4, noNaN: true }),
    learningRate: fc.constant(1e-4),
    perSecond: fc.nat(1e6),
    unit: fc.constant({ en: 'tokens', zh: '词元' }),
    secondsLeft: fc.nat(1e6),
    held: fc.constant({ step: 12, scores: { perplexity: 24.1, bitsPerCharacter: 4.2, accuracy: 0.3 } }),
    sample: fc.constantFrom('床前明月光，疑是地上霜。'.repeat(9), 'a b c\nd', '一\n'.repeat(9)),
  });
  const width = fc.integer({ min: 24, max: 100 });
  fc.assert(
    fc.property(fc.array(facts, { minLength: 1, maxLength: 30 }), width, fc.nat(9), (all, columns, frame) => {
      for (const language of ['en', 'zh'] as const) {
        const page = createTrainingPage(doorOf(columns, language));
        for (const each of all) page.note(each);
        const lines = page.lines(frame);
        assert.ok(lines.length <= 7);
        for (const line of lines) assert.ok(displayWidth(line) < columns, `${columns}: ${line}`);
      }
    }),
    { numRuns: 60 },
  );
});
