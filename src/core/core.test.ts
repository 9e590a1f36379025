import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, createRandom, hashJson, OsError, restoreRandom, toOsError } from './index.ts';

test('[CO1] canonical JSON sorts keys at every depth and drops undefined', () => {
  assert.equal(canonicalJson({ b: 1, a: { d: [1, 'é'], c: undefined } }), '{"a":{"d":[1,"é"]},"b":1}');
  assert.equal(hashJson({ a: 1, b: 2 }), hashJson({ b: 2, a: 1 }));
  assert.throws(() => canonicalJson(Number.NaN), { code: 'core/not-json' });
});

test('[CO2] a seed gives the same numbers for ever', () => {
  const random = createRandom(42);
  assert.deepEqual(
    [random.integer(1000), random.integer(1000), random.integer(1000)],
    [createRandom(42)].flatMap((r) => [r.integer(1000), r.integer(1000), r.integer(1000)]),
  );
  const resumed = restoreRandom(random.state(), '42');
  assert.equal(resumed.next(), random.next());
  assert.notEqual(createRandom(1).fork('a').next(), createRandom(1).fork('b').next());
});

test('[CO3] normal numbers have mean 0 and variance 1', () => {
  const random = createRandom('normal');
  const xs = Array.from({ length: 20_000 }, () => random.normal());
  const mean = xs.reduce((a, b) => a + b) / xs.length;
  const variance = xs.reduce((a, b) => a + (b - mean) ** 2, 0) / xs.length;
  assert.ok(Math.abs(mean) < 0.03 && Math.abs(variance - 1) < 0.05, `${mean} ${variance}`);
});

test('[CO4] every thrown thing becomes one error with a kind', () => {
  assert.equal(toOsError(Object.assign(new Error('full'), { code: 'ENOSPC' })).kind, 'exhausted');
  assert.equal(toOsError(new DOMException('stop', 'AbortError')).kind, 'cancelled');
  assert.equal(toOsError('?').kind, 'bug');
  const ours = new OsError({ kind: 'input', code: 'core/x', message: 'm', hint: 'h' });
  assert.equal(toOsError(ours), ours);
});
