/**
 * The text that AUTOMATIC1111's web UI and its kin write (`parameters` in PNG, UserComment elsewhere), read and written.
 *
 *   prompt, over lines
 *   Negative prompt: …
 *   Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 512x768, Model: name, Lora hashes: "a: b, c: d"
 */
import { type Generation, generationOf } from '../generation.ts';

/** `Name: value`, a value with commas in quotation marks. */
const PAIR = /\s*([\p{L}\d][\p{L}\d _\-/]{0,60}):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)/gu;
/** So many pairs make a last line settings. */
const FEWEST = 3;
const NEGATIVE = 'Negative prompt:';

/** Reads such a text; undefined where it has no settings. */
export function parseParameters(text: string): Generation | undefined {
  const lines = text.slice(0, 1_000_000).trim().split(/\r?\n/);
  const pairs = pairsOf(lines.at(-1)!);
  if (pairs.size < FEWEST) return undefined;
  const said = lines.slice(0, -1);
  const from = said.findIndex((line) => line.trim().startsWith(NEGATIVE));
  const prompt = said.slice(0, from < 0 ? undefined : from).join('\n');
  const negative = from < 0 ? '' : said.slice(from).join('\n').trim().slice(NEGATIVE.length);
  const [, width, height] = /^(\d+)x(\d+)$/.exec(pairs.get('Size') ?? '') ?? [];
  return generationOf('a1111', {
    prompt,
    negative,
    seed: pairs.get('Seed'),
    steps: pairs.get('Steps'),
    cfg: pairs.get('CFG scale'),
    sampler: pairs.get('Sampler'),
    model: pairs.get('Model') ?? pairs.get('Model hash'),
    width,
    height,
  });
}

function pairsOf(line: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const [, name, value] of line.matchAll(PAIR)) pairs.set(name!, unquoted(value!.trim()));
  return pairs;
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}

/** Writes such a text; only what is known stands in it. */
export function formatParameters({ prompt, negative, seed, steps, cfg, sampler, model, size }: Generation): string {
  const settings: readonly (readonly [string, string | number | undefined])[] = [
    ['Steps', steps],
    ['Sampler', sampler],
    ['CFG scale', cfg],
    ['Seed', seed],
    ['Size', size?.join('x')],
    ['Model', model],
    ['Version', 'LLMAgentOS'],
  ];
  const said = settings
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${quoted(`${value}`)}`);
  return [prompt, ...(negative === '' ? [] : [`${NEGATIVE} ${negative}`]), said.join(', ')].join('\n');
}

const quoted = (value: string): string => (/[,:"\n]/.test(value) ? JSON.stringify(value) : value);
