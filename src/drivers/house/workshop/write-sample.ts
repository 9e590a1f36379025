/** A passage for people to look at, before and after training: seeded, by temperature and nucleus. */
import { createRandom } from '../../../core/index.ts';
import { createGptRunner, type LoadedModel } from '../../../training/index.ts';

const TEMPERATURE = 0.8;
const NUCLEUS = 0.92;

/** Goes on from each prompt with at most `count` tokens; the same seed draws the same. */
export async function writeSamples(
  model: LoadedModel,
  prompts: readonly (readonly number[])[],
  options: { readonly count: number; readonly seed: number; readonly signal: AbortSignal },
): Promise<string[]> {
  const { config, tokenizer, weights } = model;
  await using runner = await createGptRunner(config, weights, { arithmetic: 'I8' });
  const end = tokenizer.find('</s>');
  // Control tokens write nothing a reader should see; only the end may be drawn.
  const admitted = tokenizer.vocabulary.map((_, id) => id === end || tokenizer.bytes(id).length > 0);
  const texts: string[] = [];
  for (const [place, prompt] of prompts.entries()) {
    const random = createRandom(`${options.seed}/sample-${place}`);
    await using batch = await runner.open(prompt, 1, options.signal);
    const written: number[] = [];
    while (written.length < options.count && batch.length < config.max_position_embeddings) {
      options.signal.throwIfAborted();
      const token = draw(batch.logits(0), random.next(), admitted);
      if (token === end) break;
      written.push(token);
      await batch.extend([token]);
    }
    // A prompt may end, and a passage begin, within a character.
    texts.push(tokenizer.decode(written).replace(/^\uFFFD+|\uFFFD+$/g, ''));
  }
  return texts;
}

/** The token at a place (0–1) of the nucleus of admitted tokens. */
function draw(logits: Float32Array, place: number, admitted: readonly boolean[]): number {
  const top = logits.reduce((most, x, id) => (admitted[id] ? Math.max(most, x) : most), Number.NEGATIVE_INFINITY);
  const weights = Array.from(logits, (x, id) => ({ id, p: Math.exp((x - top) / TEMPERATURE) }))
    .filter(({ id, p }) => admitted[id] && p > 1e-5)
    .sort((a, b) => b.p - a.p || a.id - b.id);
  const total = weights.reduce((sum, { p }) => sum + p, 0);
  let kept = 0;
  const nucleus = weights.filter(({ p }) => {
    const inside = kept < NUCLEUS * total;
    kept += p;
    return inside;
  });
  let rest = place * nucleus.reduce((sum, { p }) => sum + p, 0);
  for (const { id, p } of nucleus) {
    rest -= p;
    if (rest <= 0) return id;
  }
  return nucleus.at(-1)!.id;
}
