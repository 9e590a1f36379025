import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { createSession, type Feed } from '../graph/index.ts';
import { type GptConfig, type GptSizes, gptConfig, headSize } from './config.ts';
import { decodeGraph, decodePositions } from './decode-graph.ts';
import { type Arithmetic, type BlockShelf, inferenceGraph } from './inference-graph.ts';
import { createWeights } from './parameters.ts';

const sizes: GptSizes = {
  vocab_size: 50,
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 96,
  max_position_embeddings: 40,
};
const shapes: Record<string, GptConfig> = {
  llama: gptConfig(sizes),
  grouped: gptConfig({ ...sizes, num_key_value_heads: 2 }),
  untied: gptConfig({ ...sizes, tie_word_embeddings: false }),
  gpt2: gptConfig({ ...sizes, model_type: 'gpt2' }),
};
const whole = (...numbers: number[]): Feed => ({ data: BigInt64Array.from(numbers, BigInt), shape: [numbers.length] });
const numbers = (...values: number[]): Feed => ({ data: Int32Array.from(values), shape: [values.length] });

/** What both graphs are given alike: tokens and a past of random numbers. */
function past(config: GptConfig, width: number, length: number): Record<string, Feed> {
  const random = createRandom('past');
  const shape = [length, width, config.num_key_value_heads, headSize(config)];
  const size = shape.reduce((a, b) => a * b, 1);
  const feeds: Record<string, Feed> = { ids: numbers(...Array.from({ length: width }, (_, i) => 7 * i + 3)) };
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    for (const kind of ['k', 'v']) {
      feeds[kind + layer] = { data: Float32Array.from({ length: size }, () => 4 * random.next() - 2), shape };
    }
  }
  return feeds;
}

/** What only the general graph asks for. */
function rest(config: GptConfig, width: number, length: number): Record<string, Feed> {
  const [k, d] = [config.num_key_value_heads, headSize(config)];
  const g = config.num_attention_heads / k;
  return {
    positions: whole(...new Array<number>(width).fill(length)),
    mask: { data: new Float32Array(g * (length + 1)), shape: [g, length + 1] },
    frame: whole(1, width, k, d),
    apart: whole(1, width, k, g, d),
    asRows: whole(g, width, k, d),
    backApart: whole(1, g, width, k, d),
    pick: numbers(...Array.from({ length: width }, (_, i) => i)),
    ask: numbers(),
    targets: numbers(),
  };
}

async function compare(config: GptConfig, arithmetic: Arithmetic, within: number): Promise<void> {
  const bold = [...createWeights(config, 'decode')].map(
    ([name, w]) => [name, w.length > 64 ? w.map((x) => 5 * x) : w] as const,
  );
  const shelf: BlockShelf = new Map();
  await using general = await createSession(inferenceGraph(config, new Map(bold), arithmetic, shelf), { threads: 1 });
  await using single = await createSession(decodeGraph(config, new Map(bold), arithmetic, shelf), { threads: 1 });
  for (const [width, length] of [
    [1, 1],
    [1, 30],
    [3, 9],
  ] as const) {
    const feeds = { ...past(config, width, length), cut: whole(length, 1) };
    const expected = await general.run({ ...feeds, ...rest(config, width, length) });
    const found = await single.run({ ...feeds, positions: decodePositions(config, width, length) });
    for (const name of ['logits', 'rows']) {
      const [a, b] = [found[name] as Float32Array, expected[name] as Float32Array];
      assert.equal(a.length, b.length);
      const far = a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);
      assert.ok(far <= within, `${name} of ${width} rows after ${length}: ${far}`);
    }
  }
}

for (const [name, config] of Object.entries(shapes)) {
  test(`one step by its own graph gives the numbers of the general graph: ${name}`, () => compare(config, 'F32', 2e-5));
}

test('in 8 bits the two graphs hold the same weights', () => compare(shapes.llama!, 'I8', 0.05));
