/** How a picture was generated, in one shape for every program that says so. */

export interface Generation {
  readonly prompt: string;
  readonly negative: string;
  /** Digits as text where the number is larger than 2⁵³. */
  readonly seed?: number | string;
  readonly steps?: number;
  readonly cfg?: number;
  /** For ours the painter. */
  readonly sampler?: string;
  readonly model?: string;
  /** Pixels, width first. */
  readonly size?: readonly [number, number];
  readonly source: 'llmagentos' | 'a1111' | 'comfyui' | 'invokeai';
}

/** Any JSON object. */
export type Loose = Readonly<Record<string, unknown>>;

/** An object, not a list; undefined else. */
export function looseOf(value: unknown): Loose | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : undefined;
}

/** Own property of an object that came from outside. */
export function own(object: Loose | undefined, key: string): unknown {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Facts as they may have come, each kept only where it is of its kind. */
export interface GivenFacts {
  readonly prompt?: unknown;
  readonly negative?: unknown;
  readonly seed?: unknown;
  readonly steps?: unknown;
  readonly cfg?: unknown;
  readonly sampler?: unknown;
  readonly model?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
}

const LONGEST_PROMPT = 100_000;

/** Puts facts into the one shape; undefined where there is neither a prompt nor a seed. */
export function generationOf(source: Generation['source'], given: GivenFacts): Generation | undefined {
  const prompt = textOf(given.prompt) ?? '';
  const seed = seedOf(given.seed);
  if (prompt === '' && seed === undefined) return undefined;
  const [steps, cfg, width, height] = [given.steps, given.cfg, given.width, given.height].map(numberOf);
  const [sampler, model] = [textOf(given.sampler), textOf(given.model)];
  return {
    prompt,
    negative: textOf(given.negative) ?? '',
    ...(seed !== undefined && { seed }),
    ...(steps !== undefined && { steps }),
    ...(cfg !== undefined && { cfg }),
    ...(sampler && { sampler }),
    ...(model && { model }),
    ...(width !== undefined && height !== undefined && { size: [width, height] as const }),
    source,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim().slice(0, LONGEST_PROMPT) : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function seedOf(value: unknown): number | string | undefined {
  const number = numberOf(value);
  if (number !== undefined && Number.isSafeInteger(number)) return number;
  return typeof value === 'string' && /^\d{1,40}$/.test(value.trim()) ? value.trim() : undefined;
}
