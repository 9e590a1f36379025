import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as g from './index.ts';
import { withPlainProducts } from './plain-products.ts';
import { checkFeeds, checkGraph, largestDifference } from './provider-check.ts';
import { probeWebGpu } from './providers.ts';

const folder = mkdtempSync(join(tmpdir(), 'probe-'));
after(() => rmSync(folder, { recursive: true }));
const module = (name: string, code: string): URL => {
  writeFileSync(join(folder, name), code);
  return pathToFileURL(join(folder, name));
};

test('[TR120] a graph from standard operators alone computes what the original computes', async () => {
  const graph = checkGraph();
  const plain = withPlainProducts(graph);
  const ops = new Set(plain.nodes.map(({ op }) => op));
  assert.ok(graph.nodes.some(({ op }) => op === 'FusedMatMul') && !ops.has('FusedMatMul'));
  assert.ok(!ops.has('SimplifiedLayerNormalization'));
  await using original = await g.createSession(graph, { threads: 1 });
  await using rewritten = await g.createSession(plain, { threads: 1 });
  const feeds = checkFeeds(graph);
  const difference = largestDifference(await original.run(feeds), await rewritten.run(feeds));
  assert.ok(difference < 1e-5, `${difference}`);
});

test('[TR121] the probe of this machine ends with an answer and its reason, whatever it has', async () => {
  const { available, reason } = await probeWebGpu();
  assert.equal(typeof available, 'boolean');
  assert.ok(reason.en.length > 10 && reason.zh.length > 4, reason.en);
});

test('[TR122] a check that hangs, dies, or finds other numbers is no graphics card', async () => {
  const cases = [
    ['hangs.mjs', 'setInterval(() => {}, 1000)', /in time/, 1500],
    ['dies.mjs', 'process.abort()', /died/, 60_000],
    ['lies.mjs', "process.send({ type: 'agreement', largestDifference: 0.5 })", /differ/, 60_000],
    ['nan.mjs', "process.send({ type: 'agreement', largestDifference: NaN })", /differ/, 60_000],
  ] as const;
  for (const [name, code, expected, timeoutMilliseconds] of cases) {
    const probe = await probeWebGpu({ module: module(name, code), timeoutMilliseconds });
    assert.equal(probe.available, false, name);
    assert.match(probe.reason.en, expected);
  }
});
