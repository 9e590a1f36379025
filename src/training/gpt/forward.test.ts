import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attention, constant, createGraph, createSession, output, reshape, rotaryTable } from '../graph/index.ts';
import { headSize } from './config.ts';
import type { ForwardParts } from './forward.ts';
import { joinedLinear, productWith } from './inference-graph.ts';
import { parameterShapes } from './parameters.ts';
import { loadReference, referenceWeights } from './reference.ts';
import { shapeOf } from './shape.ts';

for (const name of ['reference', 'reference-gpt2'] as const) {
  test(`[TR34] the embedding and the hidden states after every layer agree with transformers: ${name}`, () =>
    compareStates(name));
}

async function compareStates(name: 'reference' | 'reference-gpt2'): Promise<void> {
  const reference = loadReference(name);
  const { config } = reference;
  const tokens = reference.tokens[1]!;
  const t = tokens.length;
  const graph = createGraph();
  const weights = referenceWeights(reference);
  const tensors = new Map(
    parameterShapes(config).map(({ name, shape }) => [name, constant(graph, 'f32', shape, weights.get(name)!)]),
  );
  const bias = Float32Array.from({ length: t * t }, (_, i) => (i % t > Math.floor(i / t) ? -1e9 : 0));
  const split = [t, 1, config.num_attention_heads, headSize(config)];
  const parts: ForwardParts = {
    config,
    ids: constant(graph, 'i32', [t], Int32Array.from(tokens)),
    positions: constant(
      graph,
      'i64',
      [t],
      BigInt64Array.from(tokens, (_, i) => BigInt(i)),
    ),
    rotary: rotaryTable(graph, t, headSize(config), config.rope_theta),
    weight: (name) => tensors.get(name)!,
    linear: joinedLinear(graph, config, weights, productWith(graph, 'F32')),
    attend: (q, k, v) =>
      reshape(
        attention(reshape(q, split), reshape(k, split), reshape(v, split), constant(graph, 'f32', [1, 1, t, t], bias)),
        [t, config.hidden_size],
      ),
  };
  const shape = shapeOf(config);
  let x = shape.embed(parts);
  output('h0', x);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    x = shape.layer(parts, x, layer);
    const last = layer === config.num_hidden_layers - 1;
    // transformers reports the last layer's states after the closing norm
    output(`h${layer + 1}`, last ? shape.close(parts, x) : x);
  }
  await using session = await createSession(graph, { threads: 1 });
  const results = await session.run({});
  reference.hiddenStates.forEach((expected, i) => {
    const found = (results[`h${i}`] as Float32Array).slice(-config.hidden_size);
    expected.forEach((value, c) => {
      assert.ok(Math.abs(found[c]! - value) < 1e-5, `state ${i}, channel ${c}: ${found[c]}, not ${value}`);
    });
  });
}
