/** InvokeAI: `invokeai_metadata` (since 3), `sd-metadata` (2) and the command line `Dream` (1). */
import { type Generation, generationOf, looseOf, own } from '../generation.ts';

/** Reads `invokeai_metadata`. */
export function parseInvokeMetadata(json: unknown): Generation | undefined {
  const facts = looseOf(json);
  if (!facts) return undefined;
  const model = looseOf(own(facts, 'model'));
  return generationOf('invokeai', {
    prompt: own(facts, 'positive_prompt'),
    negative: own(facts, 'negative_prompt'),
    seed: own(facts, 'seed'),
    steps: own(facts, 'steps'),
    cfg: own(facts, 'cfg_scale') ?? own(facts, 'guidance'),
    sampler: own(facts, 'scheduler'),
    model: own(model, 'name') ?? own(model, 'model_name') ?? own(facts, 'model'),
    width: own(facts, 'width'),
    height: own(facts, 'height'),
  });
}

/** Reads `sd-metadata`: the negative stood in square brackets within the prompt. */
export function parseInvokeOld(json: unknown): Generation | undefined {
  const facts = looseOf(json);
  const image = looseOf(own(facts, 'image'));
  if (!image) return undefined;
  const given = own(image, 'prompt');
  const parts = Array.isArray(given) ? given.slice(0, 100).map((part) => own(looseOf(part), 'prompt')) : [given];
  const { prompt, negative } = partNegative(parts.filter((part) => typeof part === 'string').join(', '));
  return generationOf('invokeai', {
    prompt,
    negative,
    seed: own(image, 'seed'),
    steps: own(image, 'steps'),
    cfg: own(image, 'cfg_scale'),
    sampler: own(image, 'sampler'),
    model: own(facts, 'model_weights') ?? own(facts, 'model'),
    width: own(image, 'width'),
    height: own(image, 'height'),
  });
}

/** Reads `Dream`: `"prompt" -s 50 -S 123 -W 512 -H 512 -C 7.5 -A k_lms`. */
export function parseDream(text: string): Generation | undefined {
  const [whole, quoted] = /^\s*"((?:\\.|[^"\\])*)"/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const rest = text.slice(whole.length, whole.length + 2000);
  const option = (letter: string): string | undefined => new RegExp(`\\s-${letter}\\s*([^\\s,]+)`).exec(rest)?.[1];
  const { prompt, negative } = partNegative(quoted!.replace(/\\(.)/g, '$1'));
  return generationOf('invokeai', {
    prompt,
    negative,
    seed: option('S'),
    steps: option('s'),
    cfg: option('C'),
    sampler: option('A'),
    width: option('W'),
    height: option('H'),
  });
}

function partNegative(text: string): { readonly prompt: string; readonly negative: string } {
  const negatives: string[] = [];
  const prompt = text.replace(/\[([^[\]]*)\]/g, (_, inner: string) => {
    negatives.push(inner);
    return '';
  });
  return { prompt: prompt.trim(), negative: negatives.join(', ') };
}
